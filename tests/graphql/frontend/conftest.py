"""Programs of the JavaScript world: node, packages of npm kept outside the repository, a server for both."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections

OLDEST_NODE = (20, 19)
PATIENCE = 240
# What npm says when the registry can't be reached, or hasn't got a package. Anything else is our own mistake.
UNREACHABLE = re.compile(
    r"\b(ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|\w*_CERT_\w+"
    r"|ENOTCACHED|ETARGET|E[45]\d\d)\b"
)


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The ended program, whatever its status."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture(scope="session")
def node() -> str:
    """The program `node`; skips when it isn't there or too old."""
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not installed")
    version = run(found, "--version", cwd=Path.cwd()).stdout.strip()
    numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
    if numbers < OLDEST_NODE:
        pytest.skip(f"node {version} is too old; {'.'.join(map(str, OLDEST_NODE))} is needed")
    return found


@pytest.fixture(scope="session")
def npm_packages(node: str) -> Callable[[Path], Path]:
    """`npm_packages(folder)` is the `node_modules` for the folder's package.json and lock file.

    It is installed once and kept in the user's cache folder, under a name made from both files.
    """

    def install(folder: Path) -> Path:
        files = [folder / "package.json", folder / "package-lock.json"]
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:20]
        caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stedskaping" / "npm"
        kept = caches / digest
        if not kept.exists():
            _install(files, kept)
        return kept / "node_modules"

    return install


def _install(files: list[Path], kept: Path) -> None:
    # Filled beside its place and then moved, so that no other process sees half of it.
    unfinished = kept.with_name(f"{kept.name}.{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for path in files:
        shutil.copy(path, unfinished)
    quietly = ("--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--loglevel=error")
    try:
        ended = run("npm", "ci", *quietly, cwd=unfinished)
        if ended.returncode != 0:
            problem = UNREACHABLE.search(ended.stderr)
            if problem:
                pytest.skip(f"npm could not install the packages: {problem[0]}")
            pytest.fail(f"npm ci failed in {files[0].parent}:\n{ended.stderr}")
        if not kept.exists():
            unfinished.rename(kept)
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm did not install the packages in {PATIENCE} seconds")
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """The tests don't need a line per request."""


@pytest.fixture
def endpoint(db: None) -> Iterator[str]:
    """The address of the API on a server of its own, which sees what the test has written to the database."""
    shared = connections["default"]
    server = make_server("127.0.0.1", 0, WSGIHandler(), WSGIServer, _QuietHandler)

    def serve() -> None:
        connections["default"] = shared
        server.serve_forever(poll_interval=0.05)

    # As in Django's test client: at the end of a request the transaction of the test goes on.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    shared.inc_thread_sharing()
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/graphql"
    server.shutdown()
    server.server_close()
    thread.join()
    shared.dec_thread_sharing()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
