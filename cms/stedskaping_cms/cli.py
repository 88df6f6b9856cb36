"""The console script `stedskaping`: Django's management commands with this project's settings."""

from __future__ import annotations

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line

from stedskaping_cms.variables import EnvironmentProblem
from stedskaping_core.plugins.discovery import DiscoveryError
from stedskaping_core.plugins.problems import PluginError
from stedskaping_core.plugins.startup import listing, set_up


def main() -> None:
    """Run the command named on the command line.

    An environment or plugins that don't fit can be mended by whoever installed them, so they get a sentence
    about each mistake and status 2 instead of a traceback.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stedskaping_cms.settings")
    try:
        _ = settings.INSTALLED_APPS
        _set_up()
        execute_from_command_line(["stedskaping", *sys.argv[1:]])
    except (EnvironmentProblem, DiscoveryError, PluginError) as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(2)


def _set_up() -> None:
    try:
        set_up()
    except PluginError:
        if sys.argv[1:2] == ["plugins"]:
            # The command itself can't start, but what is installed can be told.
            sys.stdout.write(listing())
        raise


if __name__ == "__main__":
    main()
