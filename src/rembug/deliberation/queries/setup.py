"""What the pack of a city says of planning."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language

from rembug.deliberation.models import Setup
from rembug.deliberation.rules.path import Path
from rembug.lib.errors import NotFound
from rembug.lib.pack import planning_from_json


def path_of(city: str) -> Path:
    """Return the planning path. Raises `NotFound`."""
    facts = Setup.objects.filter(city=city).values_list("facts", flat=True).first()
    if facts is None:
        raise NotFound("Kota ini belum punya jalur perencanaan. Tambahkan planning.toml ke paket kota.")
    return Path(planning_from_json(facts))


def cities() -> list[str]:
    """Return the cities that plan."""
    return list(Setup.objects.order_by("city").values_list("city", flat=True))


def said(names: Mapping[str, str]) -> str:
    """Return words in the reader's language."""
    return names.get(get_language() or "id") or names["id"]
