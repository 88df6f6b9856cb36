"""What Wagtail's admin shows of this plugin."""

from __future__ import annotations

from wagtail import hooks

from stedskaping_mobilisation.admin import MobilisationGroup


@hooks.register("register_admin_viewset")
def register_listings() -> MobilisationGroup:
    return MobilisationGroup()
