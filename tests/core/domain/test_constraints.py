"""The database itself holds what the services promise: each constraint refuses writes that go past them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from stedskaping_core.models import (
    Activity,
    CampDayReport,
    Document,
    Event,
    Image,
    InitiativeMember,
    InitiativePage,
    JobRun,
    Journey,
    JourneyPhase,
    JourneyRequirement,
    JourneyTask,
    Outcome,
    PagePreview,
    PermitKind,
    PhasePage,
    PhaseRequirement,
    PhaseTask,
    PilotLeadTime,
    PilotPage,
    PluginActivation,
    Reschedule,
    SiteProfile,
    User,
    Waiver,
)

DAY = dt.date(2026, 4, 30)
Write = Callable[[Any], Any]


def update(model: type[models.Model], **values: Any) -> Write:
    """Write to all rows of a model, past everything but the database."""
    return lambda world: model._base_manager.update(**values)


def again(model: type[models.Model], **values: Any) -> Write:
    """Write a row of the model a second time."""

    def write(world: Any) -> None:
        row = model._base_manager.order_by("pk").first()
        assert row is not None
        if hasattr(row, "uuid"):
            row.uuid = uuid.uuid4()
        row.pk = None
        row._state.adding = True
        for name, value in values.items():
            setattr(row, name, value)
        model._base_manager.bulk_create([row])

    return write


def reschedule(**values: Any) -> Write:
    fields = {"from_date": DAY, "to_date": dt.date(2026, 5, 1), "reason": "Regn.", **values}
    return lambda world: Reschedule.objects.bulk_create([Reschedule(journey=world.journey, **fields)])


CASES: list[tuple[str, Write]] = [
    ("core_phasepage_kind", update(PhasePage, kind="party")),
    ("core_phasepage_duration_unit", update(PhasePage, duration_unit="years")),
    (
        "core_phasepage_realisation_in_days",
        lambda w: PhasePage.objects.filter(kind="realisation").update(duration_unit="weeks"),
    ),
    ("core_phasepage_has_length", lambda w: PhasePage.objects.filter(kind="planning").update(duration=0)),
    ("core_phasetask_kind", update(PhaseTask, kind="wish", permit_kind=None)),
    (
        "core_phasetask_permit_has_kind",
        lambda w: PhaseTask.objects.filter(kind="permit").update(permit_kind=None),
    ),
    ("core_phasetask_permit_has_kind", lambda w: PhaseTask.objects.filter(kind="permit").update(kind="todo")),
    ("core_phaserequirement_comparison", update(PhaseRequirement, comparison="!=")),
    ("core_initiativepage_place_on_earth", update(InitiativePage, latitude=59.0)),
    ("core_initiativepage_place_on_earth", update(InitiativePage, longitude=10.0)),
    ("core_initiativepage_place_on_earth", update(InitiativePage, latitude=90.1, longitude=10.0)),
    ("core_initiativepage_place_on_earth", update(InitiativePage, latitude=59.0, longitude=-180.1)),
    ("core_initiativepage_status", update(InitiativePage, status="approved")),
    ("core_initiativemember_role", update(InitiativeMember, role="king")),
    ("core_initiativemember_once", again(InitiativeMember, role="team")),
    ("core_journey_state", update(Journey, state="lost")),
    ("core_journey_dates_in_order", update(Journey, starts_on=dt.date(2026, 5, 1))),
    ("core_journey_dates_in_order", update(Journey, realisation_ends_on=dt.date(2026, 4, 29))),
    ("core_journey_paused_since", update(Journey, state="paused")),
    ("core_journey_paused_since", update(Journey, paused_on=DAY)),
    ("core_journeyphase_kind", update(JourneyPhase, kind="party")),
    ("core_journeyphase_state", update(JourneyPhase, state="lost")),
    (
        "core_journeyphase_position_once",
        lambda w: JourneyPhase.objects.filter(title="Plan").update(position=1),
    ),
    ("core_journeyphase_one_active", lambda w: active("Plan", started_at=timezone.now())),
    (
        "core_journeyphase_started_when",
        lambda w: JourneyPhase.objects.filter(title="Idé").update(started_at=None),
    ),
    ("core_journeyphase_dates_in_order", update(JourneyPhase, planned_end=dt.date(2026, 1, 1))),
    ("core_journeyphase_completed_when", update(JourneyPhase, state="completed")),
    (
        "core_journeyphase_one_realisation",
        lambda w: JourneyPhase.objects.filter(title="Plan").update(kind="realisation"),
    ),
    ("core_journeytask_kind", lambda w: JourneyTask.objects.filter(kind="todo").update(kind="wish")),
    (
        "core_journeytask_position_once",
        lambda w: JourneyTask.objects.filter(title="Byggesøknad").update(position=1),
    ),
    (
        "core_journeytask_state_of_kind",
        lambda w: JourneyTask.objects.filter(kind="todo").update(state="to_apply"),
    ),
    (
        "core_journeytask_state_of_kind",
        lambda w: JourneyTask.objects.filter(kind="permit").update(state="open"),
    ),
    (
        "core_journeytask_state_of_kind",
        lambda w: JourneyTask.objects.filter(kind="permit").update(lead_weeks=None),
    ),
    ("core_journeytask_done_when", lambda w: JourneyTask.objects.filter(kind="todo").update(state="done")),
    ("core_journeytask_done_when", update(JourneyTask, done_at=timezone.now())),
    (
        "core_journeytask_applied_when",
        lambda w: JourneyTask.objects.filter(kind="permit").update(state="applied"),
    ),
    ("core_journeyrequirement_comparison", update(JourneyRequirement, comparison="!=")),
    ("core_journeyrequirement_position_once", again(JourneyRequirement)),
    ("core_waiver_has_reason", lambda w: waive(w, "")),
    ("core_reschedule_moves", reschedule(to_date=DAY)),
    ("core_reschedule_has_reason", reschedule(reason="")),
    ("core_campdayreport_once", lambda w: (report(w), report(w))),
    ("core_campdayreport_has_text", lambda w: report(w, "")),
    ("core_outcome_place_on_earth", lambda w: outcome(w, latitude=59.0)),
    ("core_pilotpage_place_on_earth", update(PilotPage, longitude=10.0)),
    ("core_pilotpage_status", update(PilotPage, status="maybe")),
    ("core_pilotpage_period", update(PilotPage, starts_on=DAY, ends_on=dt.date(2026, 4, 29))),
    ("core_pilotleadtime_once", lambda w: (lead_time(w), lead_time(w))),
    ("core_pluginactivation_once", again(PluginActivation)),
    ("core_jobrun_once", lambda w: (job_run(w), job_run(w))),
    ("core_pagepreview_once", lambda w: (preview(w, page=w.initiative), preview(w, page=w.initiative))),
    ("core_pagepreview_new_once", lambda w: (preview(w, parent=w.guide), preview(w, parent=w.guide))),
    ("core_pagepreview_page_or_parent", lambda w: preview(w)),
    ("core_pagepreview_page_or_parent", lambda w: preview(w, page=w.initiative, parent=w.guide)),
    (
        "core_user_email_once",
        lambda w: User.objects.filter(pk=w.people["team"].pk).update(email="ADMIN@example.org"),
    ),
    # Unique columns and pairs have no names of their own.
    ("User.email", lambda w: User.objects.filter(pk=w.people["team"].pk).update(email="admin@example.org")),
    (
        "PagePreview.digest",
        lambda w: (
            preview(w, page=w.initiative, digest="same"),
            preview(w, parent=w.guide, digest="same"),
        ),
    ),
    ("User.uuid", lambda w: same_uuid(User)),
    ("Event.uuid", lambda w: same_uuid(Event)),
    ("Activity.uuid", lambda w: same_uuid(Activity)),
    ("Activity.event", again(Activity)),
    ("Journey.uuid", lambda w: (journey(w), same_uuid(Journey))),
    ("Journey.initiative", again(Journey)),
    ("JourneyPhase.uuid", lambda w: same_uuid(JourneyPhase)),
    ("JourneyTask.uuid", lambda w: same_uuid(JourneyTask)),
    ("JourneyRequirement.uuid", lambda w: same_uuid(JourneyRequirement)),
    ("Waiver.requirement", lambda w: (waive(w, "Ja."), waive(w, "Ja."))),
    ("Outcome.uuid", lambda w: (outcome(w), outcome(w), same_uuid(Outcome))),
    ("Image.uuid", lambda w: (image(), image(), same_uuid(Image))),
    ("Document.uuid", lambda w: (document(), document(), same_uuid(Document))),
    ("SiteProfile.site", again(SiteProfile, key="other")),
    ("SiteProfile.key", update(SiteProfile, key="same")),
    ("PermitKind.key+locale", again(PermitKind, translation_key=uuid.uuid4())),
    ("PermitKind.translation_key+locale", again(PermitKind, key="other")),
    ("PhaseTask.translation_key+locale", again(PhaseTask)),
    ("PhaseRequirement.translation_key+locale", again(PhaseRequirement)),
]
# Wagtail's own.
NOT_OURS = {"Rendition.image+filter_spec+focal_point_key"}


def active(title: str, **values: Any) -> None:
    JourneyPhase.objects.filter(title=title).update(state="active", **values)


def same_uuid(model: type[models.Model]) -> None:
    rows = model._base_manager.order_by("pk")[:2]
    model._base_manager.filter(pk=rows[1].pk).update(uuid=rows[0].uuid)  # type: ignore[attr-defined]


def waive(world: Any, reason: str) -> None:
    Waiver.objects.bulk_create([Waiver(requirement=world.requirement("core.members"), reason=reason)])


def report(world: Any, text: str = "Vi bygde.") -> None:
    CampDayReport.objects.bulk_create([CampDayReport(journey=world.journey, day=DAY, text=text)])


def outcome(world: Any, **values: Any) -> None:
    Outcome.objects.bulk_create([Outcome(initiative=world.initiative, title="Benk", **values)])


def lead_time(world: Any) -> None:
    PilotLeadTime.objects.bulk_create([PilotLeadTime(page=world.larvik.page, permit_key="building", weeks=3)])


def job_run(world: Any) -> None:
    JobRun.objects.bulk_create([JobRun(key="core.job", site=world.larvik.site)])


def preview(world: Any, *, digest: str = "", **values: Any) -> None:
    row = PagePreview(
        user=world.people["editor"],
        content_type=ContentType.objects.get_for_model(InitiativePage),
        digest=digest or uuid.uuid4().hex,
        content={},
        expires_at=timezone.now(),
        **values,
    )
    PagePreview.objects.bulk_create([row])


def journey(world: Any) -> None:
    dates = {"starts_on": DAY, "realisation_starts_on": DAY, "realisation_ends_on": DAY}
    Journey.objects.create(initiative=world.add_page("Broen"), **dates)


def image() -> None:
    Image.objects.bulk_create([Image(title="Torget", file="torget.png", width=1, height=1)])


def document() -> None:
    Document.objects.bulk_create([Document(title="Avtale", file="avtale.pdf")])


@pytest.mark.parametrize(
    ("name", "write"), CASES, ids=[f"{n}:{name}" for n, (name, _write) in enumerate(CASES)]
)
def test_the_database_refuses(world: Any, name: str, write: Write) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write(world)

    # SQLite names check constraints only.
    if name in CHECKS or (name in UNIQUE and connection.vendor == "postgresql"):
        assert name in str(caught.value)


def test_every_constraint_of_core_has_a_case() -> None:
    found = set(CHECKS) | set(UNIQUE)
    for model in apps.get_app_config("core").get_models():
        own = model._meta
        found |= {f"{model.__name__}.{'+'.join(pair)}" for pair in own.unique_together}
        found |= {
            f"{model.__name__}.{field.name}"
            for field in own.local_fields
            if field.unique and not field.primary_key
        }

    assert {name for name, _write in CASES} == found - NOT_OURS


def constraints(kind: type[models.BaseConstraint]) -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for model in apps.get_app_config("core").get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, kind)
    }


CHECKS = constraints(models.CheckConstraint)
UNIQUE = constraints(models.UniqueConstraint)


@pytest.mark.parametrize(
    "model", [JourneyTask, JourneyPhase, JourneyRequirement, Waiver, Reschedule, CampDayReport]
)
def test_a_journey_takes_its_rows_along(world: Any, model: type[models.Model]) -> None:
    waive(world, "Ja.")
    report(world)
    reschedule()(world)
    assert model._base_manager.exists()

    world.journey.delete()

    assert not model._base_manager.exists()


def test_a_person_who_goes_leaves_decisions_without_a_name(world: Any) -> None:
    team = world.people["team"]
    reschedule(by=team)(world)
    JourneyTask.objects.update(assignee=team)
    Journey.objects.update(started_by=team)

    team.delete()

    assert Reschedule.objects.get().by is None
    assert not JourneyTask.objects.exclude(assignee=None).exists()
    assert Journey.objects.get().started_by is None
    assert world.initiative.members.count() == 2
