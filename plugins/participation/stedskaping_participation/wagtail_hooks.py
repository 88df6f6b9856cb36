"""What Wagtail's admin shows of this plugin."""

from __future__ import annotations

from wagtail import hooks

from stedskaping_participation.admin.listing import ParticipationGroup


@hooks.register("register_admin_viewset")
def register_listings() -> ParticipationGroup:
    return ParticipationGroup()


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "stedskaping_participation/icons/participation-voices.svg"]
