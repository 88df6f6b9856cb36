"""The typed way to call hooks: `hooks_for(site)`. Nothing else calls pluggy after the start.

One method per hook, and one small runner per policy (the first word of the hook's name). The runners know
how to call and what an exception means; they know nothing of any plugin's domain.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, transaction
from django.http import HttpRequest
from wagtail.models import Site

from stedskaping_core.models import Event, InitiativePage, JourneyPhase, User
from stedskaping_core.plugins.activation import enabled_slugs
from stedskaping_core.plugins.collector import implementations
from stedskaping_core.plugins.contributions import (
    DashboardCard,
    DemoContext,
    Erasure,
    InitiativePanel,
    PersonalData,
)
from stedskaping_core.plugins.registry import get_registry

logger = logging.getLogger("stedskaping.plugins")

R = TypeVar("R")


@dataclass(frozen=True)
class Failure:
    """A plugin that could not answer a request; the request stays open."""

    slug: str
    error: Exception

    def __str__(self) -> str:
        return f"{self.slug}: {type(self.error).__name__}: {self.error}"


@dataclass(frozen=True)
class Answers:
    """What the plugins answered to an export, an erasure or the demo, and who failed."""

    by_slug: Mapping[str, list[Any]]
    failures: list[Failure]


class Hooks:
    """The hooks of the platform's own apps and of the plugins in `slugs`, in a fixed order."""

    def __init__(self, slugs: Iterable[str]) -> None:
        registry = get_registry()
        wanted = set(slugs)
        self._manager = registry.manager
        self._builtins = registry.builtins
        self.slugs = (*registry.builtins, *(slug for slug in registry.plugins if slug in wanted))

    # ---------------------------------------------------------------- provide_…

    def dashboard_cards(self, site: Site, request: HttpRequest) -> list[DashboardCard]:
        cards = self._gather("provide_dashboard_cards", DashboardCard, site=site, request=request)
        return sorted(cards, key=lambda card: card.order)

    def initiative_panels(self, initiative: InitiativePage, request: HttpRequest) -> list[InitiativePanel]:
        panels = self._gather(
            "provide_initiative_panels", InitiativePanel, initiative=initiative, request=request
        )
        return sorted(panels, key=lambda panel: panel.order)

    # ---------------------------------------------------------------- validate_…

    def validate_phase_completion(self, phase: JourneyPhase, actor: User | None) -> None:
        self._enforce("validate_phase_completion", phase=phase, actor=actor)

    def validate_initiative_submission(self, initiative: InitiativePage, actor: User | None) -> None:
        self._enforce("validate_initiative_submission", initiative=initiative, actor=actor)

    # ---------------------------------------------------------------- on_…

    def event(self, event: Event) -> None:
        self._dispatch("on_event", {"event": event.pk})

    def enabled(self, slug: str, site: Site) -> None:
        self._dispatch("on_enabled", {"site": site.pk}, only=slug)

    def disabled(self, slug: str, site: Site) -> None:
        self._dispatch("on_disabled", {"site": site.pk}, only=slug)

    # ---------------------------------------------------------------- export_… / erase_… / load_…

    def export_personal_data(self, user: User) -> Answers:
        return self._request("export_personal_data", PersonalData, self.slugs, user=user)

    def erase_personal_data(self, user: User, *, dry_run: bool) -> Answers:
        """Plugins first. The platform's own apps forget the person last, and only when nobody failed: after
        that nobody could find the rest. With `dry_run` everything is counted and undone."""
        plugins = [slug for slug in self.slugs if slug not in self._builtins]
        first = self._request(
            "erase_personal_data", Erasure, plugins, undo=dry_run, user=user, dry_run=dry_run
        )
        if first.failures and not dry_run:
            return first
        own = self._builtins[::-1]
        last = self._request("erase_personal_data", Erasure, own, undo=dry_run, user=user, dry_run=dry_run)
        return Answers({**first.by_slug, **last.by_slug}, [*first.failures, *last.failures])

    def load_demo_data(self, demo: DemoContext) -> Answers:
        return self._request("load_demo_data", object, self.slugs, demo=demo)

    # ---------------------------------------------------------------- the runners

    def _gather(self, hook: str, kind: type[R], **kwargs: Any) -> list[R]:
        """Collect lists; a plugin that raises or answers with something else is logged and left out."""
        found: list[R] = []
        for slug, function in implementations(self._manager, self.slugs, hook):
            try:
                with _unharmed():
                    found += _checked(slug, hook, kind, function(**kwargs))
            except Exception:
                logger.exception("plugin %s: hook %s failed and its part is left out", slug, hook)
        return found

    def _enforce(self, hook: str, **kwargs: Any) -> None:
        """Call everybody inside the caller's transaction; whatever is raised refuses the change."""
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError(
                f"{hook} must be called in the transaction it guards"
            )
        for slug, function in implementations(self._manager, self.slugs, hook):
            try:
                function(**kwargs)
            except Exception as error:
                error.add_note(f"raised by plugin {slug} in the hook {hook}")
                raise

    def _dispatch(self, hook: str, reference: dict[str, int], only: str | None = None) -> None:
        """One background task per implementing plugin, which starts after the commit or not at all."""
        from stedskaping_core.tasks import enqueue_hook

        slugs = self.slugs if only is None else (only,)
        for slug, _function in implementations(self._manager, slugs, hook):
            enqueue_hook(slug, hook, reference)

    def _request(
        self, hook: str, kind: type, slugs: Sequence[str], *, undo: bool = False, **kwargs: Any
    ) -> Answers:
        """Call everybody, each in a transaction of its own, and report who failed."""
        answers: dict[str, list[Any]] = {}
        failures: list[Failure] = []
        for slug, function in implementations(self._manager, slugs, hook):
            try:
                with transaction.atomic():
                    answers[slug] = _checked(slug, hook, kind, function(**kwargs))
                    if undo:
                        transaction.set_rollback(True)
            except Exception as error:
                logger.exception("plugin %s: hook %s failed", slug, hook)
                failures.append(Failure(slug, error))
        return Answers(answers, failures)


@contextmanager
def _unharmed() -> Iterator[None]:
    """Inside a transaction a savepoint, so that a failed statement of a plugin doesn't spoil the caller's."""
    with transaction.atomic() if connection.in_atomic_block else nullcontext():
        yield


def _checked(slug: str, hook: str, kind: type[R], answer: Any) -> list[R]:
    items = list(answer or ())
    wrong = [item for item in items if not isinstance(item, kind)]
    if wrong:
        raise TypeError(
            f"{hook} of plugin {slug} returned {type(wrong[0]).__name__} instead of {kind.__name__}"
        )
    return items


def hooks_for(site: Site | None) -> Hooks:
    """The hooks of what is on for `site`; with None those of everything installed."""
    return Hooks(get_registry().plugins if site is None else enabled_slugs(site.pk))
