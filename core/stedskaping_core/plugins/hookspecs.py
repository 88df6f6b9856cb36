"""Every hook of the platform. The first word of a name says how it behaves:

`register_…`  once at start, for all installed plugins; returns a list of frozen records. An exception or a
              wrong record stops the start-up with a message that names the plugin and the hook.
`provide_…`   while reading, for plugins that are on for the site. An exception is logged and that plugin's
              part is left out.
`validate_…`  before a change, inside its transaction, for plugins that are on. Raise `Refusal` to refuse;
              any exception undoes the change.
`on_…`        after the commit, as one background task per plugin that is on. An exception makes the task
              run again later; the person who caused the event never sees it.
`export_… / erase_… / load_…`  on request, for all installed plugins, because a plugin that is off still holds
              data. An exception is reported and the request stays open.

Implementations live in a module `hooks` of the plugin's package and are marked with `@hookimpl`. They may
leave out parameters that they don't need. New parameters come last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Site

    from stedskaping_core.models import Event, InitiativePage, JourneyPhase, User
    from stedskaping_core.plugins.contributions import (
        BlockType,
        DashboardCard,
        DemoContext,
        Erasure,
        EventType,
        GraphQLContribution,
        InitiativePanel,
        Job,
        Metric,
        PersonalData,
    )

PROJECT = "stedskaping"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def register_graphql() -> GraphQLContribution:
    """The app's GraphQL types. Called once, when the schema is built."""


@hookspec
def register_blocks() -> Sequence[BlockType]:
    """StreamField blocks that editors may use where the plugin is on."""


@hookspec
def register_metrics() -> Sequence[Metric]:
    """Numbers about initiatives, for gates, dashboards and other plugins."""


@hookspec
def register_jobs() -> Sequence[Job]:
    """Recurring work, run by `stedskaping run_jobs` for each site where the plugin is on."""


@hookspec
def register_events() -> Sequence[EventType]:
    """The kinds of events that the app emits."""


@hookspec
def provide_dashboard_cards(site: Site, request: HttpRequest) -> Sequence[DashboardCard]:
    """Numbers for the admin's home page of somebody who may see `site`."""


@hookspec
def provide_initiative_panels(initiative: InitiativePage, request: HttpRequest) -> Sequence[InitiativePanel]:
    """Boxes for the overview of one initiative in the admin."""


@hookspec
def validate_phase_completion(phase: JourneyPhase, actor: User | None) -> None:
    """Called before `phase` is completed, after the platform's own checks. Raise `Refusal` to refuse.

    `actor` is None when the platform itself acts, here and below.
    """


@hookspec
def validate_initiative_submission(initiative: InitiativePage, actor: User | None) -> None:
    """Called before a draft is submitted to the municipality. Raise `Refusal` to refuse."""


@hookspec
def on_event(event: Event) -> None:
    """Something happened on a site where the plugin is on. Called again after a failure, so check what is
    done already. Skipped when the plugin has been switched off meanwhile."""


@hookspec
def on_enabled(site: Site) -> None:
    """The plugin was switched on for `site`. Skipped when it has been switched off again meanwhile."""


@hookspec
def on_disabled(site: Site) -> None:
    """The plugin was switched off for `site`. Its data stays. Skipped when it has been switched on again."""


@hookspec
def export_personal_data(user: User) -> Sequence[PersonalData]:
    """Everything the app holds about `user`."""


@hookspec
def erase_personal_data(user: User, dry_run: bool) -> Sequence[Erasure]:
    """Delete what the app holds about `user`, or anonymise what must stay.

    With `dry_run` whatever the function writes is undone, so that counting may be done by doing.
    """


@hookspec
def load_demo_data(demo: DemoContext) -> None:
    """Add the app's part of the demo content. Must be safe to run again."""
