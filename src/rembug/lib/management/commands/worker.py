"""`rembug worker`: runs background jobs, keeps the schedule, and takes over the jobs of dead workers."""

import logging
import math
import os
import socket
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from rembug.lib import actions, env, ids

logger = logging.getLogger(__name__)
NICE = 10  # whoever asks or reports goes before whoever judges: with one core free, that is who gets it


class Command(BaseCommand):
    """Runs until it is told to stop."""

    help = "Run background jobs (as many workers as you like on PostgreSQL; one is enough for a city)."
    requires_system_checks: list[str] = []  # they load every page, and a worker shows none

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between looks for a job")
        parser.add_argument("--once", action="store_true", help="wake what is due, run what waits, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        worker_id = f"{socket.gethostname()[:20]}-{os.getpid()}-{ids.public_code(6)}"
        worker = Worker(
            queue_names=["default"],
            interval=options["interval"],
            batch=options["once"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        worker.configure_signals()
        if options["once"]:
            look_round(worker_id)
        else:
            os.nice(env.number("REMBUG_WORKER_NICE", NICE))
            threading.Thread(target=_heart, args=(worker_id,), name="heart", daemon=True).start()
        worker.run()


def look_round(worker_id: str) -> None:
    """Give a sign of life, take over what dead workers left, wake what is due."""
    actions.beat(worker_id)
    actions.reclaim()
    actions.wake_due(actions.Job(*job) for job in settings.JOBS)


def _heart(worker_id: str) -> None:
    last = -math.inf
    while True:
        try:
            close_old_connections()
            if time.monotonic() - last >= settings.WORKER_SILENT_S / 6:
                actions.beat(worker_id)
                last = time.monotonic()
                actions.reclaim()
            actions.wake_due(actions.Job(*job) for job in settings.JOBS)
        except DatabaseError as fault:  # a database that is away comes back; the heart goes on
            logger.warning("the worker cannot reach the database (%s)", type(fault).__name__)
        time.sleep(1)
