"""What the toolshed stores."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Tool(models.Model):
    """A tool that somebody lends to an initiative."""

    initiative = models.ForeignKey(
        "core.InitiativePage", on_delete=models.CASCADE, related_name="toolshed_tools"
    )
    lender = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="toolshed_tools"
    )
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("tool")
        verbose_name_plural = _("tools")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name
