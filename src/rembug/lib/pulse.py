"""Whether the machinery works: the database, its migrations, workers, jobs. Figures only, nothing about people."""

from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Max
from django_tasks_db.models import DBTaskResult

from rembug.lib import clock
from rembug.lib.models import WorkerBeat

_seen: set[str] = set()  # "migrated": found once by this process; the code it runs does not change under it


@dataclass(frozen=True, slots=True)
class Readiness:
    """Why this server can work or not; each line is `ok` or the reason."""

    database: str
    migrations: str
    worker: str

    @property
    def ready(self) -> bool:
        """Tell whether every line is `ok`."""
        return {self.database, self.migrations, self.worker} == {"ok"}


def readiness() -> Readiness:
    """Ask the database, whether it has this code's tables, and when a worker last gave a sign of life."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = _missing_migrations()
        if missing:
            return Readiness("ok", f"{missing} missing; run: rembug migrate", "unknown")
        return Readiness("ok", "ok", _worker())
    except DatabaseError:
        return Readiness("away", "unknown", "unknown")


def worker_silent_s() -> float | None:
    """Return seconds since any worker gave a sign of life; None when none ever did."""
    last = WorkerBeat.objects.aggregate(last=Max("at"))["last"]
    return None if last is None else max(0.0, (clock.now() - last).total_seconds())


def jobs() -> dict[str, int]:
    """Return how many jobs stand in each state (`ready`, `running`, `failed`, `successful`)."""
    rows = DBTaskResult.objects.order_by().values_list("status").annotate(number=Count("id"))
    return {"ready": 0, "running": 0, "failed": 0} | {str(status).lower(): number for status, number in rows}


def database_bytes() -> int:
    """Return how large the database is on disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


def _worker() -> str:
    silent = worker_silent_s()
    if silent is None:
        return "none has started; run: rembug worker"
    return (
        "ok"
        if silent <= settings.WORKER_SILENT_S
        else f"silent for {silent:.0f} s; see the log of: rembug worker"
    )


def _missing_migrations() -> int:
    if "migrated" in _seen:
        return 0
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not missing:
        _seen.add("migrated")
    return missing
