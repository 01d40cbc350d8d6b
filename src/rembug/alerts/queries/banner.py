"""What stands above every page: the warnings in force, kept for some seconds by each process."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock

from django.utils.translation import get_language

from rembug.alerts.queries.faces import AlertFace, ended_lately, in_force

KEPT_S = 5.0


@dataclass(slots=True)
class _Kept:
    until: float
    faces: tuple[AlertFace, ...]


_kept: dict[tuple[str, str], _Kept] = {}
_lock = Lock()


def banner(city: str, closed: frozenset[str] = frozenset()) -> tuple[AlertFace, ...]:
    """Return the warnings for the head of a page, then the ends of late ones, without what the reader has closed."""
    key = (city, get_language() or "id")
    found = _kept.get(key)
    if found is None or found.until < time.monotonic():
        with _lock:
            found = _kept[key] = _Kept(time.monotonic() + KEPT_S, (*in_force(city), *ended_lately(city)))
    return tuple(
        face for face in found.faces if face.code not in closed and (face.is_ending or not face.is_over)
    )


def forget() -> None:
    """Forget what is kept: after a release in this process, and in tests."""
    _kept.clear()
