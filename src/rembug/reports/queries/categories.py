"""The categories of a city, kept in this process for a short while."""

import time
from functools import lru_cache

from rembug.lib.errors import FieldFault, Invalid
from rembug.reports.models import Category

FRESH_S = 10


def categories(city: str) -> dict[str, Category]:
    """Return the city's categories by code, closed ones too, in their order; a change shows within ten seconds."""
    return _load(city, int(time.monotonic() // FRESH_S))


def category(city: str, code: str) -> Category:
    """Return an open category; raise `Invalid` naming the choices when the city has none of that code."""
    known = {kind.code: kind for kind in categories(city).values() if kind.closed_at is None}
    if code not in known:
        choices = ", ".join(known) or "-"
        raise Invalid(
            "Jenis laporan ini tidak dikenal.",
            faults=(FieldFault("category", "unknown-choice", f"Pilih salah satu: {choices}."),),
        )
    return known[code]


def forget() -> None:
    """Forget what this process keeps (after the pack was loaded, and between tests)."""
    _load.cache_clear()


@lru_cache(maxsize=64)
def _load(city: str, _period: int) -> dict[str, Category]:
    return {row.code: row for row in Category.objects.filter(city=city)}
