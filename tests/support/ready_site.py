"""A site's folder with the city loaded, made once for the present source and copied for each site under test."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("src/rembug", "cities", "requirements.lock")
MADE_FROM_SOURCE = ("__pycache__", "tests")


def copy_to(folder: Path, prepare: Callable[[Path], None]) -> None:
    """Fill an empty folder with a site that is ready to start; whoever comes first prepares it for all.

    The copy is named by a hash of every file that a site is made from, so a changed migration, template or city pack is
    never served from an old one. Processes of one test run wait for each other.
    """
    shelf = Path(os.environ.get("REMBUG_VAR") or ROOT / "build" / "test") / "sites"
    shelf.mkdir(parents=True, exist_ok=True)
    kept = shelf / _fingerprint()
    with (shelf / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            _forget(shelf)
            fresh = shelf / "half-made"
            fresh.mkdir()
            prepare(fresh)
            fresh.rename(kept)
    shutil.copytree(kept, folder, dirs_exist_ok=True)


def _fingerprint() -> str:
    """Return a hash of all files that a prepared site depends on."""
    digest = hashlib.sha256()
    for source in SOURCES:
        top = ROOT / source
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and not set(MADE_FROM_SOURCE) & set(path.relative_to(ROOT).parts):
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:24]


def _forget(shelf: Path) -> None:
    """Remove what was made from other sources, and what a stopped run left half-made."""
    for old in shelf.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
