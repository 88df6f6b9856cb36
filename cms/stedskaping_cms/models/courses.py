"""The school: courses for people who support residents' projects, their dates, and who has signed up."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField

from stedskaping_cms.forms import CourseForm
from stedskaping_cms.models.home import INTRO_FEATURES
from stedskaping_core.models.base import HeadlessPage, one_of
from stedskaping_core.streams import SlotStreamField


class CoursePage(HeadlessPage):
    """A course with the dates when it is held.

    Dates are facts, so they are never copied: a translation shows the dates of all language versions, and a
    copy of the page starts without any (`stedskaping_cms.selectors.sessions_of`).
    """

    base_form_class = CourseForm

    intro = RichTextField(_("introduction"), blank=True, features=list(INTRO_FEATURES))
    body = SlotStreamField("body", blank=True, verbose_name=_("content"))

    content_panels: ClassVar = [
        *HeadlessPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        InlinePanel(
            "sessions",
            heading=_("Dates"),
            label=_("date"),
            help_text=_(
                "When and where the course is held. Each language version of the page shows all dates."
            ),
        ),
    ]
    search_fields: ClassVar = [
        *HeadlessPage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    exclude_fields_in_copy: ClassVar = ["sessions"]
    override_translatable_fields: ClassVar = [BaseTranslatableField("sessions")]
    parent_page_types: ClassVar = ["cms.HomePage", "cms.ArticleIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("A course of the school, with its dates and seats.")

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def with_content_json(self, content: dict[str, Any]) -> CoursePage:
        """An old draft may lack dates that people have signed up for; publishing it must not remove them."""
        page = super().with_content_json(content)
        known = {session.pk for session in page.sessions.all()}
        taken = CourseSession.objects.filter(page_id=self.pk, registrations__isnull=False).exclude(
            pk__in=known
        )
        page.sessions.add(*taken.distinct())
        return page


class CourseSession(models.Model):
    """One time that a course is held."""

    page = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="sessions")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(
        _("place"), max_length=160, help_text=_("A room and an address, or an online meeting.")
    )
    capacity = models.PositiveSmallIntegerField(
        _("seats"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty means that there is room for everybody."),
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldRowPanel([FieldPanel("place"), FieldPanel("capacity")]),
    ]

    class Meta:
        verbose_name = _("date of a course")
        verbose_name_plural = _("dates of courses")
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="cms_coursesession_times_in_order",
                violation_error_message=_("It can't end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="cms_coursesession_has_seats"
            ),
        )

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}, {self.place}"


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    WAITLISTED = "waitlisted", _("On the waiting list")


class CourseRegistration(models.Model):
    """A person's seat, or place in the queue. A date that people have signed up for can't be deleted."""

    session = models.ForeignKey(CourseSession, on_delete=models.PROTECT, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="course_registrations"
    )
    state = models.CharField(
        _("state"), max_length=20, choices=RegistrationState, default=RegistrationState.REGISTERED
    )
    created_at = models.DateTimeField(_("signed up"), default=timezone.now)

    class Meta:
        verbose_name = _("course registration")
        verbose_name_plural = _("course registrations")
        ordering = ("created_at", "pk")
        constraints = (
            one_of("state", RegistrationState, "cms_courseregistration_state"),
            models.UniqueConstraint(fields=["session", "user"], name="cms_courseregistration_once"),
        )

    def __str__(self) -> str:
        return f"{self.user.public_name} ({self.get_state_display()})"
