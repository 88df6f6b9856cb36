"""Call the `register_…` hooks at start and check every record that comes back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pluggy
from wagtail.blocks import Block

from stedskaping_core.plugins.contributions import BlockType, EventType, GraphQLContribution, Job, Metric
from stedskaping_core.plugins.problems import Problem, leave_out

UNITS = ("count", "percent", "hours", "NOK")
SLOTS = ("body", "footer", "guidance", "story")
# Keys are stored in columns of this length.
LONGEST_KEY = 100
NAME = re.compile(r"[a-z][a-z0-9_]*")

R = TypeVar("R")


@dataclass(frozen=True)
class Registered:
    """A record together with the slug of the app that registered it."""

    slug: str
    record: Any


def implementations(
    manager: pluggy.PluginManager, slugs: Sequence[str], hook: str
) -> Iterator[tuple[str, Callable[..., Any]]]:
    """(slug, callable) of every app in `slugs` that implements `hook`.

    The callable takes all of the hook's parameters by keyword and hands over those that the app wants.
    """
    everybody = dict(manager.list_name_plugin())
    implementers = {
        implementation.plugin_name for implementation in getattr(manager.hook, hook).get_hookimpls()
    }
    for slug in slugs:
        if slug in implementers:
            others = [plugin for name, plugin in everybody.items() if name != slug]
            yield slug, _single(manager.subset_hook_caller(hook, others))


def _single(caller: Any) -> Callable[..., Any]:
    def call(**kwargs: Any) -> Any:
        answers = caller(**kwargs)
        # pluggy leaves out None, which is what on_… and validate_… hooks answer.
        return answers[0] if answers else None

    return call


class Collector:
    """Calls the `register_…` hooks and gathers problems instead of stopping at the first."""

    def __init__(
        self,
        manager: pluggy.PluginManager,
        slugs: Sequence[str],
        builtins: Collection[str],
        problems: list[Problem],
    ) -> None:
        self._manager = manager
        self._slugs = slugs
        self._builtins = builtins
        self._problems = problems

    def metrics(self) -> dict[str, Registered]:
        return self._records("register_metrics", Metric, lambda metric: metric.key, _check_metric)

    def events(self) -> dict[str, Registered]:
        return self._records("register_events", EventType, lambda event: event.key, _check_key)

    def jobs(self) -> dict[str, Registered]:
        return self._records("register_jobs", Job, lambda job: job.key, _check_job)

    def blocks(self) -> tuple[Registered, ...]:
        return tuple(
            self._records("register_blocks", BlockType, lambda block: block.name, self._check_block).values()
        )

    def _records(
        self, hook: str, kind: type[R], key: Callable[[R], str], check: Callable[[str, R], str]
    ) -> dict[str, Registered]:
        """All records of one hook by their key. `check` answers with a complaint or an empty text."""
        found: dict[str, Registered] = {}
        for slug, function in implementations(self._manager, self._slugs, hook):
            for record in self._answer(slug, hook, function, kind):
                name = key(record)
                complaint = check(slug, record)
                if complaint:
                    message = f"the {kind.__name__} “{name}” can't be taken: {complaint}"
                    self._complain(slug, hook, message, "Mend the record.")
                elif name in found:
                    owner = found[name].slug
                    whose = "itself" if owner == slug else f"“{owner}”"
                    message = f"the {kind.__name__} “{name}” has been registered by {whose} already."
                    self._complain(slug, hook, message, "Choose another name.")
                else:
                    found[name] = Registered(slug, record)
        return found

    def _answer(self, slug: str, hook: str, function: Callable[..., Any], kind: type[R]) -> Sequence[R]:
        try:
            answer = function()
        except Exception as error:
            self._complain(slug, hook, f"raised {type(error).__name__}: {error}.", leave_out(slug))
            return ()
        if not isinstance(answer, (list, tuple)):
            message = f"returned {type(answer).__name__} instead of a list."
            self._complain(slug, hook, message, f"Return a list of {kind.__name__}.")
            return ()
        for item in answer:
            if not isinstance(item, kind):
                message = f"returned a list with {type(item).__name__} in it."
                self._complain(slug, hook, message, f"Every entry must be a {kind.__name__}.")
                break
        return [item for item in answer if isinstance(item, kind)]

    def _check_block(self, slug: str, block: BlockType) -> str:
        if slug not in self._builtins and not block.name.startswith(f"{slug}_"):
            return f"its name must start with “{slug}_”."
        if not NAME.fullmatch(block.name) or len(block.name) > LONGEST_KEY:
            return "its name must be lower-case letters, digits and “_”."
        unknown = [str(slot) for slot in block.slots if slot not in SLOTS]
        if unknown or not block.slots or isinstance(block.slots, str):
            return f"its slots must be a tuple out of {', '.join(SLOTS)}."
        try:
            made = block.factory()
        except Exception as error:
            return f"its factory raised {type(error).__name__}: {error}."
        if not isinstance(made, Block):
            return f"its factory made a {type(made).__name__} instead of a Wagtail block."
        return ""

    def _complain(self, slug: str, hook: str, message: str, hint: str) -> None:
        self._problems.append(Problem(slug, hook, message, hint))


def _check_key(slug: str, record: EventType | Job | Metric) -> str:
    prefix, _dot, name = record.key.partition(".")
    if prefix != slug or not NAME.fullmatch(name):
        return f"its key must be “{slug}.<name>”, where the name is lower-case letters, digits and “_”."
    if len(record.key) > LONGEST_KEY:
        return f"its key has more than {LONGEST_KEY} characters."
    return ""


def _check_metric(slug: str, metric: Metric) -> str:
    if metric.unit not in UNITS:
        return f"its unit “{metric.unit}” is not one of {', '.join(UNITS)}."
    if not callable(metric.evaluate):
        return "its evaluate must be a function."
    return _check_key(slug, metric)


def _check_job(slug: str, job: Job) -> str:
    if not callable(job.run):
        return "its run must be a function."
    if not isinstance(job.every, dt.timedelta) or job.every <= dt.timedelta(0):
        return "its every must be a positive timedelta."
    if not isinstance(job.at_most, dt.timedelta) or job.at_most <= dt.timedelta(0):
        return "its at_most must be a positive timedelta."
    return _check_key(slug, job)


def graphql_contribution(slug: str, function: Callable[..., Any]) -> GraphQLContribution | Problem:
    """What one app's `register_graphql` answers, or what is wrong with it."""
    hook = "register_graphql"
    try:
        answer = function()
    except Exception as error:
        return Problem(slug, hook, f"raised {type(error).__name__}: {error}.", leave_out(slug))
    if not isinstance(answer, GraphQLContribution):
        return Problem(
            slug,
            hook,
            f"returned {type(answer).__name__} instead of a GraphQLContribution.",
            "Return one GraphQLContribution record.",
        )
    return answer
