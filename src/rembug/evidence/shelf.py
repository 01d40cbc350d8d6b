"""Where frozen files lie: in Django's storage; a copy on this machine where the storage is elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

ROOT = "evidence"


def folder(city: str, slug: str, number: int) -> str:
    """Return the folder of a version inside the storage."""
    return f"{ROOT}/{city}/{slug}/{number}"


def put(name: str, made: Path) -> None:
    """Lay a finished file under its name; what an earlier run that died had left there is replaced."""
    if default_storage.exists(name):
        default_storage.delete(name)
    with made.open("rb") as source:
        default_storage.save(name, File(source))
    made.unlink()


def local(name: str) -> Path:
    """Return the file as a path of this machine. Raises FileNotFoundError."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:
        return _copied(name)
    if not path.exists():
        raise FileNotFoundError(name)
    return path


def _copied(name: str) -> Path:
    """Fetch a file once: frozen files never change under their name."""
    path = settings.VAR / "cache" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.{uuid4().hex}")
        with default_storage.open(name) as source, half.open("wb") as sink:
            shutil.copyfileobj(source, sink)
        half.replace(path)
    return path
