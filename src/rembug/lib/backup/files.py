"""Files that are whole or absent: written under another name, forced to the disk, renamed last."""

import hashlib
import os
import secrets
import shutil
from pathlib import Path

CHUNK = 1 << 20


class BackupError(Exception):
    """A backup cannot be made, trusted or put back; the message says what to do."""


def sha256(path: Path) -> str:
    """Return a file's checksum in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def write(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a small file whole, readable by its owner only unless told otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    settle(path.parent)


def copy(source: Path, target: Path) -> None:
    """Copy a file whole, with its time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        shutil.copy2(source, draft)
        settle(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Force a file, or a folder's list of names, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def aside(path: Path, stamp: str) -> None:
    """Keep what stood here under another name: a restore destroys nothing."""
    if path.exists():
        path.rename(path.with_name(f"{path.name}.before-{stamp}"))
