"""Which system calls."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from rembug.people.models import ApiKey


@dataclass(frozen=True, slots=True)
class Caller:
    """A system that has a key: the key's public id and its body."""

    key: str
    body: str
    name: str


def caller(city: str, token: str) -> Caller | None:
    """Return who holds a key, or None for an unknown or ended one."""
    if not token or len(token) > 200:
        return None
    digest = hashlib.sha256(token.encode()).hexdigest()
    row = ApiKey.objects.filter(city=city, key_hash=digest, ended_at=None).select_related("body").first()
    return Caller(row.public_id, row.body.public_id, row.name) if row else None


def listed(city: str) -> list[tuple[str, str, str, bool]]:
    """Return public id, body, name and whether it holds, of each key of a city."""
    rows = ApiKey.objects.filter(city=city).select_related("body").order_by("id")
    return [(row.public_id, row.body.public_id, row.name, row.ended_at is None) for row in rows]
