"""Reading the environment: defaults, refusals, and the operator's table."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stedskaping_cms import environment
from stedskaping_cms.management.commands import settings as settings_command
from stedskaping_cms.variables import EnvironmentProblem

OPERATOR_PAGE = Path(__file__).parents[2] / "docs" / "operator.md"
KEY = "k" * 50
PRODUCTION = {
    "STEDSKAPING_ENV": "production",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "cms.example.no, .stedskaping.example.no",
    "WAGTAILADMIN_BASE_URL": "https://cms.example.no/",
    "DATABASE_URL": "postgres://user:password@database.example.no/stedskaping",
    "EMAIL_URL": "smtp://mail.example.no",
    "DEFAULT_FROM_EMAIL": "post@example.no",
}


def test_nothing_set_gives_the_demo() -> None:
    values = environment.read({})

    assert values[environment.ENV] == "demo"
    assert values[environment.DATABASE_URL] == ""
    assert values[environment.DATA_DIR] == Path("var")
    assert values[environment.GRAPHQL_EXPLORER] is True
    assert values[environment.LOG_FORMAT] == "text"


def test_production_has_defaults_of_its_own() -> None:
    values = environment.read(PRODUCTION)

    assert values[environment.ALLOWED_HOSTS] == ("cms.example.no", ".stedskaping.example.no")
    assert values[environment.ADMIN_BASE_URL] == "https://cms.example.no"
    assert values[environment.GRAPHQL_EXPLORER] is False
    assert values[environment.LOG_FORMAT] == "json"
    assert values[environment.SSL_REDIRECT] is True
    assert values[environment.HSTS_SECONDS] == 31_536_000


@pytest.mark.parametrize("name", sorted(PRODUCTION.keys() - {"STEDSKAPING_ENV"}))
@pytest.mark.parametrize("given", [None, "", "  "])
def test_production_refuses_to_start_without(name: str, given: str | None) -> None:
    environ = {**PRODUCTION, name: given} if given is not None else PRODUCTION.copy()
    if given is None:
        del environ[name]

    with pytest.raises(EnvironmentProblem) as refusal:
        environment.read(environ)

    assert len(refusal.value.problems) == 1
    assert refusal.value.problems[0].startswith(f"{name} is not set. Production needs it; expected ")


@pytest.mark.parametrize(
    ("name", "given", "problem"),
    [
        (
            "STEDSKAPING_ENV",
            "staging",
            "STEDSKAPING_ENV was given 'staging'; expected one of demo, test, production.",
        ),
        (
            "STEDSKAPING_GRAPHQL_EXPLORER",
            "maybe",
            "STEDSKAPING_GRAPHQL_EXPLORER was given 'maybe'; expected true or false.",
        ),
        (
            "STEDSKAPING_GRAPHQL_POLICY",
            "closed",
            "STEDSKAPING_GRAPHQL_POLICY was given 'closed'; "
            "expected one of open, persisted_or_authenticated, trusted_only.",
        ),
        (
            "STEDSKAPING_DATABASE_POOL",
            "many",
            "STEDSKAPING_DATABASE_POOL was given 'many'; expected a whole number from 0 to 1000.",
        ),
        (
            "STEDSKAPING_DATABASE_POOL",
            "-1",
            "STEDSKAPING_DATABASE_POOL was given '-1'; expected a whole number from 0 to 1000.",
        ),
        (
            "WAGTAILADMIN_BASE_URL",
            "cms.example.no",
            "WAGTAILADMIN_BASE_URL was given 'cms.example.no'; "
            "expected an address that begins with https: or http:.",
        ),
        (
            "WAGTAILADMIN_BASE_URL",
            "https://cms.example.no:https",
            "WAGTAILADMIN_BASE_URL was given 'https://cms.example.no:https'; "
            "expected an address that begins with https: or http:.",
        ),
        (
            "CSRF_TRUSTED_ORIGINS",
            "https://cms.example.no/admin",
            "CSRF_TRUSTED_ORIGINS was given 'https://cms.example.no/admin'; "
            "expected origins such as `https://admin.example.no`, with commas between them.",
        ),
        (
            "DATABASE_URL",
            "mysql://user:hunter2@host/name",
            "DATABASE_URL was given a value that isn't shown because it is secret; "
            "expected an address that begins with postgres: or postgresql: or sqlite:.",
        ),
        (
            "SECRET_KEY",
            "hunter2",
            "SECRET_KEY was given a value that isn't shown because it is secret; "
            "expected at least 50 characters that nobody can guess.",
        ),
    ],
)
def test_a_bad_value_is_named_with_what_was_given_and_what_is_expected(
    name: str, given: str, problem: str
) -> None:
    with pytest.raises(EnvironmentProblem) as refusal:
        environment.read({name: given})

    assert refusal.value.problems == (problem,)


def test_all_mistakes_are_reported_at_once() -> None:
    with pytest.raises(EnvironmentProblem) as refusal:
        environment.read({"STEDSKAPING_LOG_LEVEL": "loud", "STEDSKAPING_LOG_FORMAT": "xml"})

    assert str(refusal.value) == (
        "Stedskaping can't start with this environment:\n"
        "  - STEDSKAPING_LOG_FORMAT was given 'xml'; expected one of text, json.\n"
        "  - STEDSKAPING_LOG_LEVEL was given 'loud'; expected one of DEBUG, INFO, WARNING, ERROR."
    )


@pytest.mark.parametrize(
    ("given", "expected"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("FALSE", False)]
)
def test_booleans_may_be_written_in_several_ways(given: str, expected: bool) -> None:
    assert environment.read({"STEDSKAPING_DEBUG": given})[environment.DEBUG] is expected


def test_a_list_may_have_spaces_and_empty_places() -> None:
    values = environment.read({"STEDSKAPING_PLUGINS_EXCLUDE": " funding, ,mobilisation,"})

    assert values[environment.PLUGINS_EXCLUDE] == ("funding", "mobilisation")


def test_names_that_only_look_like_ours_are_found() -> None:
    environ = {"STEDSKAPING_PLUGIN_EXCLUDE": "x", "STEDSKAPING_ENV": "demo", "PATH": "/bin"}

    assert environment.unknown(environ) == ["STEDSKAPING_PLUGIN_EXCLUDE"]


def test_every_name_is_declared_once() -> None:
    names = [variable.name for variable in environment.VARIABLES]

    assert len(names) == len(set(names))
    assert {"STEDSKAPING_ENV", "SECRET_KEY", "STEDSKAPING_DEBUG"} <= set(names)


def test_the_operators_page_has_the_current_table() -> None:
    page = OPERATOR_PAGE.read_text()

    assert settings_command.with_current_table(page) == page, (
        "Run: stedskaping settings --update docs/operator.md"
    )


def test_the_table_hides_nothing_and_tells_no_secret() -> None:
    table = settings_command.markdown_table()

    assert table.count("\n") == len(environment.VARIABLES) + 1
    assert (
        "| `STEDSKAPING_GRAPHQL_EXPLORER` | true or false | `true`; in production `false` "
        "| Whether `/graphiql` and `/schema.graphql` are there. |"
    ) in table


def test_the_command_line_ends_without_a_traceback() -> None:
    environ = {
        **os.environ,
        "STEDSKAPING_ENV": "nowhere",
        "DJANGO_SETTINGS_MODULE": "stedskaping_cms.settings",
    }

    ended = subprocess.run(
        [sys.executable, "-m", "stedskaping_cms.cli", "check"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 2
    assert ended.stderr == (
        "Stedskaping can't start with this environment:\n"
        "  - STEDSKAPING_ENV was given 'nowhere'; expected one of demo, test, production.\n"
    )
