"""What Wagtail's admin shows of this plugin."""

from __future__ import annotations

from wagtail import hooks

from stedskaping_funding.admin import FundingGroup


@hooks.register("register_admin_viewset")
def register_listings() -> FundingGroup:
    return FundingGroup()


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "stedskaping_funding/icons/funding-coins.svg"]
