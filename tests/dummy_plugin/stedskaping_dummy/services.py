"""The dummy's writes."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stedskaping_core.errors import PluginDisabled, Refusal
from stedskaping_core.events import record
from stedskaping_core.models import InitiativePage, User
from stedskaping_core.plugins.activation import enabled_slugs
from stedskaping_core.sites import site_of_page
from stedskaping_dummy.models import Note


@transaction.atomic
def note_write(*, initiative: InitiativePage, author: User, text: str) -> Note:
    """Write a note. Raises `PluginDisabled`, and `Refusal` (BLANK)."""
    site = site_of_page(initiative)
    if "dummy" not in enabled_slugs(site.pk):
        raise PluginDisabled("dummy", site)
    if not text.strip():
        raise Refusal("BLANK", _("This can't be empty."), path=("text",))
    note = Note.objects.create(initiative=initiative, author=author, text=text.strip())
    record("dummy.note_written", initiative, actor=author, name=author.public_name)
    return note
