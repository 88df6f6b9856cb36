"""Images and documents with keys that can't be guessed.

Wagtail's own `Image` and `Document` stay in the process beside these, with the same class names, so the
reverse names of their foreign keys and tags would clash. Nobody needs them from that side.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


def _uploader() -> models.ForeignKey:
    field: models.ForeignKey = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    # Who uploaded a file is no use of the file.
    field.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    return field


class Image(AbstractImage):
    """A picture. `description` is the text alternative for people who can't see it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uploaded_by_user = _uploader()
    tags = TaggableManager(blank=True, verbose_name=_("tags"), help_text=None, related_name="core_images")

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        permissions = (("choose_image", "Can choose image"),)


class Rendition(AbstractRendition):
    """A stored size of an image, made when its address is first fetched."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class Document(AbstractDocument):
    """A file to download."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uploaded_by_user = _uploader()
    tags = TaggableManager(blank=True, verbose_name=_("tags"), help_text=None, related_name="core_documents")

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        permissions = (("choose_document", "Can choose document"),)
