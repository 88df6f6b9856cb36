# Needs Python 3.11 or later and make; everything else is installed into .venv.

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST_ARGS ?= --numprocesses auto --maxprocesses 4

BIN := $(abspath $(VENV))/bin
DUMMY := $(VENV)/dummy
PACKAGES := core/stedskaping_core graphql/stedskaping_graphql cms/stedskaping_cms \
	plugins/participation/stedskaping_participation plugins/funding/stedskaping_funding \
	plugins/mobilisation/stedskaping_mobilisation

.PHONY: help demo test lint pytest bench format messages clean

help:
	@echo "make demo      start a working platform with demo content on http://localhost:$(PORT)/"
	@echo "make test      run all checks and tests (on PostgreSQL when DATABASE_URL names one)"
	@echo "make format    let ruff tidy the code"
	@echo "make messages  collect and compile translations (needs gettext)"
	@echo "make bench     measure the API"
	@echo "make clean     remove .venv, caches and the demo's data"

# --- Installation: again only when pyproject.toml or constraints.txt has changed ---

define install
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Python 3.11 or later is needed; $(PYTHON) is older. Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
@echo "Installing into $(VENV) (a minute or so, the first time) …"
@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '$(1)'
@touch $@
endef

$(VENV)/.installed: pyproject.toml constraints.txt
	$(call install,.)

$(VENV)/.installed-test: pyproject.toml constraints.txt
	$(call install,.[test])
	@touch $(VENV)/.installed

# --- Using it ---

demo: export STEDSKAPING_ENV = demo
demo: $(VENV)/.installed
	@echo "Preparing the database …"
	@$(BIN)/stedskaping migrate --verbosity 0
	@$(BIN)/stedskaping demo
	@$(BIN)/stedskaping serve --host $(HOST) --port $(PORT)

# --- Checking it ---

test: lint pytest

# None of these needs a database, so the result doesn't depend on DATABASE_URL.
lint: export DATABASE_URL =
lint: export STEDSKAPING_ENV = test
lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/stedskaping makemigrations --check --dry-run
	$(BIN)/stedskaping graphql_sdl --check graphql/schema.graphql

# The plugin that uses every extension point is a distribution of its own. It is installed beside the
# environment, not into it, so that only the tests find it.
$(DUMMY)/.installed: $(VENV)/.installed-test $(wildcard tests/dummy_plugin/pyproject.toml tests/dummy_plugin/*/*.py tests/dummy_plugin/*/*/*.py)
	@rm -rf $(DUMMY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		--target $(DUMMY) tests/dummy_plugin
	@touch $@

pytest: export PYTHONPATH := $(abspath $(DUMMY))
pytest: $(VENV)/.installed-test $(DUMMY)/.installed
	$(BIN)/pytest $(PYTEST_ARGS)

bench: $(VENV)/.installed-test
	$(BIN)/python tests/bench/run.py

# --- Looking after it ---

format: $(VENV)/.installed-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: export STEDSKAPING_ENV = test
messages: $(VENV)/.installed-test
	@for package in $(PACKAGES); do \
		echo "$$package"; \
		mkdir -p $$package/locale && cd $$package && \
		$(BIN)/stedskaping makemessages --locale nb --locale nn --add-location file --no-wrap --no-obsolete && \
		$(BIN)/stedskaping compilemessages --verbosity 0 && \
		cd - >/dev/null || exit 1; \
	done

clean:
	rm -rf $(VENV) var .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
