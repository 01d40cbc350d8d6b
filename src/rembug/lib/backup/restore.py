"""Putting a backup back, with nothing destroyed: what stood there before is kept under another name."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from rembug.lib import clock
from rembug.lib.backup import databases, files, make, manifest, photos
from rembug.lib.backup.databases import Head
from rembug.lib.backup.files import BackupError
from rembug.lib.backup.manifest import Manifest
from rembug.lib.models import WorkerBeat

AWAKE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Key:
    """Where a key goes, and its value where the environment gives it (then the file is not asked)."""

    file: Path
    from_environment: str = ""


def restore(backup: Path, *, head: Head, keys: dict[str, Key], force: bool = False) -> tuple[Manifest, int]:
    """Put a backup back; return its manifest and how many photos were copied. Raises `BackupError`.

    First everything is checked; then keys, database, photos; then counts and the log's root are compared.
    """
    said = make.verify(backup, head=head)
    _refuse(said, force=force)
    _refuse_other_keys(backup, keys)
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    for name, key in keys.items():
        source = backup / "keys" / name
        if source.exists() and not key.from_environment and _differs(source, key.file):
            files.aside(key.file, stamp)
            files.write(key.file, source.read_bytes())
    databases.load(backup, stamp)
    here = make.media()
    pool, listed = backup.parent / make.POOL, manifest.load_photos(backup)
    copied = photos.put_back(here, pool, listed.values()) if here else 0
    databases.compare(said.facts, databases.facts(connections["default"], head))
    return said, copied


def _refuse(said: Manifest, *, force: bool) -> None:
    vendor = connections["default"].vendor
    if said.vendor != vendor:
        raise BackupError(
            f"this backup is of {said.vendor}, DATABASE_URL points to {vendor}; set it to match"
        )
    unknown = set(said.facts.migrations) - _known_migrations()
    if unknown:
        raise BackupError(
            f"this backup is newer than this code ({min(unknown)}); install {said.version} first"
        )
    if force:
        return
    if not databases.is_empty():
        raise BackupError(
            "the database is not empty. Use a fresh one, or --force (the present one is kept aside)"
        )
    if _somebody_works():
        raise BackupError("a worker is running. Stop server and worker first")


def _known_migrations() -> set[str]:
    """Return the migrations of this code, and those that it replaces."""
    found = MigrationLoader(None).disk_migrations
    replaced = {old for migration in found.values() for old in migration.replaces}
    return {f"{app}.{name}" for app, name in {*found, *replaced}}


def _somebody_works() -> bool:
    try:
        return WorkerBeat.objects.filter(at__gt=clock.now() - AWAKE).exists()
    except DatabaseError:  # no tables yet
        return False


def _refuse_other_keys(backup: Path, keys: dict[str, Key]) -> None:
    """Without its own mask key every masked place would move, without the secret every link would break."""
    for name, key in keys.items():
        source = backup / "keys" / name
        if key.from_environment and source.exists() and source.read_text().strip() != key.from_environment:
            variable = name.replace("-", "_").upper()
            raise BackupError(
                f"{variable} in the environment is not the backup's: set it to what {source} holds"
            )


def _differs(source: Path, target: Path) -> bool:
    return not target.exists() or target.read_bytes() != source.read_bytes()
