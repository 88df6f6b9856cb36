"""gunicorn inside our own process, set up for this project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQLWrapper
from gunicorn.app.base import BaseApplication

from stedskaping_cms.background import BackgroundWorker

# A container is usually given 30 seconds between SIGTERM and SIGKILL.
SECONDS_FOR_REQUESTS = 25
SECONDS_FOR_A_TASK = 20


@dataclass(frozen=True)
class ServerOptions:
    """How to serve. Each of `workers` processes answers with `threads` threads."""

    host: str
    port: int
    workers: int
    threads: int
    with_worker: bool


class Server(BaseApplication):
    """The web server; `run()` returns when it has been stopped."""

    def __init__(self, options: ServerOptions) -> None:
        self.server_options = options
        super().__init__(prog="stedskaping serve")

    def load_config(self) -> None:
        host = self.server_options.host
        port = self.server_options.port
        for name, value in {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": self.server_options.workers,
            "threads": self.server_options.threads,
            "worker_class": "gthread",
            "graceful_timeout": SECONDS_FOR_REQUESTS,
            "logconfig_dict": settings.LOGGING,
            "control_socket_disable": True,
            "pre_fork": _forget_connections,
            "post_worker_init": self._start_background,
            "worker_exit": _stop_background,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return get_wsgi_application()

    def _start_background(self, worker: Any) -> None:
        if self.server_options.with_worker:
            worker.background = BackgroundWorker()
            worker.background.start()


def _forget_connections(server: Any, worker: Any) -> None:
    """A connection to a database must not be shared by two processes."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if isinstance(connection, PostgreSQLWrapper):
            connection.close_pool()


def _stop_background(server: Any, worker: Any) -> None:
    background: BackgroundWorker | None = getattr(worker, "background", None)
    if background and not background.stop(timeout=SECONDS_FOR_A_TASK):
        worker.log.warning("A background task was still running and is cut off.")
