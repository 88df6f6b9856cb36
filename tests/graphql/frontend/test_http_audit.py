"""The audit of GraphQL over HTTP that graphql-http has, against a running server."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
AUDITS = 61


def test_the_api_passes_all_audits(
    node: str, npm_packages: Callable[[Path], Path], endpoint: str, tmp_path: Path
) -> None:
    packages = npm_packages(HERE)
    shutil.copy(HERE / "audit.mjs", tmp_path)
    (tmp_path / "node_modules").symlink_to(packages)

    ended = subprocess.run(
        [node, "audit.mjs", endpoint], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )

    assert ended.returncode == 0, ended.stderr
    results = json.loads(ended.stdout)
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == AUDITS
