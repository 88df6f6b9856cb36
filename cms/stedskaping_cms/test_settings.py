"""The test environment, whatever the shell says. pytest and mypy use it."""

from __future__ import annotations

import os

os.environ["STEDSKAPING_ENV"] = "test"

from stedskaping_cms.settings import *
