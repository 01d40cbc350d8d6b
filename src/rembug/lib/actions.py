"""Waking jobs: a repeating schedule, and a lease that hands a dead worker's job to a living one.

Jobs are wake-ups, not carriers: each drains whatever waits, so waking one twice or running one again is harmless.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rembug.lib import clock
from rembug.lib.models import Schedule, WorkerBeat

logger = logging.getLogger(__name__)
KEEP_FINISHED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Job:
    """A named job: the dotted path of its task, how often it is due, and of a function that tells if it is needed."""

    name: str
    task: str
    every_s: float
    needed: str = ""


def wake(task_path: str) -> bool:
    """Queue the task unless it already waits; return whether it was queued."""
    waiting = DBTaskResult.objects.filter(task_path=task_path, status=TaskResultStatus.READY)
    if waiting.exists():
        return False
    import_string(task_path).enqueue()
    return True


def wake_due(jobs: Iterable[Job]) -> list[str]:
    """Wake each job that is due and has something to do; several workers may call this at once."""
    at = clock.now()
    known = {row.name: row.due_at for row in Schedule.objects.all()}
    woken = []
    for job in jobs:
        if job.name not in known:
            Schedule.objects.bulk_create([Schedule(name=job.name, due_at=at)], ignore_conflicts=True)
        elif known[job.name] > at:
            continue
        if job.needed and not import_string(job.needed)():
            continue
        following = at + timedelta(seconds=job.every_s)
        claimed = Schedule.objects.filter(name=job.name, due_at__lte=at).update(due_at=following, woken_at=at)
        if claimed and wake(job.task):
            woken.append(job.name)
    return woken


def beat(worker_id: str) -> None:
    """Write a worker's sign of life."""
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"at": clock.now()})


def reclaim() -> int:
    """Make the running jobs of silent workers ready again; return how many.

    A worker is silent when it gave no sign of life for `WORKER_SILENT_S` of the settings (60 seconds).
    """
    limit = clock.now() - timedelta(seconds=settings.WORKER_SILENT_S)
    alive = set(WorkerBeat.objects.filter(at__gt=limit).values_list("worker_id", flat=True))
    count = 0
    with transaction.atomic():
        running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lte=limit)
        for row in running:
            if row.worker_ids and row.worker_ids[-1] in alive:
                continue
            logger.warning("job %s was left by a silent worker and is run again", row.task_path)
            same = DBTaskResult.objects.filter(id=row.id, status=TaskResultStatus.RUNNING)
            count += same.update(status=TaskResultStatus.READY, started_at=None)
    return count


def prune() -> int:
    """Delete jobs that finished more than an hour ago and workers unseen for a day; return how many jobs."""
    at = clock.now()
    WorkerBeat.objects.filter(at__lt=at - timedelta(days=1)).delete()
    return DBTaskResult.objects.finished().filter(finished_at__lt=at - KEEP_FINISHED).delete()[0]
