"""What the pack of a city says of handling."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from rembug.cases.models import Setup
from rembug.lib import clock
from rembug.lib.errors import NotFound
from rembug.lib.pack import CaseFacts, cases_from_json
from rembug.lib.workdays import Calendar
from rembug.places import queries as places


def facts_of(city: str) -> CaseFacts:
    """Return what the pack says. Raises `NotFound`."""
    facts = Setup.objects.filter(city=city).values_list("facts", flat=True).first()
    if facts is None:
        raise NotFound(gettext("Kota ini belum punya aturan penanganan. Tambahkan cases.toml ke paket kota."))
    return cases_from_json(facts)


def calendar_of(facts: CaseFacts) -> Calendar:
    """Return the working days of a city."""
    added = {date.fromisoformat(day): words for day, words in facts.added.items()}
    return Calendar(facts.country, added, frozenset(date.fromisoformat(day) for day in facts.removed))


def cities() -> list[str]:
    """Return the cities that handle cases."""
    return list(Setup.objects.order_by("city").values_list("city", flat=True))


def trials_of(city: str) -> Mapping[str, date]:
    """Return the last day of each trial that runs, by the body's public id: its promises are not public yet."""
    facts = Setup.objects.filter(city=city).values_list("facts__trials", flat=True).first() or ()
    today = clock.now().astimezone(ZoneInfo(places.city(city).timezone)).date()
    days = {f"{city}-{row['body']}": date.fromisoformat(row["until"]) for row in facts}
    return {body: until for body, until in days.items() if until >= today}
