"""Photos in a backup: each file once, under its checksum; what was copied before is not read again."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from rembug.lib.backup import files
from rembug.lib.backup.manifest import PhotoFile


def gather(media: Path, pool: Path, known: Mapping[str, PhotoFile]) -> dict[str, PhotoFile]:
    """Copy what the pool has not; return every file of the storage by path.

    `known` is an earlier list: a file of the same size and time is the same, because a photo's name is never used
    twice. A file that goes away meanwhile (it was developed, or forgotten) is left out.
    """
    found = {}
    for path in sorted(media.rglob("*")) if media.is_dir() else ():
        name = path.relative_to(media).as_posix()
        try:
            kept = _keep(path, name, pool, known.get(name))
        except FileNotFoundError:
            continue
        if kept is not None:
            found[name] = kept
    return found


def _keep(path: Path, name: str, pool: Path, before: PhotoFile | None) -> PhotoFile | None:
    if not path.is_file() or path.is_symlink():
        return None
    seen = path.stat()
    same = before and (before.size, before.mtime_ns) == (seen.st_size, seen.st_mtime_ns)
    if before and same and place(pool, before.sha256).exists():
        return before
    digest = files.sha256(path)
    target = place(pool, digest)
    if not target.exists():
        files.copy(path, target)
    return PhotoFile(name, digest, seen.st_size, seen.st_mtime_ns)


def put_back(media: Path, pool: Path, photos: Iterable[PhotoFile]) -> int:
    """Copy every photo to its place unless it stands there already; return how many were copied."""
    done = 0
    for photo in photos:
        target = media / photo.path
        if target.exists() and files.sha256(target) == photo.sha256:
            continue
        files.copy(place(pool, photo.sha256), target)
        done += 1
    return done


def forget(pool: Path, wanted: set[str]) -> int:
    """Delete what no backup names any more, so that the forgotten are forgotten here too; return how many."""
    done = 0
    for path in sorted(pool.glob("??/*")):
        if path.name not in wanted:
            path.unlink()
            done += 1
    return done


def place(pool: Path, digest: str) -> Path:
    """Return where a file of this checksum lies."""
    return pool / digest[:2] / digest
