"""Menus, titles and footers of the sites, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wagtail.models import Page, Site

from stedskaping_cms.demo import texts
from stedskaping_cms.demo.state import NATIONAL, Demo
from stedskaping_cms.demo.writing import blocks
from stedskaping_cms.models import ArticleIndexPage, Menu, MenuItem, MenuSubItem, SiteSettings, SiteText
from stedskaping_core.models import InitiativeIndexPage

FOOTER_PAGES = ("privacy", "accessibility")

Link = tuple[str, int]


def menus_add(demo: Demo) -> int:
    """Menus and settings of the sites that have none; how many menus that were."""
    made = 0
    for key in (NATIONAL, *texts.pilots()):
        site = Site.objects.get(siteprofile__key=key)
        if not Menu.objects.filter(site=site).exists():
            for code in texts.LANGUAGES:
                made += _national(demo, site, code) if key == NATIONAL else _pilot(demo, site, key, code)
            _settings(demo, site, key)
    return made


def _national(demo: Demo, site: Site, code: str) -> int:
    words = texts.national(code)
    by_key = {entry["key"]: entry["title"] for entry in [*words["pages"], *words["courses"]]}
    shown = [entry["key"] for entry in words["pages"] if entry["menu"]]
    lists = {page.slug: page for page in _children(demo, code, "home", ArticleIndexPage)}
    main = [
        *((by_key[key], demo.page_ids[code, key]) for key in shown),
        (words["labels"]["guide"], demo.page_ids[code, "guide"]),
        *((words[name]["title"], lists[words[name]["slug"]].pk) for name in ("school", "news")),
        (words["labels"]["pilots"], demo.page_ids[code, "how-a-pilot-starts"]),
    ]
    pilots = [(entry["name"], _in(demo.pilot(key), code).pk) for key, entry in texts.pilots().items()]
    footer = [(by_key[key], demo.page_ids[code, key]) for key in ("how-a-pilot-starts", *FOOTER_PAGES)]
    _menu(demo, site, code, "main", main, {len(main) - 1: pilots})
    _menu(demo, site, code, "footer", footer)
    return 2


def _pilot(demo: Demo, site: Site, key: str, code: str) -> int:
    words = texts.national(code)
    entry = texts.pilots()[key]
    by_key = {page["key"]: page["title"] for page in words["pages"]}
    index = InitiativeIndexPage.objects.child_of(_in(demo.pilot(key), code)).get()
    main = [(index.title, index.pk)]
    if code == entry["locale"]:
        # The news is written in the pilot's own language only.
        news = ArticleIndexPage.objects.child_of(demo.pilot(key)).get()
        main.append((news.title, news.pk))
    main.append((words["labels"]["guide"], demo.page_ids[code, "guide"]))
    footer = [(by_key[name], demo.page_ids[code, name]) for name in FOOTER_PAGES]
    footer.append((words["labels"]["national"], demo.page_ids[code, "home"]))
    _menu(demo, site, code, "main", main)
    _menu(demo, site, code, "footer", footer)
    return 2


def _menu(
    demo: Demo,
    site: Site,
    code: str,
    key: str,
    links: Iterable[Link],
    below: Mapping[int, Iterable[Link]] | None = None,
) -> None:
    menu = Menu(site=site, locale=demo.locales[code], key=key)
    items = []
    for number, (title, page_id) in enumerate(links):
        item = MenuItem(title=title, page_id=page_id, sort_order=number)
        item.items = [
            MenuSubItem(title=title, page_id=page_id, sort_order=position)
            for position, (title, page_id) in enumerate((below or {}).get(number, ()))
        ]
        items.append(item)
    menu.items = items
    menu.save()


def _settings(demo: Demo, site: Site, key: str) -> None:
    national = key == NATIONAL
    main = texts.LANGUAGES[0] if national else texts.pilots()[key]["locale"]

    def title(code: str) -> str:
        words: texts.Entry = texts.national(code)["site"] if national else texts.pilots()[key]["text"][code]
        return str(words["title"])

    settings = SiteSettings(
        site=site,
        title=title(main),
        contact_email=texts.national(main)["site"]["contact_email"],
        footer=_footer(demo, main),
    )
    settings.texts = [
        SiteText(locale=demo.locales[code], title=title(code), footer=_footer(demo, code))
        for code in texts.LANGUAGES
        if code != main
    ]
    settings.save()


def _footer(demo: Demo, code: str) -> list[dict[str, object]]:
    return blocks(demo, code, [{"type": "paragraph", "html": texts.national(code)["footer"]["text"]}])


def _in(page: Page, code: str) -> Page:
    return page.get_translations(inclusive=True).get(locale__language_code=code)


def _children(demo: Demo, code: str, key: str, model: type[Page]) -> Iterable[Page]:
    return model.objects.child_of(Page.objects.get(pk=demo.page_ids[code, key]))
