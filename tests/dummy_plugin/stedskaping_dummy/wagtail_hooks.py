"""The dummy in the admin: a list of notes, hidden where the plugin is off."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from wagtail import hooks
from wagtail.admin.ui.tables import Column

from stedskaping_core.listings import PluginListing, PluginListView
from stedskaping_core.staff import StaffScope
from stedskaping_dummy.models import Note


class NoteView(PluginListView):
    """Notes of the pilots that the person works for."""

    slug = "dummy"
    model = Note
    page_title = "Notes"
    default_ordering = "text"
    columns: ClassVar = [Column("text", label="Text"), Column("initiative", accessor="initiative.title")]

    def rows(self, scope: StaffScope) -> QuerySet[Any]:
        return Note.objects.filter(initiative__in=scope.initiatives_with("dummy").values("pk"))


class NoteListing(PluginListing):
    """Where the list is found."""

    name = "dummy_notes"
    url_prefix = "dummy/notes"
    icon = "edit"
    menu_label = "Dummy notes"
    view_class = NoteView
    add_to_admin_menu = True


@hooks.register("register_admin_viewset")
def register_listing() -> NoteListing:
    return NoteListing()
