"""Background tasks inside the web server, for the demo and for small installations."""

from __future__ import annotations

import logging
import threading

from django.db import connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_AFTER_A_FAULT = 5.0


class BackgroundWorker:
    """The worker of `stedskaping worker`, in a thread of this process.

    A fault outside the tasks themselves (a database that is gone for a while) is logged, and the worker goes
    on after a pause.
    """

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="stedskaping-worker", daemon=True)
        self._worker = Worker(
            queue_names=["*"],
            interval=SECONDS_BETWEEN_LOOKS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )

    def start(self) -> None:
        self._thread.start()

    def stop(self, *, timeout: float) -> bool:
        """Take no more tasks and wait for the running one, `timeout` seconds at most; whether it ended."""
        self._stopping.set()
        self._worker.running = False
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._worker.run()
            except Exception:
                logger.exception("The background worker failed and goes on in %s s.", SECONDS_AFTER_A_FAULT)
                self._stopping.wait(SECONDS_AFTER_A_FAULT)
        connections.close_all()
