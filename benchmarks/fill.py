"""Many stored reports at once, as they would stand after processing; for benchmarks of reading and judging only."""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

import h3
from django.db import connection, transaction

from rembug.lib import clock, ids
from rembug.lib.bulk import insert_objects
from rembug.places import queries as places
from rembug.reports.models import Report
from rembug.reports.rules.depth import BY_CODE

DEPTHS = ("ankle", "calf", "knee", "thigh")


def fill(
    city: str,
    count: int,
    *,
    hours: float,
    hot_spots: int = 400,
    crowd: float = 0.5,
    seed: int = 1,
    judged: bool = True,
) -> None:
    """Store `count` reports of the last `hours`: `crowd` of them around hot spots, the rest anywhere in the city."""
    rng = random.Random(seed)
    west, south, east, north = places.city(city).bbox
    spots = [(rng.uniform(west, east), rng.uniform(south, north)) for _ in range(hot_spots)]
    now = clock.now()
    batch: list[Report] = []
    for report in _reports(rng, spots, crowd, (west, south, east, north), count, now, hours):
        report.city = city
        report.processed_at = now if judged else None
        batch.append(report)
        if len(batch) == 5_000:
            _store(city, batch)
            batch = []
    _store(city, batch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _reports(
    rng: random.Random,
    spots: list[tuple[float, float]],
    crowd: float,
    box: tuple[float, float, float, float],
    count: int,
    now: datetime,
    hours: float,
) -> Iterator[Report]:
    west, south, east, north = box
    for number in range(count):
        lon, lat = rng.uniform(west, east), rng.uniform(south, north)
        if rng.random() < crowd:
            lon, lat = (rng.gauss(place, 0.0006) for place in spots[rng.randrange(len(spots))])
        at = now - timedelta(hours=rng.random() * hours)
        dry = rng.random() < 0.15
        depth = BY_CODE["dry" if dry else rng.choice(DEPTHS)]
        key = uuid.UUID(int=rng.getrandbits(128), version=4)
        source = hashlib.sha256(str(rng.randrange(max(count // 2, 1))).encode()).hexdigest()[:32]
        yield Report(
            code=ids.public_code(),
            client_id=key,
            payload_hash="0" * 64,
            receipt_hash=hashlib.sha256(key.bytes).hexdigest(),
            channel="api",
            received_at=at,
            salt=b"0" * 16,
            category="rob",
            claim="absent" if dry else "present",
            depth_class=depth.code,
            depth_low_cm=depth.low_cm,
            depth_high_cm=depth.high_cm,
            setting="street",
            since="now",
            observed_from=at - timedelta(minutes=15),
            observed_at=at,
            lon=lon,
            lat=lat,
            accuracy_m=20.0,
            located_by="gps",
            source=source,
            cell=h3.latlng_to_cell(lat, lon, 9),
            text_hash=0,
            public_lon=round(lon, 5),
            public_lat=round(lat, 5),
            rung="raw",
            decided="true" if number % 97 == 0 else "false" if number % 131 == 0 else "",
            entry_hash="0" * 64,
            changed_at=now,
        )


def _store(city: str, batch: list[Report]) -> None:
    if not batch:
        return
    hits = places.areas_at(city, [r.lon for r in batch], [r.lat for r in batch])
    for report, hit in zip(batch, hits, strict=True):
        report.area_code = hit.code
        report.place_ok = hit.accepted or hit.inside
    with transaction.atomic():
        insert_objects(batch)
