"""What the pack of a city says of confidential reports, and which day it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language, gettext

from rembug.confidential.models import Setup
from rembug.lib import clock, ids
from rembug.lib.errors import NotFound
from rembug.lib.pack import ConfidentialFacts, confidential_from_json
from rembug.lib.workdays import Calendar
from rembug.places import queries as places


def facts_of(city: str) -> ConfidentialFacts:
    """Return what the pack says. Raises `NotFound`."""
    facts = Setup.objects.filter(city=city).values_list("facts", flat=True).first()
    if facts is None:
        raise NotFound(
            gettext("Kota ini belum punya saluran rahasia. Tambahkan confidential.toml ke paket kota.")
        )
    return confidential_from_json(facts)


@dataclass(frozen=True, slots=True)
class Door:
    """Another place to go, in the reader's language."""

    name: str
    words: str
    confirmed: bool


def doors(city: str) -> list[Door]:
    """Return the other places where the same can be told."""
    return [Door(said(row.names), said(row.words), row.confirmed) for row in facts_of(city).doors]


def cities() -> list[str]:
    """Return the cities that take confidential reports."""
    return list(Setup.objects.order_by("city").values_list("city", flat=True))


def calendar_of(facts: ConfidentialFacts) -> Calendar:
    """Return the working days of a city."""
    added = {date.fromisoformat(day): words for day, words in facts.added.items()}
    return Calendar(facts.country, added, frozenset(date.fromisoformat(day) for day in facts.removed))


def today(city: str) -> date:
    """Return the day it is in a city; nothing finer is kept."""
    return clock.now().astimezone(ZoneInfo(places.city(city).timezone)).date()


def mark_of(city: str, body: str) -> str:
    """Return what stands in a matter for the body that it is about: a keyed hash of its public id."""
    return ids.keyed(settings.CONFIDENTIAL_KEY, "accused", f"{city}:{body}", 64) if body else ""


def said(names: Mapping[str, str]) -> str:
    """Return words in the reader's language."""
    return names.get(get_language() or "id") or names.get("id", "")
