"""`rembug worker`: runs background jobs, keeps the schedule, and takes over the jobs of dead workers."""

import logging
import math
import os
import socket
import threading
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connections
from django.db.utils import Error as DatabaseDown  # also InterfaceError, which is no DatabaseError
from django_tasks_db.management.commands.db_worker import Worker

from rembug.lib import actions, env, ids

logger = logging.getLogger(__name__)
NICE = 10  # whoever asks or reports goes before whoever judges: with one core free, that is who gets it


PAUSE_S = 1.0  # before a database that is away is asked again


@dataclass(slots=True)
class Life:
    """The name under which this worker is known now; both of its threads read it."""

    worker_id: str


class Command(BaseCommand):
    """Runs until it is told to stop."""

    help = "Run background jobs (as many workers as you like on PostgreSQL; one is enough for a city)."
    requires_system_checks: list[str] = []  # they load every page, and a worker shows none

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between looks for a job")
        parser.add_argument("--once", action="store_true", help="wake what is due, run what waits, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        life = Life(fresh_id())
        if not options["once"]:
            os.nice(env.number("REMBUG_WORKER_NICE", NICE))
            threading.Thread(target=_heart, args=(life,), name="heart", daemon=True).start()
        else:
            look_round(life.worker_id)
        while not work(life, once=options["once"], interval=options["interval"]):
            time.sleep(PAUSE_S)


def work(life: Life, *, once: bool, interval: float) -> bool:
    """Run jobs until told to stop; return False when the database went away. Then the next life has another name.

    What this life had begun is left by a silent worker, and is taken over like that of a dead one.
    """
    worker = Worker(
        queue_names=["default"],
        interval=interval,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=life.worker_id,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    try:
        worker.run()
    except DatabaseDown as fault:
        if once:
            raise
        logger.warning("the worker cannot reach the database (%s)", type(fault).__name__)
        connections.close_all()
        life.worker_id = fresh_id()
        return False
    return True


def fresh_id() -> str:
    """Return a name that no other worker has."""
    return f"{socket.gethostname()[:20]}-{os.getpid()}-{ids.public_code(6)}"


def look_round(worker_id: str) -> None:
    """Give a sign of life, take over what dead workers left, wake what is due."""
    actions.beat(worker_id)
    actions.reclaim()
    actions.wake_due(actions.Job(*job) for job in settings.JOBS)


def _heart(life: Life) -> None:
    last = -math.inf
    while True:
        try:
            close_old_connections()
            if time.monotonic() - last >= settings.WORKER_SILENT_S / 6:
                actions.beat(life.worker_id)
                last = time.monotonic()
                actions.reclaim()
            actions.wake_due(actions.Job(*job) for job in settings.JOBS)
        except DatabaseDown as fault:  # a database that is away comes back; the heart goes on
            logger.warning("the worker cannot reach the database (%s)", type(fault).__name__)
        except Exception:  # whatever it is: a worker whose heart stands still looks alive and wakes nothing
            logger.exception("the schedule stumbled")
        time.sleep(1)
