"""What the pack of a city says of handling."""

from __future__ import annotations

from datetime import date

from rembug.cases.models import Setup
from rembug.lib.errors import NotFound
from rembug.lib.pack import CaseFacts, cases_from_json
from rembug.lib.workdays import Calendar


def facts_of(city: str) -> CaseFacts:
    """Return what the pack says. Raises `NotFound`."""
    facts = Setup.objects.filter(city=city).values_list("facts", flat=True).first()
    if facts is None:
        raise NotFound("Kota ini belum punya aturan penanganan. Tambahkan cases.toml ke paket kota.")
    return cases_from_json(facts)


def calendar_of(facts: CaseFacts) -> Calendar:
    """Return the working days of a city."""
    added = {date.fromisoformat(day): words for day, words in facts.added.items()}
    return Calendar(facts.country, added, frozenset(date.fromisoformat(day) for day in facts.removed))


def cities() -> list[str]:
    """Return the cities that handle cases."""
    return list(Setup.objects.order_by("city").values_list("city", flat=True))
