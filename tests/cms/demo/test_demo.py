"""The loaded demo: what is there, that a run goes on where another ended, and that nothing is changed."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, PageLogEntry, Revision, Site

from stedskaping_cms.demo import load as demo_load
from stedskaping_cms.demo import texts
from stedskaping_cms.demo.journeys import Run
from stedskaping_cms.demo.people import accounts
from stedskaping_cms.demo.state import Demo
from stedskaping_cms.models import (
    ArticlePage,
    CoursePage,
    CourseSession,
    HomePage,
    Menu,
    MenuItem,
    SiteSettings,
)
from stedskaping_core.choices import InitiativeStatus, JourneyPhaseState, JourneyState, TaskKind, TaskState
from stedskaping_core.models import (
    Activity,
    Event,
    GuidePage,
    Image,
    InitiativeIndexPage,
    InitiativeMember,
    InitiativePage,
    Journey,
    JourneyPhase,
    JourneyTask,
    Outcome,
    PhasePage,
    PilotPage,
    PluginActivation,
    User,
    Waiver,
)
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.readiness import JourneyStatus
from stedskaping_core.sites import SiteMap
from stedskaping_core.streams import SlotStreamField

pytestmark = pytest.mark.django_db

SIZE = (64, 40)
NAMES = [entry["name"] for entry in texts.pilots().values()]
PARTS = (
    *("People", "Pictures", "National site (pages)", "Pilots (pages)"),
    *(f"Projects in {name}" for name in NAMES),
    "Plugins' data",
    *(f"Journeys in {name}" for name in NAMES),
    *("Menus", "Drawings"),
)


def snapshot() -> dict[str, tuple[int, Any]]:
    """For every table how many rows there are, and the highest key."""
    tables = {model._meta.label: model._base_manager.order_by("-pk") for model in apps.get_models()}
    return {
        label: (rows.count(), rows.values_list("pk", flat=True).first()) for label, rows in tables.items()
    }


def without_times(lines: list[str]) -> list[str]:
    return [re.sub(r" \(\d+\.\d s\)", "", line) for line in lines]


def test_an_interrupted_run_is_continued(demo: Any) -> None:
    assert [line.partition(":")[0] for line in demo.first] == list(PARTS[:8])
    assert all(": there already" not in line for line in demo.first)
    assert without_times(demo.second) == [
        *(f"{part}: there already" for part in PARTS[:8]),
        f"Plugins' data: {len(get_registry().plugins)} added",
        "Journeys in Larvik: 5 added",
        "Journeys in Evanger: 3 added",
        "Journeys in Grünerløkka: 2 added",
        "Journeys in Vang: 2 added",
        "Menus: 30 added",
        "Drawings: 32 added",
        "Background tasks: 0 done",
        "Search and references: ready",
    ]


def test_exactly_what_the_content_files_say(demo: Any) -> None:
    counts = {
        model: model._base_manager.count()
        for model in (
            *(Site, HomePage, PilotPage, InitiativeIndexPage, GuidePage, PhasePage, ArticlePage, CoursePage),
            *(CourseSession, InitiativePage, Journey, JourneyPhase, JourneyTask, Image, Outcome, Waiver),
            *(Menu, SiteSettings, PluginActivation, Redirect),
        )
    }

    assert counts == {
        Site: 5,
        HomePage: 3,
        PilotPage: 12,
        InitiativeIndexPage: 12,
        GuidePage: 3,
        PhasePage: 24,
        ArticlePage: 41,
        CoursePage: 6,
        CourseSession: 5,
        InitiativePage: 14,
        Journey: 12,
        JourneyPhase: 96,
        JourneyTask: 12 * 47,
        Image: 32,
        Outcome: 5,
        Waiver: 1,
        Menu: 30,
        SiteSettings: 5,
        PluginActivation: len(NAMES) * len(get_registry().plugins),
        Redirect: 0,
    }
    named = User.objects.exclude(email__startswith="x")
    assert named.count() == 1 + 4 * 18
    # A crowd as large as the most followed project of each pilot needs.
    crowd = Counter(User.objects.filter(email__startswith="x").values_list("locale", flat=True))
    assert crowd == {"nb": 118 + 141, "nn": 92 + 27}


def test_a_further_run_changes_nothing(demo: Any) -> None:
    before, told = snapshot(), list[str]()

    assert demo_load.load(Demo(size=SIZE, tell=told.append)) is False

    assert told == [f"{part}: there already" for part in PARTS]
    assert snapshot() == before


def test_the_command_lists_the_accounts(demo: Any) -> None:
    out = StringIO()

    call_command("demo", stdout=out)

    lines = out.getvalue().splitlines()
    listed = [line.split()[0] for line in lines if "@example.org" in line.split(" ")[0]]
    assert listed == [account.email for account in accounts()]
    assert "facilitator.evanger@example.org      Facilitator                    Evanger" in lines
    assert lines[-1] == "One password for all of them: seks-maneder-og-seks-dager"


def streams(page: Page) -> list[SlotStreamField]:
    return [field for field in page._meta.get_fields() if isinstance(field, SlotStreamField)]


def test_the_stock_site_is_gone(demo: Any) -> None:
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port, site.site_name) == ("localhost", 8000, "Stedskaping")


def test_each_site_is_found_in_three_languages(demo: Any) -> None:
    sites = {site.key: site for site in SiteMap().sites.values()}

    assert {key: (site.origin, site.default_locale) for key, site in sites.items()} == {
        "stedskaping": ("http://localhost:8000", "nb"),
        "larvik": ("http://larvik.localhost:8000", "nb"),
        "evanger": ("http://evanger.localhost:8000", "nn"),
        "grunerlokka": ("http://grunerlokka.localhost:8000", "nb"),
        "vang": ("http://vang.localhost:8000", "nn"),
    }
    assert all(set(site.root_paths) == set(texts.LANGUAGES) for site in sites.values())
    for model in (HomePage, GuidePage, PhasePage, CoursePage, PilotPage, InitiativeIndexPage):
        versions = Counter(model.objects.values_list("translation_key", flat=True))
        assert set(versions.values()) == {3}, model
    facts = ("municipality_number", "status", "starts_on", "contact", "latitude", "lead_times__weeks")
    for pilot in PilotPage.objects.all():
        own = PilotPage.objects.filter(pk=pilot.pk).values_list(*facts).get()
        assert set(pilot.get_translations().values_list(*facts)) == {own}


def test_every_page_can_be_saved_by_an_editor_as_it_is(demo: Any) -> None:
    for page in Page.objects.filter(depth__gt=1).specific():
        page.full_clean()
        for field in streams(page):
            field.stream_block.clean(getattr(page, field.name))


def test_links_in_texts_lead_to_published_pages_of_the_same_language(demo: Any) -> None:
    linked: set[int] = set()
    for page in Page.objects.filter(depth__gt=1).specific().select_related("locale"):
        content = str(page.serializable_data()).replace("\\", "")
        assert '<a page="' not in content, page
        targets = {int(pk) for pk in re.findall(r'linktype="page" id="(\d+)"', content)}
        for field in streams(page):
            actions = (
                item["value"] for item in getattr(page, field.name).raw_data if item["type"] == "action"
            )
            targets |= {value["page"] for value in actions}
        languages = Page.objects.filter(pk__in=targets, live=True).values_list("locale", flat=True)
        assert list(languages) == [page.locale_id] * len(targets), page
        linked |= targets
    assert len(linked) == 3 * 9
    english = Page.objects.filter(pk__in=linked, locale__language_code="en")
    assert set(english.values_list("slug", flat=True)) == {
        "courses",
        "for-municipalities",
        "guide",
        "how-a-pilot-starts",
        "privacy",
        "six-months-and-six-days",
        "supporting-residents-who-build",
        "the-model",
        "what-does-it-cost",
    }


def test_pictures_belong_to_their_pilots_collection(demo: Any) -> None:
    pictures = Counter(Image.objects.values_list("collection__name", flat=True))

    assert pictures == {"Stedskaping": 8, "Larvik": 9, "Evanger": 8, "Grünerløkka": 3, "Vang": 4}
    assert Collection.objects.count() == 6
    for image in Image.objects.all():
        assert (image.width, image.height) == SIZE
        assert image.file.size == image.file_size
        assert image.description.startswith(("Tegn", "Teikn"))


def test_plugins_are_on_where_the_content_says(demo: Any) -> None:
    switches = PluginActivation.objects.exclude(slug="dummy")
    off = switches.filter(enabled=False).values_list("site__siteprofile__key", "slug")

    assert list(off) == [("vang", "funding")]


def test_menus_lead_to_pages_in_the_same_language(demo: Any) -> None:
    items = MenuItem.objects.select_related("menu", "page")

    assert all(item.page.live and item.page.locale_id == item.menu.locale_id for item in items)
    main = Menu.objects.get(site__siteprofile__key="larvik", locale__language_code="nb", key="main")
    assert [item.title for item in main.items.all()] == ["Prosjekter i Larvik", "Nyheter", "Veilederen"]
    pilots = MenuItem.objects.get(title="Pilot places")
    assert [item.title for item in pilots.items.all()] == ["Larvik", "Evanger", "Grünerløkka", "Vang"]


def test_people_can_sign_in_and_staff_reach_the_admin(demo: Any) -> None:
    reached = {}
    for account in accounts():
        client = Client()
        assert client.login(email=account.email, password=settings.STEDSKAPING_DEMO_PASSWORD), account.email
        if "larvik" in account.email:
            reached[account.email.partition(".")[0]] = client.get("/admin/").status_code
    assert len(accounts()) == 25
    assert reached == {
        "manager": 200,
        "editor": 200,
        "moderator": 200,
        "facilitator": 302,
        "initiator": 302,
        "resident": 302,
    }
    assert not Client().login(email="x001.larvik@example.org", password=settings.STEDSKAPING_DEMO_PASSWORD)


def test_staff_may_change_their_own_pilot_in_every_language_and_no_other(demo: Any) -> None:
    editor = User.objects.get(email="editor.larvik@example.org")
    allowed = {
        (page.title, page.permissions_for_user(editor).can_edit())
        for page in PilotPage.objects.order_by("path")
    }

    assert {title for title, may in allowed if may} == {"Stedskaping i Larvik", "Stedskaping in Larvik"}
    assert {title for title, may in allowed if not may} >= {"Stedskaping på Evanger", "Stedskaping i Vang"}


def test_search_and_usage_work(demo: Any) -> None:
    assert [page.slug for page in InitiativePage.objects.search("parasoll")] == [
        "moteplassen-pa-bokkerfjellet"
    ]
    picture = Image.objects.get(title="Et åpent tak på søyler i en park")
    assert [str(page) for page, _fields in picture.get_usage()] == ["Møteplassen på Bøkkerfjellet"]


def test_every_status_and_every_phase_has_a_project(statuses: dict[str, JourneyStatus]) -> None:
    assert set(InitiativePage.objects.values_list("status", flat=True)) == set(InitiativeStatus.values)
    for key, entry in texts.initiatives().items():
        page = InitiativePage.objects.get(slug=entry["slug"])
        assert page.status == entry["status"], key
        assert page.live is (entry["status"] not in ("draft", "submitted")), key
    running = {key: s.current_phase.position for key, s in statuses.items() if s.current_phase}
    assert running == {
        "samlingsplassen": 1,
        "skatehjornet": 2,
        "leikeplassen": 2,
        "skoleveien": 3,
        "nabohagen": 3,
        "elvestien": 4,
        "badetrapp": 5,
        "badeplassen": 6,
        "langestrand": 7,
        "smia": 8,
    }
    states = Counter(Journey.objects.values_list("state", flat=True))
    assert states == {
        JourneyState.RUNNING: 8,
        JourneyState.PAUSED: 1,
        JourneyState.STOPPED: 1,
        JourneyState.COMPLETED: 2,
    }


def test_one_project_is_at_risk_because_its_permit_is_late(statuses: dict[str, JourneyStatus]) -> None:
    assert [key for key, status in statuses.items() if status.at_risk] == ["badeplassen"]

    status = statuses["badeplassen"]
    today = timezone.localdate()
    assert status.journey.realisation_starts_on == today + dt.timedelta(days=14)
    assert status.earliest_safe_realisation == today + dt.timedelta(days=28)
    late = JourneyTask.objects.get(phase__journey=status.journey, state=TaskState.APPLIED)
    # Evanger's own lead time: five weeks, where three are usual.
    assert (late.permit_key, late.lead_weeks) == ("building_notice_simple", 5)
    assert late.note.startswith("Eit kart mangla")


def test_the_projects_that_were_moved_paused_and_ended_say_why(statuses: dict[str, JourneyStatus]) -> None:
    today = timezone.localdate()
    moved = statuses["elvestien"].journey.reschedules.get()
    assert moved.to_date - moved.from_date == dt.timedelta(days=180)
    assert moved.reason.startswith("Teikningane og grunnundersøkinga")
    paused = statuses["skatehjornet"].journey
    assert paused.paused_on == today - dt.timedelta(days=13)
    assert paused.initiative.status_reason.startswith("Kommunen skal bytte et vannrør")
    ended = statuses["nabohagen"].journey.initiative
    assert ended.status_changed_at.date() == today - dt.timedelta(days=255)
    assert ended.status_reason.startswith("Fire av fem i gruppa flyttet")
    waiver = Waiver.objects.select_related("by", "requirement__phase__journey__initiative").get()
    assert waiver.requirement.metric == "funding.minimum_secured_percent"
    assert waiver.requirement.phase.journey.initiative.slug == "langbenken"
    assert waiver.by.email == "facilitator.grunerlokka@example.org"


def test_the_camps_are_reported_day_by_day(statuses: dict[str, JourneyStatus]) -> None:
    reported = {
        key: s.journey.camp_days.count() for key, s in statuses.items() if s.journey.camp_days.exists()
    }

    assert reported == {"bokkerfjellet": 6, "langestrand": 3, "smia": 6, "langbenken": 6}
    # Today is the fourth of the six days.
    camp = statuses["langestrand"].journey
    assert camp.realisation_starts_on == timezone.localdate() - dt.timedelta(days=3)


def test_everything_happened_before_now_and_in_order(demo: Any) -> None:
    now = timezone.now()
    # Only the switches and what plugins tell of their own would be from this minute.
    assert not Event.objects.filter(key__startswith="core.", at__gte=now - dt.timedelta(minutes=5)).exists()
    assert not Activity.objects.exclude(at=models.F("event__at")).exists()
    assert not Revision.page_revisions.filter(created_at__gt=now).exists()
    for journey in Journey.objects.prefetch_related("phases"):
        ended = None
        for phase in sorted(journey.phases.all(), key=lambda phase: phase.position):
            if phase.state == JourneyPhaseState.UPCOMING:
                assert (phase.started_at, phase.completed_at) == (None, None)
                continue
            assert ended is None or phase.started_at == ended
            ended = phase.completed_at
            # Permits take their own time, whatever phase they are listed in.
            done = phase.tasks.filter(done_at__isnull=False).exclude(kind=TaskKind.PERMIT)
            assert all(task.done_at <= (ended or now) for task in done)
    joined = InitiativeMember.objects.filter(joined_at__lt=models.F("user__date_joined"))
    assert not joined.exists()
    for page in InitiativePage.objects.filter(live=True):
        first = page.activities.order_by("at", "pk").first()
        assert first.kind == "core.initiative_created"
        assert page.first_published_at <= page.status_changed_at
        assert PageLogEntry.objects.filter(page=page).latest("timestamp").timestamp <= now


def test_a_gate_that_is_not_met_needs_a_reason(statuses: dict[str, JourneyStatus]) -> None:
    status = statuses["badetrapp"]
    run = Run(Demo(), "badetrapp", status.journey.initiative)
    assert status.current_phase is not None

    with pytest.raises(
        CommandError, match=r"can't complete “Finansiering”: funding.minimum_secured_percent is"
    ):
        run.complete(status.current_phase, timezone.now())
