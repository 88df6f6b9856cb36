"""Every hook of the platform, implemented once."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from wagtail.models import Site

from stedskaping_core.errors import Refusal
from stedskaping_core.models import Event, InitiativePage, JourneyPhase, User
from stedskaping_core.plugins import (
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
    hookimpl,
)
from stedskaping_dummy.blocks import BLOCKS
from stedskaping_dummy.events import EVENTS
from stedskaping_dummy.jobs import JOBS
from stedskaping_dummy.metrics import METRICS
from stedskaping_dummy.models import DummySettings, Heard, Note
from stedskaping_dummy.trouble import pass_or_fail


@hookimpl
def register_graphql() -> GraphQLContribution:
    from stedskaping_dummy.schema import contribution

    return contribution()


@hookimpl
def register_blocks() -> Sequence[BlockType]:
    return BLOCKS


@hookimpl
def register_metrics() -> Sequence[Metric]:
    return METRICS


@hookimpl
def register_jobs() -> Sequence[Job]:
    return JOBS


@hookimpl
def register_events() -> Sequence[EventType]:
    return EVENTS


@hookimpl
def provide_dashboard_cards(site: Site, request: HttpRequest) -> list[DashboardCard]:
    pass_or_fail("provide_dashboard_cards")
    greeting = DummySettings.for_site(site).greeting
    return [DashboardCard(title="Notes", value=str(Note.objects.count()), detail=greeting, order=900)]


@hookimpl
def provide_initiative_panels(initiative: InitiativePage) -> list[InitiativePanel]:
    pass_or_fail("provide_initiative_panels")
    return [
        InitiativePanel(title="Notes", rows=[("Written", str(initiative.dummy_notes.count()))], order=900)
    ]


@hookimpl
def validate_phase_completion(phase: JourneyPhase, actor: User | None) -> None:
    pass_or_fail("validate_phase_completion")
    _refuse_unfinished(phase.journey.initiative)


@hookimpl
def validate_initiative_submission(initiative: InitiativePage, actor: User | None) -> None:
    pass_or_fail("validate_initiative_submission")
    _refuse_unfinished(initiative)


def _refuse_unfinished(initiative: InitiativePage) -> None:
    """Leaves a trace first, to show that a refusal undoes it."""
    Note.objects.create(initiative=initiative, text="Looked at.")
    if initiative.dummy_notes.filter(text="Not finished.").exists():
        raise Refusal("DUMMY_UNFINISHED", "The notes aren't finished.")


@hookimpl
def on_event(event: Event) -> None:
    pass_or_fail("on_event")
    Heard.objects.create(site=event.site, what=event.key)


@hookimpl
def on_enabled(site: Site) -> None:
    Heard.objects.create(site=site, what="enabled")


@hookimpl
def on_disabled(site: Site) -> None:
    Heard.objects.create(site=site, what="disabled")


@hookimpl
def export_personal_data(user: User) -> list[PersonalData]:
    pass_or_fail("export_personal_data")
    notes = Note.objects.filter(author=user)
    return [PersonalData("notes", [{"text": note.text, "at": note.created_at} for note in notes])]


@hookimpl
def erase_personal_data(user: User, dry_run: bool) -> list[Erasure]:
    erased, _by_model = Note.objects.filter(author=user).delete()
    pass_or_fail("erase_personal_data")
    return [Erasure("notes", erased=erased)]


@hookimpl
def load_demo_data(demo: DemoContext) -> None:
    pass_or_fail("load_demo_data")
    for page in demo.initiatives.values():
        Note.objects.get_or_create(initiative=page, text="A note for the demo.")
