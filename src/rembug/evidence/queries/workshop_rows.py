"""Accepted marks and results as rows of a frozen version; small numbers of people are hidden before that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import shapely
from django.conf import settings

from rembug.evidence.models import Workshop, WorkshopItem
from rembug.evidence.queries.datasets import VersionFace
from rembug.evidence.queries.survey_results import frozen_rows
from rembug.evidence.rules.question import Asked
from rembug.evidence.rules.workshop import Told, hidden, read_legend
from rembug.lib.errors import Invalid
from rembug.places import queries as places


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows to freeze and the statement of their quality."""

    rows: list[dict[str, Any]]
    quality: dict[str, Any]


def counted(city: str, asked: Asked, expected: list[str], versions: tuple[VersionFace, ...]) -> Counted:
    """Return the rows of a workshop, safe beside all its published versions. Raises `Invalid` where they cannot be."""
    row = Workshop.objects.select_related("body").get(city=city, code=asked.workshop)
    items = list(row.items.filter(state=WorkshopItem.State.ACCEPTED).order_by("id"))
    people = {one.code: one.people for one in items if one.people is not None}
    kept = hidden(people, row.participants, settings.SMALLEST_K, _told(city, versions))
    if kept is None:
        raise Invalid(
            f"Jumlah orang yang kurang dari {settings.SMALLEST_K} bisa terbaca dari selisihnya. "
            "Gabungkan hasilnya, atau masukkan tanpa jumlah orang."
        )
    signs = {one.key: one.words for one in read_legend(row.legend)}
    found = [_row(row, one, signs, is_hidden=one.code in kept) for one in items]
    return Counted(found, _quality(row, found, expected))


def _told(city: str, versions: tuple[VersionFace, ...]) -> Told:
    """Return what all published versions told; nothing else of them is kept."""
    rows = [row for version in versions for row in frozen_rows(city, version)]
    shown = frozenset(row["code"] for row in rows if row["people"] is not None)
    return Told(shown, frozenset(row["code"] for row in rows if row["hidden"]))


def _row(row: Workshop, one: WorkshopItem, signs: dict[str, str], *, is_hidden: bool) -> dict[str, Any]:
    spot = shapely.from_wkt(one.wkt).representative_point() if one.wkt else None
    zone = ZoneInfo(places.city(row.city).timezone)
    held = datetime.combine(row.held_on, time(0), zone).astimezone(UTC)
    return {
        "code": one.code,
        "workshop": row.code,
        "legend": signs.get(one.legend, one.legend),
        "words": one.words or None,
        "kind": one.kind,
        "people": None if is_hidden else one.people,
        "hidden": is_hidden,
        "participants": _participants(row),
        "held_at": held.isoformat(),
        "body": row.body.public_id,
        "area_code": one.area_code or None,
        "area_name": places.label(row.city, one.area_code) if one.area_code else None,
        "place_moved": one.is_moved,
        "wkt": one.wkt or None,
        "lon": round(spot.x, 5) if spot is not None else None,
        "lat": round(spot.y, 5) if spot is not None else None,
    }


def _participants(row: Workshop) -> int | None:
    return row.participants if row.participants >= settings.SMALLEST_K else None


def _quality(row: Workshop, rows: list[dict[str, Any]], expected: list[str]) -> dict[str, Any]:
    areas = Counter(one["area_code"] or "" for one in rows)
    refused = row.items.filter(state=WorkshopItem.State.REFUSED).count()
    waiting = row.items.filter(state=WorkshopItem.State.WAITING).count()
    return {
        "rows": len(rows),
        "participants": _participants(row),
        "held_on": row.held_on.isoformat(),
        "method": row.method,
        "refused": refused,
        "waiting": waiting,
        "moved": sum(one["place_moved"] for one in rows),
        "hidden_cells": sum(one["hidden"] for one in rows),
        "smallest": settings.SMALLEST_K,
        "areas": [{"area_code": area, "rows": areas[area]} for area in expected if areas[area]],
        "silent_areas": [area for area in expected if not areas[area]],
    }
