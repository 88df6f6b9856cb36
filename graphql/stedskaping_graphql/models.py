"""What the API itself stores."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TrustedDocument(models.Model):
    """A GraphQL document that clients may ask for by its hash.

    `name` tells people which operations are in it. The text never changes: another text has another hash.
    """

    NAME_LENGTH = 250

    sha256 = models.CharField(_("SHA-256"), max_length=64, primary_key=True)
    text = models.TextField(_("document"))
    name = models.CharField(_("operations"), max_length=NAME_LENGTH, blank=True)
    imported_at = models.DateTimeField(_("imported"), default=timezone.now)

    class Meta:
        verbose_name = _("trusted document")
        verbose_name_plural = _("trusted documents")
        ordering = ("name", "sha256")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="graphql_trusteddocument_text"),)

    def __str__(self) -> str:
        return self.name or self.sha256
