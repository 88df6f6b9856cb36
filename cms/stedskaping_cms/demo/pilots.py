"""The four pilots: site, pages in three languages, news, staff and their pictures' collections."""

from __future__ import annotations

import datetime as dt

from wagtail.models import Page
from wagtail.users.models import UserProfile

from stedskaping_cms.demo import texts
from stedskaping_cms.demo.drawings import picture_uuid
from stedskaping_cms.demo.national import PORT
from stedskaping_cms.demo.state import Demo
from stedskaping_cms.demo.writing import backdate, blocks, publish, translate
from stedskaping_cms.models import ArticleIndexPage, ArticlePage
from stedskaping_core.models import Event, GuidePage, Image, PilotLeadTime, PilotPage, PluginActivation
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.pilot_staff import pilot_groups_ensure
from stedskaping_core.services.pilots import Pilot, pilot_create

STAFF = {"manager": "managers", "editor": "editors", "moderator": "moderators"}


def pilots_add(demo: Demo) -> int:
    """The pilots that aren't there; how many pages that were."""
    before = Page.objects.count()
    for key, entry in texts.pilots().items():
        if not demo.site_loaded(key):
            _pilot_add(demo, key, entry)
    return Page.objects.count() - before


def _pilot_add(demo: Demo, key: str, entry: texts.Entry) -> None:
    words = entry["text"][entry["locale"]]
    starts_on = demo.calendar.day(entry["starts_on"])
    opened = texts.at(texts.working_day(starts_on - dt.timedelta(days=7)), 9, 30)
    manager = demo.people[key, "manager"]
    made = pilot_create(
        key=key,
        name=entry["name"],
        municipality=entry["municipality"],
        municipality_number=entry["municipality_number"],
        hostname=entry["host"],
        port=PORT,
        origin=f"http://{entry['host']}:{PORT}",
        locale=entry["locale"],
        slug=words["slug"],
        index_title=words["index_title"],
        index_slug=words["index_slug"],
        guide=GuidePage.objects.get(pk=demo.page_ids[entry["locale"], "guide"]),
        plugins={slug: slug in entry["plugins"] for slug in get_registry().plugins},
        actor=demo.admin,
        starts_on=starts_on,
        ends_on=demo.calendar.day(entry["ends_on"]),
        status=entry["status"],
        contact=demo.people[key, "facilitator"],
        image_id=demo.image(entry["picture"]),
        place_name=entry["name"],
        latitude=entry["latitude"],
        longitude=entry["longitude"],
        intro=words["intro"],
        search_description=words["seo_description"],
        owner=manager,
    )
    page, index = made.page, made.index
    page.title = page.draft_title = words["title"]
    page.lead_times.set(
        [
            PilotLeadTime(permit_key=lead["permit"], weeks=lead["weeks"])
            for lead in entry.get("lead_times", ())
        ]
    )
    publish(page, by=manager, at=opened)
    index.intro = _paragraph(words["index_intro"])
    publish(index, by=manager, at=opened)
    for code in texts.LANGUAGES:
        if code != entry["locale"]:
            _translate(demo, made, code, entry, opened)
    _news(demo, key, entry, page, opened)
    _staff(demo, key, made)
    Event.objects.filter(site=made.site).update(at=opened)
    PluginActivation.objects.filter(site=made.site).update(changed_at=opened)
    pictures = [picture_uuid(name) for name in texts.pictures(key)]
    Image.objects.filter(uuid__in=pictures).update(collection=made.collection)


def _translate(demo: Demo, made: Pilot, code: str, entry: texts.Entry, opened: dt.datetime) -> None:
    words, locale, by = entry["text"][code], demo.locales[code], made.page.owner
    pilot = translate(
        made.page,
        Page.get_first_root_node(),
        locale,
        slug=words["slug"],
        title=words["title"],
        by=by,
        at=opened,
        intro=words["intro"],
        search_description=words["seo_description"],
        guide_id=demo.page_ids[code, "guide"],
    )
    translate(
        made.index,
        pilot,
        locale,
        slug=words["index_slug"],
        title=words["index_title"],
        by=by,
        at=opened,
        intro=_paragraph(words["index_intro"]),
    )
    backdate([made.page, made.index], opened)


def _news(demo: Demo, key: str, entry: texts.Entry, pilot: PilotPage, opened: dt.datetime) -> None:
    editor = demo.people[key, "editor"]
    code = entry["locale"]
    words = texts.national(code)["news"]
    index = ArticleIndexPage(title=words["title"], slug=words["slug"], show_in_menus=True, owner=editor)
    index.locale = demo.locales[code]
    pilot.add_child(instance=index)
    publish(index, by=editor, at=opened)
    for item in entry["news"]:
        article = ArticlePage(
            title=item["title"],
            slug=item["slug"],
            intro=item["intro"],
            image_id=demo.image(item["picture"]),
            body=blocks(demo, code, item["body"]),
            search_description=item["intro"],
            locale=demo.locales[code],
            owner=editor,
        )
        index.add_child(instance=article)
        publish(article, by=editor, at=demo.calendar.moment(item["published"]))


def _staff(demo: Demo, key: str, made: Pilot) -> None:
    """Put the pilot's staff into its groups, now that these can reach its pages in all languages."""
    groups, _collection = pilot_groups_ensure(site=made.site)
    for name, role in STAFF.items():
        person = demo.people[key, name]
        groups[role].user_set.add(person)
        UserProfile.objects.create(user=person, preferred_language=person.locale)


def _paragraph(text: str) -> str:
    return f"<p>{text}</p>"
