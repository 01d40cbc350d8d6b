"""Happenings near by that may be the one a sender is about to tell."""

import math
from datetime import datetime, timedelta

from rembug.reports.models import Category, Incident
from rembug.reports.queries.receipt_types import SimilarIncident
from rembug.reports.queries.town import in_language, town

MOST = 3  # a person compares three; more is a list to get lost in
DEGREE_M = 111_195.0


def similar(city: str, category: str, lon: float, lat: float, at: datetime) -> list[SimilarIncident]:
    """Return public incidents of the category within twice its linking distance and time, nearest first.

    `lon`, `lat` in degrees; distances in metres to the public point, rounded to 10. Empty for an unknown category.
    """
    kind = Category.objects.filter(city=city, code=category).first()
    if kind is None:
        return []
    reach = 2 * kind.link_m
    high, wide = reach / DEGREE_M, reach / (DEGREE_M * max(math.cos(math.radians(lat)), 0.01))
    near = Incident.objects.filter(
        city=city,
        category=category,
        is_public=True,
        last_at__gte=at - timedelta(seconds=2 * kind.link_s),
        public_lat__range=(lat - high, lat + high),
        public_lon__range=(lon - wide, lon + wide),
    ).exclude(rung="refuted")
    found = [(_metres(lon, lat, row), row) for row in near.order_by("-last_at")[:50]]
    names = {ward.code: ward.name for ward in town(city).wards}
    title = in_language(kind.names, kind.code)
    return [
        SimilarIncident(
            code=row.code,
            title=f"{title}, {names[row.area_code]}" if row.area_code in names else title,
            distance_m=int(round(metres, -1)),
            minutes_ago=max(0, int((at - row.last_at).total_seconds() // 60)),
            depth_class=row.depth_class,
            witness_count=row.witness_count,
        )
        for metres, row in sorted(found, key=lambda pair: pair[0])[:MOST]
        if metres <= reach
    ]


def category_of(city: str, incident: str) -> str:
    """Return the category of a public incident; empty when there is none of that code."""
    rows = Incident.objects.filter(city=city, code=incident, is_public=True)
    return rows.values_list("category", flat=True).first() or ""


def _metres(lon: float, lat: float, row: Incident) -> float:
    east = (row.public_lon - lon) * DEGREE_M * math.cos(math.radians(lat))
    return math.hypot(east, (row.public_lat - lat) * DEGREE_M)
