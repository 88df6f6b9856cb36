"""Small changes to Wagtail's handling of pages: what a headless platform has, and what must not be lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from stedskaping_cms.models import CourseRegistration
from stedskaping_core.models import InitiativePage
from stedskaping_core.staff import StaffScope


def overview_button(
    page: Page, user: Any, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """From an initiative's page, in lists and in the editor, to its overview."""
    if isinstance(page, InitiativePage) or page.specific_class is InitiativePage:
        url = reverse("stedskaping_initiatives:overview", args=(page.pk,))
        yield Button(_("Overview"), url, icon_name="initiative", priority=5)


def keep_courses_with_participants(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Deleting a course would take people's seats away without a word to them."""
    if not _participants_below([page]):
        return None
    messages.error(request, _refusal(page))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def keep_courses_with_participants_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """The same for several pages at once."""
    pages = [item for item in objects if isinstance(item, Page)]
    if action_type != "delete" or not pages or not _participants_below(pages):
        return None
    messages.error(request, _refusal(pages[0]))
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def _participants_below(pages: list[Page]) -> bool:
    return any(
        CourseRegistration.objects.filter(session__page__path__startswith=page.path).exists()
        for page in pages
    )


def _refusal(page: Page) -> str:
    return _("“%(title)s” can't be deleted: people have signed up for a course. Unpublish it instead.") % {
        "title": page.title
    }


def hide_news_for_developers(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's release notes are for those who build with it; the guide for editors stays."""
    items[:] = [item for item in items if not item.name.startswith("whats-new")]


class OwnPagesItem(PagesSummaryItem):
    """How many pages the person's sites have. Wagtail would count those of all pilots."""

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        scope = StaffScope.of(self.request)
        own = Page.objects.filter(scope.site_map.within(scope.site_ids))
        return {**super().get_context_data(parent_context), "total_pages": own.count()}


def count_own_pages(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Superusers keep Wagtail's number."""
    if not request.user.is_superuser:
        items[:] = [OwnPagesItem(request) if type(item) is PagesSummaryItem else item for item in items]
