"""Editorial pages: where each may stand, what the database refuses, where visitors see them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from stedskaping_cms.models import (
    ArticleIndexPage,
    ArticlePage,
    CoursePage,
    CourseRegistration,
    CourseSession,
    HomePage,
    Menu,
    MenuItem,
    SiteSettings,
    SiteText,
    SocialLink,
)
from stedskaping_cms.selectors import sessions_of
from stedskaping_core.models import GuidePage, InitiativeIndexPage, PhasePage, PilotPage
from stedskaping_core.plugins import Erasure, PersonalData
from stedskaping_core.plugins.facade import hooks_for

START = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
OURS = {
    ArticleIndexPage,
    ArticlePage,
    CoursePage,
    GuidePage,
    HomePage,
    InitiativeIndexPage,
    PhasePage,
    PilotPage,
}


@pytest.fixture
def home(bokmaal):
    return Page.get_first_root_node().add_child(instance=HomePage(title="Hjem", slug="hjem", locale=bokmaal))


@pytest.fixture
def course(home, bokmaal):
    page = CoursePage(title="Kurs", slug="kurs", locale=bokmaal)
    page.sessions = [
        CourseSession(starts_at=START, ends_at=START + dt.timedelta(hours=6), place="Oslo", capacity=2)
    ]
    return home.add_child(instance=page)


@pytest.fixture
def registration(course, make_person):
    return CourseRegistration.objects.create(session=course.sessions.get(), user=make_person("Kari"))


# ------------------------------------------------------------------ the tree


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        (Page, {HomePage, PilotPage, GuidePage}),
        (HomePage, {ArticleIndexPage, ArticlePage, CoursePage, GuidePage}),
        (PilotPage, {ArticleIndexPage, ArticlePage, InitiativeIndexPage, GuidePage}),
        (ArticleIndexPage, {ArticlePage, CoursePage}),
        (ArticlePage, {ArticlePage}),
        (CoursePage, set()),
        (GuidePage, {PhasePage}),
    ],
)
def test_what_stands_below_what(parent, children):
    assert OURS.intersection(parent.creatable_subpage_models()) == children


def test_a_guide_belongs_to_a_site(home):
    assert GuidePage.can_create_at(home)
    assert not GuidePage.can_create_at(Page.get_first_root_node())


# ------------------------------------------------------------------ view live


def test_pages_are_seen_at_the_frontend(platform, django_assert_num_queries):
    page = platform.initiative

    assert page.url == page.full_url == "https://larvik.example.org/initiatives/benken/"
    with django_assert_num_queries(2):
        assert page.get_url_parts() == (
            platform.larvik.site.pk,
            "https://larvik.example.org",
            "/initiatives/benken/",
        )


def test_another_language_has_its_prefix(platform):
    english = Locale.objects.get_or_create(language_code="en")[0]
    platform.larvik.page.copy_for_translation(english)
    index = platform.larvik.index.copy_for_translation(english)

    assert index.url == "https://larvik.example.org/en/initiatives/"


def test_a_page_outside_every_site_has_no_address(bokmaal):
    page = Page.get_first_root_node().add_child(instance=HomePage(title="Løs", slug="los", locale=bokmaal))

    assert page.url is None
    assert page.get_url_parts() is None


def test_the_admins_lists_ask_for_the_sites_once(platform, login, django_assert_max_num_queries):
    client = login(platform.people["admin"])
    address = f"/admin/pages/{platform.guide.pk}/"
    client.get(address)

    with django_assert_max_num_queries(45):
        page = client.get(address).content.decode()

    assert "https://www.example.org/veileder/camp/" in page


# ------------------------------------------------------------------ courses


def test_dates_are_shown_in_every_language_and_never_copied(course):
    english = Locale.objects.get_or_create(language_code="en")[0]
    course.get_parent().specific.copy_for_translation(english)
    translated = course.copy_for_translation(english)
    translated.save_revision().publish()
    copied = course.copy(update_attrs={"slug": "kurs-2", "title": "Kurs 2"})

    assert CourseSession.objects.count() == 1
    found = sessions_of([course, translated, copied])
    assert found == {
        course.pk: [course.sessions.get()],
        translated.pk: [course.sessions.get()],
        copied.pk: [],
    }


def test_dates_of_a_draft_are_not_shown(course):
    course.unpublish()

    assert sessions_of([course]) == {course.pk: []}


def test_a_date_with_participants_survives_an_old_draft(course, registration):
    session = registration.session
    before = CoursePage.objects.get(pk=course.pk)
    before.sessions = []
    revision = before.save_revision()

    revision.publish()

    assert list(CourseSession.objects.all()) == [session]
    with pytest.raises(ProtectedError):
        session.delete()


def test_the_form_refuses_to_delete_it(course, registration, login, make_person, seen):
    session = registration.session
    row = {
        "id": session.pk,
        "starts_at": "2027-03-01 10:00",
        "ends_at": "2027-03-01 16:00",
        "place": "Oslo",
        "capacity": 2,
        "DELETE": "on",
    }
    data = nested_form_data(
        {
            "title": "Kurs",
            "slug": "kurs",
            "intro": rich_text("<p>Hei</p>"),
            "body": {"count": 0},
            "sessions": inline_formset([row], initial=1),
            "comments": inline_formset([]),
            "action-publish": "action-publish",
        }
    )
    client = login(make_person("Admin", is_superuser=True))

    response = client.post(f"/admin/pages/{course.pk}/edit/", data)

    assert response.status_code == 200
    assert "People have signed up for 2027-03-01 10:00, Oslo, so it can't be deleted." in seen(response)
    assert CourseSession.objects.filter(pk=session.pk).exists()


def test_the_page_cant_be_deleted_while_people_have_seats(course, registration, login, make_person, texts):
    client = login(make_person("Admin", is_superuser=True))

    response = client.post(f"/admin/pages/{course.pk}/delete/")

    assert response.status_code == 302
    assert CoursePage.objects.filter(pk=course.pk).exists()
    assert texts(client) == [
        "“Kurs” can't be deleted: people have signed up for a course. Unpublish it instead."
    ]

    registration.delete()
    client.post(f"/admin/pages/{course.pk}/delete/")

    assert not CoursePage.objects.filter(pk=course.pk).exists()


@pytest.mark.parametrize(
    "wrong", [{"ends_at": START}, {"ends_at": START - dt.timedelta(days=1)}, {"capacity": 0}]
)
def test_the_database_refuses_wrong_dates(course, wrong):
    fields = {"starts_at": START, "ends_at": START + dt.timedelta(hours=1), "place": "Voss", **wrong}

    with pytest.raises(IntegrityError), transaction.atomic():
        CourseSession.objects.create(page=course, **fields)


def test_a_person_signs_up_once(course, registration):
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseRegistration.objects.create(session=registration.session, user=registration.user)


def test_what_the_platform_holds_about_a_participant(registration, make_person):
    other = CourseRegistration.objects.create(session=registration.session, user=make_person("Ola"))

    exported = hooks_for(None).export_personal_data(registration.user)
    erased = hooks_for(None).erase_personal_data(registration.user, dry_run=False)

    assert exported.by_slug["cms"] == [
        PersonalData(
            "course_registrations",
            [
                {
                    "course": "Kurs",
                    "starts_at": START.isoformat(),
                    "place": "Oslo",
                    "state": "registered",
                    "signed_up": registration.created_at.isoformat(),
                }
            ],
        )
    ]
    assert erased.by_slug["cms"] == [Erasure("course_registrations", erased=1)]
    assert list(CourseRegistration.objects.all()) == [other]


# ------------------------------------------------------------------ menus and settings


def test_one_menu_per_site_language_and_place(national_site, bokmaal):
    Menu.objects.create(site=national_site, locale=bokmaal, key="main")
    Menu.objects.create(site=national_site, locale=bokmaal, key="footer")

    with pytest.raises(IntegrityError), transaction.atomic():
        Menu.objects.create(site=national_site, locale=bokmaal, key="main")


def test_a_link_leads_to_a_page_or_to_an_address(national_site, bokmaal):
    menu = Menu.objects.create(site=national_site, locale=bokmaal)
    page = national_site.root_page

    for wrong in ({"page": page, "url": "/her/"}, {"page": None, "url": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MenuItem.objects.create(menu=menu, title="Hvor?", **wrong)


def test_links_go_away_with_their_page(home, national_site, bokmaal):
    menu = Menu.objects.create(site=national_site, locale=bokmaal)
    MenuItem.objects.create(menu=menu, title="Hjem", page=home)

    home.delete()

    assert menu.items.count() == 0


def test_settings_hold_each_language_once(national_site, bokmaal):
    settings = SiteSettings.for_site(national_site)
    SiteText.objects.create(settings=settings, locale=bokmaal)

    with pytest.raises(IntegrityError), transaction.atomic():
        SiteText.objects.create(settings=settings, locale=bokmaal)
    with pytest.raises(IntegrityError), transaction.atomic():
        SocialLink.objects.create(settings=settings, kind="fax", url="https://example.org")


def test_names_for_people(course, registration, national_site, bokmaal):
    menu = Menu.objects.create(site=national_site, locale=bokmaal)

    assert str(course.sessions.get()) == "2027-03-01 10:00, Oslo"
    assert str(registration) == f"{registration.user.public_name} ({registration.get_state_display()})"
    assert str(menu) == "main (nb)"
    assert str(MenuItem(title="Hjem")) == "Hjem"
