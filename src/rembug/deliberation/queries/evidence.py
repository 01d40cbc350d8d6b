"""What a proposal rests on: the newest version of a dataset."""

from __future__ import annotations

from rembug.evidence.queries.datasets import version
from rembug.lib.errors import NotFound


def newest_version(city: str, slug: str) -> int | None:
    """Return the number of a dataset's newest published version, None where there is none."""
    try:
        return version(city, slug)[1].number
    except NotFound:
        return None
