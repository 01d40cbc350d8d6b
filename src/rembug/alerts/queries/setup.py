"""What the pack of a city says of warnings."""

from __future__ import annotations

from rembug.alerts.models import Feed, Setup
from rembug.lib.errors import NotFound
from rembug.lib.pack import AlertFacts, alerts_from_json


def facts_of(city: str) -> AlertFacts:
    """Return what the pack says. Raises `NotFound`."""
    facts = Setup.objects.filter(city=city).values_list("facts", flat=True).first()
    if facts is None:
        raise NotFound("Kota ini belum punya aturan peringatan. Tambahkan alerts.toml ke paket kota.")
    return alerts_from_json(facts)


def feed_age(city: str) -> Feed | None:
    """Return when the official feed last answered; nothing where the city has none."""
    return Feed.objects.filter(city=city).first() if facts_of(city).feed else None


def cities() -> list[str]:
    """Return the cities that warn."""
    return list(Setup.objects.order_by("city").values_list("city", flat=True))
