"""Broken plugins are refused, with the name of the plugin and the hook and a hint what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import AppConfig

from stedskaping_core.plugins.manager import HOOKS
from stedskaping_core.plugins.registry import Registry
from stedskaping_graphql.checks import schema_problems

Problems = Callable[..., list[str]]
ALL_HOOKS = (
    "The hooks are: register_graphql, register_blocks, register_metrics, register_jobs, register_events, "
    "provide_dashboard_cards, provide_initiative_panels, validate_phase_completion, "
    "validate_initiative_submission, on_event, on_enabled, on_disabled, export_personal_data, "
    "erase_personal_data, load_demo_data."
)
LEAVE_OUT = "Mend it, uninstall it, or leave it out with STEDSKAPING_PLUGINS_EXCLUDE="


def test_bad_metadata(problems_of: Problems) -> None:
    assert problems_of("bad_metadata") == [
        "Plugin “Bad-Metadata”: its slug “Bad-Metadata” is not valid. "
        "Use at most 30 lower-case letters and digits, with single “_” between words.",
        "Plugin “Bad-Metadata”: its description is empty. Say in a sentence what it does, for editors.",
        "Plugin “Bad-Metadata”: its data_policy is empty. Say what stays stored when it is switched off.",
        "Plugin “Bad-Metadata”: its settings_model “core.SiteProfile” belongs to another app. "
        "Name a model of its own.",
        "Plugin “Bad-Metadata”: its requires_plugins is the text “funding”. Write a tuple: (“funding”,).",
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            ("no_settings",),
            [
                "Plugin “no_settings”: its settings_model “no_settings.Nothing” doesn't exist. "
                "Write it as “app_label.Model”."
            ],
        ),
        (("taken_slug",), ["Plugin “graphql”: its slug belongs to the platform. Choose another one."]),
        (
            ("duplicate_slug", "duplicate_slug_too"),
            [
                "Plugin “duplicate_slug”: stedskaping_duplicate_slug and stedskaping_duplicate_slug_too both "
                "have this slug. Uninstall one of them.",
                "Plugin “duplicate_slug”: its app label is “duplicate_slug_too”. "
                "It must be the same as the slug.",
            ],
        ),
        (
            ("missing_plugin",),
            [
                "Plugin “missing_plugin”: it needs the plugin “nowhere”, which isn't installed. "
                "Install “nowhere” as well."
            ],
        ),
        (
            ("circle_one", "circle_two"),
            [
                "Plugin “circle_one”: it needs “circle_two”, which needs it in turn. "
                "Neither could ever be switched on. Drop one of the two.",
                "Plugin “circle_two”: it needs “circle_one”, which needs it in turn. "
                "Neither could ever be switched on. Drop one of the two.",
            ],
        ),
    ],
)
def test_metadata_that_fits_nowhere(
    problems_of: Problems, names: tuple[str, ...], expected: list[str]
) -> None:
    assert problems_of(*names) == expected


def test_on_by_default_without_what_it_needs(problems_of: Problems) -> None:
    assert problems_of("eager", "raises_at_start")[0] == (
        "Plugin “eager”: it is on by default, but needs “raises_at_start”, which is not. "
        "Set default_enabled to False."
    )


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (
            {"no_plugin_config": "stedskaping_no_plugin_config"},
            "Plugin “no_plugin_config”: its app stedskaping_no_plugin_config has no PluginConfig. "
            "Derive the class in its apps.py from stedskaping_core.plugins.PluginConfig.",
        ),
        (
            {"shoes": "stedskaping_no_contribution"},
            "Plugin “shoes”: its entry point is called “shoes”, but its PluginConfig has the slug "
            "“no_contribution”. Make them the same.",
        ),
    ],
)
def test_an_entry_point_that_leads_astray(
    problems_of: Problems, points: dict[str, str], expected: str
) -> None:
    names = [module.removeprefix("stedskaping_") for module in points.values()]

    assert problems_of(*names, points=points) == [expected]


def test_unknown_hooks(problems_of: Problems) -> None:
    assert problems_of("unknown_hook") == [
        f"Plugin “unknown_hook”, hook before_breakfast: there is no such hook. {ALL_HOOKS}",
        "Plugin “unknown_hook”, hook register_metric: there is no such hook. "
        f"Did you mean register_metrics? {ALL_HOOKS}",
    ]


def test_a_parameter_that_the_hook_has_not(problems_of: Problems) -> None:
    assert problems_of("unknown_parameter") == [
        "Plugin “unknown_parameter”, hook on_event: takes the parameter “evnt”, which it doesn't have. "
        "Its parameters are: event."
    ]


def test_hooks_that_would_never_work(problems_of: Problems) -> None:
    assert problems_of("odd_hooks") == [
        "Plugin “odd_hooks”, hook on_disabled: takes “*sites”, which is never filled. "
        "Name plain parameters. Its parameters are: site.",
        "Plugin “odd_hooks”, hook on_enabled: is an async function. "
        "Write it with “def”; hooks are synchronous.",
        "Plugin “odd_hooks”, hook register_metrics: is a wrapper. "
        "A plugin answers for itself only: use plain @hookimpl.",
        "Plugin “odd_hooks”, hook register_jobs: is implemented twice. Put both into one function.",
        "Plugin “odd_hooks”, hook validate_phase_completion: gives the parameter “actor” a default. "
        "Take the default away: the platform fills every parameter that you name.",
    ]


def test_hooks_that_cannot_be_imported(problems_of: Problems) -> None:
    assert problems_of("cannot_import") == [
        "Plugin “cannot_import”: its module stedskaping_cannot_import.hooks can't be imported: "
        f"ModuleNotFoundError: No module named 'a_package_that_nobody_has'. {LEAVE_OUT}cannot_import."
    ]


def test_an_exception_at_start(problems_of: Problems) -> None:
    assert problems_of("raises_at_start") == [
        "Plugin “raises_at_start”, hook register_metrics: raised ZeroDivisionError: division by zero. "
        f"{LEAVE_OUT}raises_at_start."
    ]


def test_wrong_return_types(problems_of: Problems) -> None:
    assert problems_of("wrong_return_type") == [
        "Plugin “wrong_return_type”, hook register_metrics: returned dict instead of a list. "
        "Return a list of Metric.",
        "Plugin “wrong_return_type”, hook register_jobs: returned a list with function in it. "
        "Every entry must be a Job.",
    ]


def test_wrong_records(problems_of: Problems) -> None:
    slots = "its slots must be a tuple out of body, footer, guidance, story."
    long = "wrong_records." + 90 * "a"
    expected = [
        (
            "register_metrics",
            "Metric “wrong_records.shoes”",
            "its unit “pairs” is not one of count, percent, hours, NOK.",
        ),
        ("register_metrics", "Metric “wrong_records.hats”", "its evaluate must be a function."),
        (
            "register_metrics",
            "Metric “wrong_records.Bad Name”",
            "its key must be “wrong_records.<name>”, where the name is lower-case letters, digits and “_”.",
        ),
        ("register_events", f"EventType “{long}”", "its key has more than 100 characters."),
        ("register_jobs", "Job “wrong_records.never”", "its every must be a positive timedelta."),
        ("register_jobs", "Job “wrong_records.what”", "its run must be a function."),
        ("register_blocks", "BlockType “wrong_records_nowhere”", slots),
        ("register_blocks", "BlockType “wrong_records_text”", slots),
        (
            "register_blocks",
            "BlockType “wrong_records_no_block”",
            "its factory made a dict instead of a Wagtail block.",
        ),
        (
            "register_blocks",
            "BlockType “wrong_records_bang”",
            "its factory raised ZeroDivisionError: integer division or modulo by zero.",
        ),
    ]

    assert problems_of("wrong_records") == [
        f"Plugin “wrong_records”, hook {hook}: the {record} can't be taken: {complaint} Mend the record."
        for hook, record, complaint in expected
    ]


def test_a_metric_registered_twice(problems_of: Problems) -> None:
    assert problems_of("duplicate_metric") == [
        "Plugin “duplicate_metric”, hook register_metrics: the Metric “duplicate_metric.number” has been "
        "registered by itself already. Choose another name."
    ]


def test_a_block_without_the_prefix(problems_of: Problems) -> None:
    assert problems_of("block_without_prefix") == [
        "Plugin “block_without_prefix”, hook register_blocks: the BlockType “note” can't be taken: "
        "its name must start with “block_without_prefix_”. Mend the record."
    ]


def test_an_event_of_somebody_else(problems_of: Problems) -> None:
    assert problems_of("foreign_event") == [
        "Plugin “foreign_event”, hook register_events: the EventType “core.phase_completed” can't be taken: "
        "its key must be “foreign_event.<name>”, where the name is lower-case letters, digits and “_”. "
        "Mend the record."
    ]


def test_all_problems_of_all_plugins_are_told_at_once(problems_of: Problems) -> None:
    told = problems_of("raises_at_start", "unknown_parameter", "missing_plugin", "foreign_event")

    assert [problem.partition(":")[0] for problem in told] == [
        "Plugin “missing_plugin”",
        "Plugin “unknown_parameter”, hook on_event",
        "Plugin “raises_at_start”, hook register_metrics",
        "Plugin “foreign_event”, hook register_events",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "non_null_field",
            'Plugin “non_null_field”, hook register_graphql: "initiative" is InitiativeNonNullField!, but '
            "the field on Initiative has to be null where the plugin is off. "
            "Give the object type itself, without NonNull or List.",
        ),
        (
            "extends_core",
            "Plugin “extends_core”, hook register_graphql: it extends Site. Only the platform may do that. "
            'Put the fields under "extendsCore", where they are off when the plugin is.',
        ),
        (
            "no_contribution",
            "Plugin “no_contribution”, hook register_graphql: returned dict instead of a "
            "GraphQLContribution. Return one GraphQLContribution record.",
        ),
        (
            "no_schema",
            "Plugin “no_schema”, hook register_graphql: the schema can't be built: TypeError: Type "
            f"InitiativeNoSchema must define one or more fields. {LEAVE_OUT}no_schema.",
        ),
    ],
)
def test_graphql_that_does_not_fit(registry_of: Callable[..., Registry], name: str, expected: str) -> None:
    registry = registry_of(name)

    assert [str(problem) for problem in schema_problems(registry)] == [expected]


def test_the_list_of_hooks_is_that_of_the_specifications() -> None:
    assert ", ".join(HOOKS) in ALL_HOOKS


def test_django_takes_the_plugins_own_config(dummy: AppConfig) -> None:
    """`PluginConfig` is imported in every `apps.py`, and must not make Django unsure which class to take."""
    assert type(dummy).__name__ == "DummyConfig"
