"""What a plugin says about itself: a Django app with a slug."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django.apps import AppConfig

from stedskaping_core.plugins.discovery import origin_of

SLUG = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
UNKNOWN = "unknown"


def is_slug(text: str) -> bool:
    """Whether `text` can name a plugin: lower-case words of letters and digits, joined by single “_”."""
    return len(text) <= 30 and SLUG.fullmatch(text) is not None


class PluginConfig(AppConfig):
    """Base class of a plugin's `AppConfig`, in its `apps.py`.

    `slug` is the entry point's name and the first word of everything the plugin owns; it is also the app
    label, so tables start with it. `requires_plugins` are slugs that must be on for a site before this one
    can be switched on. `settings_model` is the dotted name (`app_label.Model`) of a `BaseSiteSetting`.
    `data_policy` tells the municipality what stays when the plugin is switched off.
    """

    slug: ClassVar[str] = ""
    description: ClassVar[Any] = ""
    requires_plugins: ClassVar[Sequence[str]] = ()
    default_enabled: ClassVar[bool] = False
    settings_model: ClassVar[str] = ""
    data_policy: ClassVar[Any] = ""

    # Django takes the one class of an apps module that may be the default. This one is imported there too.
    default = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "default" not in cls.__dict__:
            cls.default = True

    def __init__(self, app_name: str, app_module: Any) -> None:
        # A slug that can't be a label is reported by the system check, which needs the config to exist.
        if is_slug(self.slug) and "label" not in type(self).__dict__:
            self.label = self.slug
        super().__init__(app_name, app_module)

    @property
    def plugin_version(self) -> str:
        """The version of the distribution that holds the plugin; "unknown" for code that isn't installed."""
        origin = origin_of(self.name)
        return origin.version if origin else UNKNOWN

    @property
    def distribution(self) -> str:
        """The name of that distribution."""
        origin = origin_of(self.name)
        return origin.distribution if origin else UNKNOWN
