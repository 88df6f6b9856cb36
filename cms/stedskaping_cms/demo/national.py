"""The national site: front pages, the guide, articles, news and courses in three languages."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.management.base import CommandError
from wagtail.models import Page, Site

from stedskaping_cms.demo import texts
from stedskaping_cms.demo.state import NATIONAL, Demo
from stedskaping_cms.demo.writing import blocks, linked, publish
from stedskaping_cms.models import (
    ArticleIndexPage,
    ArticlePage,
    CoursePage,
    CourseRegistration,
    CourseSession,
    HomePage,
)
from stedskaping_core.models import GuidePage, PhasePage, SiteProfile
from stedskaping_core.services.guides import guide_install

HOST, PORT = "localhost", 8000
OPENED = "-690d 09:00"
# Who in the pilots goes to which course.
SIGNED_UP = {"support-course": ("manager", "facilitator"), "permits-course": ("facilitator", "initiator")}
# Where the shipped guide sends people who want to learn more.
SHIPPED_COURSE_LINK = "/kurs/"


def stock_site() -> Site | None:
    """The site that Wagtail starts with, if it is still there. Raises `CommandError` for anybody else's."""
    site: Site | None = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is not None:
        welcome = site.root_page
        if welcome.content_type.model_class() is not Page or welcome.get_children().exists():
            raise CommandError(
                f"There is a site already ({site}). The demo fills an empty database: choose another one "
                f"with DATABASE_URL or STEDSKAPING_DATA_DIR."
            )
    return site


def national_add(demo: Demo) -> int:
    """The whole national site, when it isn't there; how many pages that were."""
    if demo.site_loaded(NATIONAL):
        return 0
    stock = stock_site()
    if stock is not None:
        # Its site goes with it.
        stock.root_page.delete()
    before = Page.objects.count()
    homes = _homes(demo)
    main = next(iter(homes.values()))
    site = Site.objects.create(
        hostname=HOST, port=PORT, site_name=main.title, root_page=main, is_default_site=True
    )
    SiteProfile.objects.create(site=site, key=NATIONAL, origin=f"http://{HOST}:{PORT}")
    guides = guide_install(parents=homes)
    twins: dict[str, Page] = {}
    pages = {code: _tree(demo, code, home, twins) for code, home in homes.items()}
    demo.__dict__.pop("page_ids", None)
    for code, home in homes.items():
        _fill_home(demo, code, home)
        _fill(demo, code, pages[code])
        _link_courses(demo, guides[code], pages[code]["school"])
    _sign_up(demo)
    return Page.objects.count() - before


def _homes(demo: Demo) -> dict[str, HomePage]:
    root, key = Page.get_first_root_node(), uuid.uuid4()
    homes = {}
    for code, locale in demo.locales.items():
        entry = texts.national(code)["home"]
        home = HomePage(title=entry["title"], slug=entry["slug"], locale=locale, translation_key=key)
        homes[code] = root.add_child(instance=home)
    return homes


def _tree(demo: Demo, code: str, home: HomePage, twins: dict[str, Page]) -> dict[str, Page]:
    """All pages of a language, still without their content, so that they can link to each other."""
    words = texts.national(code)
    made: dict[str, Page] = {}

    def add(parent: Page, key: str, page: Page) -> None:
        page.locale, page.owner = demo.locales[code], demo.admin
        if key in twins:
            page.translation_key = twins[key].translation_key
        made[key] = parent.add_child(instance=page)
        twins.setdefault(key, page)

    for key in ("news", "school"):
        index = {name: words[key][name] for name in ("title", "slug", "intro")}
        add(home, key, ArticleIndexPage(**index, show_in_menus=True))
    for entry in words["pages"]:
        parent = made["news"] if entry.get("section") == "news" else home
        page = ArticlePage(title=entry["title"], slug=entry["slug"], intro=entry["intro"])
        page.show_in_menus = entry["menu"]
        add(parent, entry["key"], page)
    for entry in words["courses"]:
        add(made["school"], entry["key"], CoursePage(title=entry["title"], slug=entry["slug"]))
    return made


def _fill_home(demo: Demo, code: str, home: Page) -> None:
    entry = texts.national(code)["home"]
    home.intro = linked(demo, code, entry["intro"])
    home.body = blocks(demo, code, entry["body"])
    home.search_description = entry["seo_description"]
    home.owner = demo.admin
    publish(home, by=demo.admin, at=demo.calendar.moment(OPENED))


def _fill(demo: Demo, code: str, pages: dict[str, Page]) -> None:
    words = texts.national(code)
    opened = demo.calendar.moment(OPENED)
    for key in ("news", "school"):
        publish(pages[key], by=demo.admin, at=opened)
    for number, entry in enumerate(words["pages"]):
        page = pages[entry["key"]]
        page.image_id = demo.image(entry["picture"])
        page.body = blocks(demo, code, entry["body"])
        page.search_description = entry["seo_description"]
        published = demo.calendar.moment(entry["published"]) if "published" in entry else None
        publish(page, by=demo.admin, at=published or opened + dt.timedelta(days=3 * number + 1))
    for entry in words["courses"]:
        page = pages[entry["key"]]
        page.intro = linked(demo, code, entry["intro"])
        page.body = blocks(demo, code, entry["body"])
        page.search_description = entry["seo_description"]
        if code == texts.LANGUAGES[0]:
            # Dates are facts: the translations show the ones that are kept here.
            page.sessions = [_session(demo, session) for session in entry["sessions"]]
        publish(page, by=demo.admin, at=opened + dt.timedelta(days=30))


def _sign_up(demo: Demo) -> None:
    """Give the first date of each course its first participants."""
    for key, roles in SIGNED_UP.items():
        course = CoursePage.objects.get(pk=demo.page_ids[texts.LANGUAGES[0], key])
        people = [person for (_pilot, role), person in demo.people.items() if role in roles]
        for number, person in enumerate(people, start=1):
            CourseRegistration.objects.create(
                session=course.sessions.first(),
                user=person,
                created_at=demo.now - dt.timedelta(days=number, minutes=number * 37),
            )


def _session(demo: Demo, entry: Any) -> CourseSession:
    start, end = demo.calendar.session(entry["starts_at"], entry["ends_at"])
    return CourseSession(starts_at=start, ends_at=end, place=entry["place"], capacity=entry["capacity"])


def _link_courses(demo: Demo, guide: GuidePage, school: Page) -> None:
    """Let the guide's button lead to the school's page in the same language."""
    for phase in PhasePage.objects.child_of(guide):
        items = list(phase.guidance.raw_data)
        changed = False
        for item in items:
            if item["type"] == "action" and item["value"].get("url") == SHIPPED_COURSE_LINK:
                item["value"] |= {"url": "", "page": school.pk}
                changed = True
        if changed:
            phase.guidance = items
            phase.save_revision(user=demo.admin).publish(user=demo.admin)
