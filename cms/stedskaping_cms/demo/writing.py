"""Help for the parts that write pages: blocks with links by key, publishing, and dates in the past."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wagtail.models import Locale, Page, PageLogEntry, Revision

from stedskaping_cms.demo.state import Demo
from stedskaping_core.models import User
from stedskaping_core.streams.build import stream_items

_LINK = re.compile(r'<a page="([^"]+)">')


def blocks(demo: Demo, code: str, items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Stream data of a content file's blocks; their links lead to the national pages in that language."""
    return stream_items(
        items,
        image=demo.image,
        page=lambda key: demo.page_ids[code, key],
        rich_text=lambda html: linked(demo, code, html),
    )


def linked(demo: Demo, code: str, html: str) -> str:
    """Rich text with `<a page="key">` turned into Wagtail's own links."""
    return _LINK.sub(lambda match: f'<a linktype="page" id="{demo.page_ids[code, match[1]]}">', html)


def publish(page: Page, *, by: User | None, at: dt.datetime) -> None:
    """Publish the page as it is now, as if it had been done at that moment, whatever `by` may do today."""
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    backdate([page], at)


def backdate(pages: Sequence[Page], at: dt.datetime) -> None:
    """Move what Wagtail wrote down about these pages to a moment in the past."""
    ids = [page.pk for page in pages]
    Page.objects.filter(pk__in=ids).update(latest_revision_created_at=at)
    Page.objects.filter(pk__in=ids, live=True).update(first_published_at=at, last_published_at=at)
    Revision.page_revisions.filter(object_id__in=[str(pk) for pk in ids]).update(created_at=at)
    PageLogEntry.objects.filter(page__in=ids).update(timestamp=at)


def translate(
    page: Page,
    parent: Page,
    locale: Locale,
    *,
    slug: str,
    title: str,
    by: User,
    at: dt.datetime,
    **fields: Any,
) -> Page:
    """Publish a translation below `parent` with these texts; everything else is the same as in `page`.

    The slug gets the language's code where a neighbour has it already, as a pilot's versions do.
    """
    taken = Page.objects.child_of(parent).filter(slug=slug).exists()
    # What `copy_for_translation` does, but with the slug at once: changing it later would leave a redirect.
    copy = page.copy(
        to=parent,
        update_attrs={
            "locale": locale,
            "slug": f"{slug}-{locale.language_code}" if taken else slug,
            "title": title,
            "draft_title": title,
            **fields,
        },
        copy_revisions=False,
        keep_live=False,
        reset_translation_key=False,
        user=by,
        log_action="wagtail.copy_for_translation",
    )
    publish(copy, by=by, at=at)
    return copy
