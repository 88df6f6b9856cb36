"""Initiatives: neighbourhood projects led by residents."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from stedskaping_core.choices import InitiativeStatus, MemberRole
from stedskaping_core.models.base import HeadlessPage, PlaceMixin, one_of, place_panel
from stedskaping_core.streams import SlotStreamField


class InitiativeIndexPage(HeadlessPage):
    """The parent of a pilot's initiatives."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link", "ul", "ol"])

    content_panels: ClassVar = [*HeadlessPage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["core.PilotPage"]
    subpage_types: ClassVar = ["core.InitiativePage"]
    max_count_per_parent = 1
    page_description = _("The list of a pilot's projects.")

    class Meta:
        verbose_name = _("initiative list")
        verbose_name_plural = _("initiative lists")


class InitiativePage(PlaceMixin, HeadlessPage):
    """One neighbourhood project: its story is content, its status belongs to the services.

    `status` never comes from a form or a revision: publishing an old revision must not bring an old status
    back, so saving the page leaves the column alone and only the services in `services.initiatives` set it.
    """

    summary = models.CharField(
        _("summary"), max_length=250, help_text=_("One or two sentences: what will be built, and for whom.")
    )
    story = SlotStreamField("story", blank=True, verbose_name=_("story"))
    image = models.ForeignKey(
        "core.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("image"),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=InitiativeStatus, default=InitiativeStatus.DRAFT, editable=False
    )
    status_reason = models.TextField(_("reason"), blank=True, editable=False)
    status_changed_at = models.DateTimeField(_("status since"), default=timezone.now, editable=False)

    STATUS_FIELDS: ClassVar = ("status", "status_reason", "status_changed_at")

    content_panels: ClassVar = [
        *HeadlessPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("image"),
        place_panel(),
        FieldPanel("story"),
    ]
    search_fields: ClassVar = [
        *HeadlessPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("story"),
        index.FilterField("status"),
    ]
    exclude_fields_in_copy: ClassVar = [*STATUS_FIELDS]
    parent_page_types: ClassVar = ["core.InitiativeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("A project of residents.")

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = (
            *PlaceMixin.Meta.constraints,
            one_of("status", InitiativeStatus, "core_initiativepage_status"),
        )
        indexes = (models.Index(fields=["status"], name="core_initiativepage_status_idx"),)

    def with_content_json(self, content: dict[str, Any]) -> InitiativePage:
        page = super().with_content_json(content)
        for name in self.STATUS_FIELDS:
            setattr(page, name, getattr(self, name))
        return page

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if self.pk and not self._state.adding and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = [
                field.name
                for field in self._meta.concrete_fields
                if not field.primary_key and field.name not in self.STATUS_FIELDS
            ]
        return super().save(*args, **kwargs)


class InitiativeMember(models.Model):
    """A person in an initiative. Not a child of the page's revisions: old drafts don't bring people back."""

    initiative = models.ForeignKey(InitiativePage, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=MemberRole, default=MemberRole.TEAM)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ("joined_at", "pk")
        constraints = (
            one_of("role", MemberRole, "core_initiativemember_role"),
            models.UniqueConstraint(fields=["initiative", "user"], name="core_initiativemember_once"),
        )

    def __str__(self) -> str:
        return f"{self.user.public_name} ({self.get_role_display()})"
