"""The database in a backup: one consistent moment of it, taken while others go on writing."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from rembug.lib.backup import files
from rembug.lib.backup.files import BackupError
from rembug.lib.backup.manifest import Facts

FILES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
Head = Callable[[BaseDatabaseWrapper], tuple[int, str]]  # size and root of the public log


def dump(folder: Path, head: Head) -> Facts:
    """Write the database into the folder and return what it holds at that very moment."""
    given = connections.databases["default"]
    target = folder / FILES[connections["default"].vendor]
    if connections["default"].vendor == "sqlite":
        _copy_sqlite(Path(given["NAME"]), target)
        with closing(opened(given | {"NAME": target, "OPTIONS": {}, "CONN_MAX_AGE": 0})) as made:
            return facts(made, head)
    with closing(opened(given)) as own, own.cursor() as cursor:
        # pg_dump joins this transaction's view, so that counts and rows are of the same moment.
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        words = ["--format=custom", "--schema=public", "--no-owner", "--no-privileges", f"--file={target}"]
        _run("pg_dump", [*words, f"--snapshot={snapshot}"], given)
        files.settle(target)
        return facts(own, head)


def load(folder: Path, stamp: str) -> None:
    """Put the folder's database in the place of the present one, which is kept beside it under the stamp's name."""
    given, vendor = connections.databases["default"], connections["default"].vendor
    source = folder / FILES[vendor]
    connections.close_all()
    if vendor == "sqlite":
        place = Path(given["NAME"])
        draft = place.with_name(f".{place.name}.restoring")
        files.copy(source, draft)
        for ending in ("-wal", "-shm", ""):
            files.aside(place.with_name(place.name + ending), stamp)
        draft.replace(place)
        files.settle(place.parent)
        return
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        if cursor.fetchone()[0]:
            cursor.execute(f'ALTER SCHEMA public RENAME TO "before_{stamp}"')
        cursor.execute("CREATE SCHEMA IF NOT EXISTS public")
    words = ["--schema=public", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _run("pg_restore", [*words, f"--dbname={given['NAME']}", str(source)], given)


def check(folder: Path, vendor: str, expected: Facts, head: Head) -> None:
    """Open the stored database and compare it with the manifest, as far as that needs no server."""
    source = folder / FILES[vendor]
    if vendor == "postgresql":
        _run("pg_restore", ["--list", str(source)], {})
        return
    with closing(sqlite3.connect(f"file:{source}?mode=ro&immutable=1", uri=True)) as plain:
        (said,) = plain.execute("PRAGMA integrity_check").fetchone()
    if said != "ok":
        raise BackupError(f"{source}: {said}")
    with closing(opened({"ENGINE": "django.db.backends.sqlite3", "NAME": source})) as own:
        compare(expected, facts(own, head))


def facts(database: BaseDatabaseWrapper, head: Head) -> Facts:
    """Count every table and read the log's root."""
    with database.cursor() as cursor:
        names = sorted(database.introspection.table_names(cursor))
        counts = {name: _count(cursor, database.ops.quote_name(name)) for name in names}
        cursor.execute("SELECT slug, pack_hash FROM places_city ORDER BY slug")
        packs = dict(cursor.fetchall())
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        migrations = [f"{app}.{name}" for app, name in cursor.fetchall()]
    return Facts(counts, *head(database), packs, migrations)


def compare(expected: Facts, found: Facts) -> None:
    """Raise `BackupError` unless both hold the same."""
    differing = [
        f"{table}: {found.counts.get(table)} rows instead of {count}"
        for table, count in expected.counts.items()
        if found.counts.get(table) != count
    ]
    if differing:
        raise BackupError("; ".join(differing[:5]))
    if (expected.log_size, expected.log_root) != (found.log_size, found.log_root):
        raise BackupError(
            f"the log has {found.log_size} leaves and root {found.log_root}, not what the manifest says"
        )


def is_empty() -> bool:
    """Tell whether the present database holds nothing that could be lost."""
    with connections["default"].cursor() as cursor:
        present = set(connections["default"].introspection.table_names(cursor))
        kept = present & {"audit_entry", "reports_report", "people_person"}
        return not any(_count(cursor, name) for name in sorted(kept))


def opened(given: Any) -> BaseDatabaseWrapper:
    """Return a connection of its own; close it afterwards."""
    return ConnectionHandler({"default": dict(given)})["default"]


def program(name: str) -> str:
    """Return where a program of PostgreSQL lies, the newest first: an older one cannot read a newer server."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = sorted(versions, key=lambda path: float(path.parent.parent.name), reverse=True)
    found = str(newest[0]) if newest else shutil.which(name)
    if not found:
        raise BackupError(f"{name} is not on this machine. Run: apt-get install postgresql-client")
    return found


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source, timeout=60)) as live, closing(sqlite3.connect(target)) as made:
        live.backup(made)  # one step is one view of the database; in WAL mode nobody waits for it
        made.execute("PRAGMA journal_mode=DELETE")
    target.chmod(0o600)
    files.settle(target)


def _run(name: str, words: list[str], given: Any) -> None:
    # By environment: a command line can be read by everybody on the machine.
    keys = {
        "HOST": "PGHOST",
        "PORT": "PGPORT",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",
        "NAME": "PGDATABASE",
    }
    environ = os.environ | {put: str(given[key]) for key, put in keys.items() if given.get(key)}
    environ |= {f"PG{key.upper()}": str(value) for key, value in given.get("OPTIONS", {}).items()}
    done = subprocess.run([program(name), *words], env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{name}: {done.stderr.strip() or 'it failed without a word'}")


def _count(cursor: Any, quoted_name: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {quoted_name}")  # noqa: S608 a table's own name, quoted
    return int(cursor.fetchone()[0])
