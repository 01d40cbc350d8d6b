"""What a backup says of itself, and whether it is true."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from rembug.lib.backup import files
from rembug.lib.backup.files import BackupError

NAME, PHOTOS = "manifest.json", "photos.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database holds: rows by table, the log's size and root, the packs loaded, the migrations applied."""

    counts: Mapping[str, int]
    log_size: int
    log_root: str
    packs: Mapping[str, str]
    migrations: list[str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A whole backup. `files`: checksum by path within the backup's own folder."""

    made_at: str
    version: str
    vendor: str
    facts: Facts
    files: Mapping[str, str]
    photo_count: int
    photo_bytes: int
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """One stored file, by its path in the storage."""

    path: str
    sha256: str
    size: int
    mtime_ns: int


@dataclass(slots=True)
class Faults:
    """What is wrong with a backup; empty when it can be trusted."""

    found: list[str] = field(default_factory=list)

    def raise_any(self, folder: Path) -> None:
        """Raise `BackupError` with the first few."""
        if self.found:
            shown = "; ".join(self.found[:5])
            more = f" and {len(self.found) - 5} more" if len(self.found) > 5 else ""
            raise BackupError(f"{folder} is damaged, use another backup: {shown}{more}")


def save(folder: Path, manifest: Manifest) -> None:
    """Write the manifest."""
    files.write(folder / NAME, json.dumps(asdict(manifest), indent=1, sort_keys=True).encode())


def load(folder: Path) -> Manifest:
    """Read the manifest of a backup. Raises `BackupError` for a folder that is none."""
    try:
        raw = json.loads((folder / NAME).read_bytes())
        known = {name.name for name in fields(Manifest)}
        if raw.get("format") != FORMAT or set(raw) != known:
            raise BackupError(f"{folder}: made by another version of Rembug (format {raw.get('format')})")
        return Manifest(**raw | {"facts": Facts(**raw["facts"])})
    except FileNotFoundError:
        raise BackupError(f"{folder} holds no backup: {NAME} is missing") from None
    except (ValueError, TypeError, KeyError) as fault:
        raise BackupError(f"{folder / NAME} cannot be read: {fault}") from None


def save_photos(folder: Path, photos: Mapping[str, PhotoFile]) -> None:
    """Write the list of photos."""
    rows = [asdict(photos[path]) for path in sorted(photos)]
    files.write(folder / PHOTOS, json.dumps(rows).encode())


def load_photos(folder: Path) -> dict[str, PhotoFile]:
    """Read the list of photos, by path."""
    rows = [PhotoFile(**row) for row in json.loads((folder / PHOTOS).read_bytes())]
    for row in rows:
        inside = Path("/m") / row.path
        if inside.resolve() != inside or Path(row.path).is_absolute():
            raise BackupError(f"{folder / PHOTOS}: {row.path} leads out of the folder of photos")
    return {row.path: row for row in rows}


def check(folder: Path, manifest: Manifest, pool: Path) -> None:
    """Compare every file and photo with its checksum. Raises `BackupError` that names what differs."""
    faults = Faults()
    for name, digest in manifest.files.items():
        _compare(folder / name, digest, faults)
    faults.raise_any(folder)  # the list of photos is believed only after this
    for photo in load_photos(folder).values():
        _compare(pool / photo.sha256[:2] / photo.sha256, photo.sha256, faults)
    faults.raise_any(folder)


def _compare(path: Path, digest: str, faults: Faults) -> None:
    if not path.is_file():
        faults.found.append(f"{path.name} is missing")
    elif files.sha256(path) != digest:
        faults.found.append(f"{path.name} was changed")
