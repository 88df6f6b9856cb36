"""What editors see of a page before it is saved."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PagePreview(models.Model):
    """The unsaved content of one page for one person, see `stedskaping_core.services.previews`.

    A page that was never saved is known by its `parent` and `content_type`. The token that opens the preview
    isn't kept: `seed` gives it together with the server's secret key, `digest` finds the row.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    parent = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE, related_name="+")
    seed = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    mode = models.CharField(max_length=100, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        constraints = (
            models.UniqueConstraint(fields=["user", "page"], name="core_pagepreview_once"),
            models.UniqueConstraint(
                fields=["user", "parent", "content_type"], name="core_pagepreview_new_once"
            ),
            models.CheckConstraint(
                condition=Q(page__isnull=True) ^ Q(parent__isnull=True),
                name="core_pagepreview_page_or_parent",
            ),
        )

    def __str__(self) -> str:
        return f"{self.page or self.parent}: {self.expires_at:%Y-%m-%d %H:%M}"
