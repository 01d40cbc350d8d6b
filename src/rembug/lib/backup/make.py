"""Making, checking, choosing and pruning backups."""

import contextlib
import fcntl
import shutil
from collections.abc import Iterator
from datetime import datetime
from importlib import metadata
from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages
from django.db import connections

from rembug.lib import clock
from rembug.lib.backup import databases, files, manifest, photos
from rembug.lib.backup.databases import Head
from rembug.lib.backup.files import BackupError
from rembug.lib.backup.manifest import Manifest

MAKING, POOL = ".making-", "photos"


def make(folder: Path, *, head: Head, keys: dict[str, bytes], keep: int = 0) -> tuple[Path, Manifest]:
    """Make one backup in the folder and return it; with `keep`, older ones beyond that number are deleted.

    A backup that is not whole never bears a backup's name. Raises `BackupError`.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(folder):
        stamp = stamp_of(clock.now())
        draft, whole = folder / f"{MAKING}{stamp}", folder / stamp
        if whole.exists():
            raise BackupError(f"{whole} is there already; wait a second")
        draft.mkdir(mode=0o700)
        made = _fill(draft, folder, head, keys)
        manifest.save(draft, made)
        draft.rename(whole)
        files.settle(folder)
        if keep:
            _prune(folder, keep)
    return whole, made


def newest(folder: Path) -> Path:
    """Return the backup meant by a folder: itself, or the newest in it. Raises `BackupError`."""
    if (folder / manifest.NAME).exists():
        return folder
    found = whole_ones(folder)
    if not found:
        raise BackupError(f"{folder} holds no backup")
    return found[-1]


def whole_ones(folder: Path) -> list[Path]:
    """Return the whole backups in a folder, oldest first."""
    return sorted(path.parent for path in folder.glob(f"[0-9]*/{manifest.NAME}"))


def verify(backup: Path, *, head: Head) -> Manifest:
    """Check everything that a backup holds. Raises `BackupError`."""
    said = manifest.load(backup)
    manifest.check(backup, said, backup.parent / POOL)
    databases.check(backup, said.vendor, said.facts, head)
    return said


def stamp_of(at: datetime) -> str:
    """Return a moment as a name that sorts by time."""
    return at.strftime("%Y-%m-%dT%H-%M-%SZ")


def media() -> Path | None:
    """Return the folder of photos; none where another service keeps them, and its own versions are the backup."""
    storage = storages["default"]
    return Path(storage.location) if isinstance(storage, FileSystemStorage) else None


def version() -> str:
    """Return the version of this code."""
    try:
        return metadata.version("rembug")
    except metadata.PackageNotFoundError:
        return "source"


def _fill(draft: Path, folder: Path, head: Head, keys: dict[str, bytes]) -> Manifest:
    here, pool = media(), folder / POOL
    earlier = whole_ones(folder)
    known = manifest.load_photos(earlier[-1]) if earlier else {}
    # Before and after the database: a photo that is developed meanwhile is in one of the two.
    kept = photos.gather(here, pool, known) if here else {}
    facts = databases.dump(draft, head)
    kept |= photos.gather(here, pool, known | kept) if here else {}
    manifest.save_photos(draft, kept)
    for name, content in keys.items():
        files.write(draft / "keys" / name, content)
    inside = sorted(path for path in draft.rglob("*") if path.is_file())
    return Manifest(
        made_at=clock.now().isoformat(),
        version=version(),
        vendor=connections["default"].vendor,
        facts=facts,
        files={path.relative_to(draft).as_posix(): files.sha256(path) for path in inside},
        photo_count=len(kept),
        photo_bytes=sum(photo.size for photo in kept.values()),
    )


def _prune(folder: Path, keep: int) -> None:
    for old in whole_ones(folder)[:-keep]:
        (old / manifest.NAME).unlink()  # from here on it is no backup
        shutil.rmtree(old)
    wanted = {p.sha256 for left in whole_ones(folder) for p in manifest.load_photos(left).values()}
    photos.forget(folder / POOL, wanted)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one backup run at a time, and clear away what a run that died has left."""
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"another backup into {folder} is running") from None
        for left in folder.glob(f"{MAKING}*"):
            shutil.rmtree(left)
        try:
            yield
        finally:
            for left in folder.glob(f"{MAKING}*"):
                shutil.rmtree(left)
