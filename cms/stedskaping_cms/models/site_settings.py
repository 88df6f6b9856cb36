"""What a site says about itself on every page: title, footer, where else to find it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from stedskaping_core.models.base import one_of
from stedskaping_core.streams import SlotSettingForm, SlotStreamField


@register_setting(icon="home", order=20)
class SiteSettings(ClusterableModel, BaseSiteSetting):
    """Title and footer in the site's own language; `texts` has them in the others."""

    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text=_("Empty means the name of the site.")
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True, help_text=_("Shown to everybody."))
    footer = SlotStreamField("footer", blank=True, verbose_name=_("footer"))

    base_form_class = SlotSettingForm
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("contact_email")]),
        FieldPanel("footer"),
        InlinePanel("social_links", heading=_("Social media"), label=_("link")),
        InlinePanel(
            "texts",
            heading=_("In other languages"),
            label=_("language"),
            help_text=_("What is missing here is shown in the site's own language."),
        ),
    ]

    class Meta:
        verbose_name = _("title and footer")


class SiteText(models.Model):
    """The texts of `SiteSettings` in another language."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="texts")
    locale = models.ForeignKey(
        "wagtailcore.Locale", on_delete=models.CASCADE, related_name="+", verbose_name=_("language")
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    footer = SlotStreamField("footer", blank=True, verbose_name=_("footer"))

    panels: ClassVar = [FieldRowPanel([FieldPanel("locale"), FieldPanel("title")]), FieldPanel("footer")]

    class Meta:
        verbose_name = _("texts in another language")
        verbose_name_plural = _("texts in other languages")
        constraints = (
            models.UniqueConstraint(
                fields=["settings", "locale"],
                name="cms_sitetext_once",
                violation_error_message=_("Each language can be there once."),
            ),
        )

    def __str__(self) -> str:
        return self.title or self.locale.language_code


class SocialKind(models.TextChoices):
    BLUESKY = "bluesky", "Bluesky"
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    LINKEDIN = "linkedin", "LinkedIn"
    MASTODON = "mastodon", "Mastodon"
    TIKTOK = "tiktok", "TikTok"
    VIMEO = "vimeo", "Vimeo"
    YOUTUBE = "youtube", "YouTube"
    OTHER = "other", _("Another place")


class SocialLink(Orderable):
    """Where else people find a site."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="social_links")
    kind = models.CharField(_("where"), max_length=20, choices=SocialKind, default=SocialKind.FACEBOOK)
    url = models.URLField(_("address"))

    panels: ClassVar = [FieldRowPanel([FieldPanel("kind"), FieldPanel("url")])]

    class Meta(Orderable.Meta):
        verbose_name = _("social media link")
        verbose_name_plural = _("social media links")
        constraints = (one_of("kind", SocialKind, "cms_sociallink_kind"),)

    def __str__(self) -> str:
        return self.url
