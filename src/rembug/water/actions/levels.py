"""Levels of the gauge: from a file, or fetched by the schedule from a file or an address."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock, http
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, RembugError
from rembug.water import engine
from rembug.water.models import Feed, Level
from rembug.water.queries.setup import station_of

AHEAD = timedelta(minutes=15)  # a clock may run fast; more is another time zone
ENDINGS = {"application/json": ".json", "text/json": ".json", "text/csv": ".csv", "text/plain": ".csv"}
KNOWN = (".csv", ".txt", ".json", ".asc", ".dtf")
LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did, in numbers of levels, and what was found about them."""

    new: int
    changed: int
    same: int
    faulty: int
    remarks: tuple[str, ...]


def import_file(
    *, actor: Actor, city: str, path: Path, layout: Mapping[str, Any], zero_m: float = 0.0
) -> Taken:
    """Take levels from a file, all or none. `zero_m`: height of its zero above mean sea level. Raises `Invalid`."""
    allow(actor, city)
    read = engine.read_levels(path, layout, station_of(city).data)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return take_levels(actor=actor, city=city, read=read, name=path.name, digest=digest, zero_m=zero_m)


@transaction.atomic
def take_levels(
    *, actor: Actor, city: str, read: engine.Read, name: str, digest: str, zero_m: float = 0.0
) -> Taken:
    """Keep levels; the same file twice changes nothing, a later value of the same minute replaces the earlier one."""
    allow(actor, city)
    rows = {row.at: row for row in read.rows}
    latest = max(rows)
    if latest > clock.now() + AHEAD:
        problem = f"the newest level is of {latest:%Y-%m-%d %H:%M} UTC, which is still to come"
        remedy = "State the time zone of the file (--utc-offset 7 for WIB)"
        raise Invalid(f"{name}: times: {problem}. {remedy}.", faults=(FieldFault("times", "future", remedy),))
    known = {row.at: row for row in Level.objects.filter(city=city, at__gte=min(rows), at__lte=latest)}
    new, changed = [], []
    for at, row in rows.items():
        level, kept = round((row.level_m + zero_m) * 100, 2), known.get(at)
        if kept is None:
            new.append(Level(city=city, at=at, level_cm=level, fault=row.fault))
        elif (kept.level_cm, kept.fault) != (level, row.fault):
            kept.level_cm, kept.fault = level, row.fault
            changed.append(kept)
    Level.objects.bulk_create(new, batch_size=2000)
    Level.objects.bulk_update(changed, ["level_cm", "fault"], batch_size=500)
    faulty = sum(bool(row.fault) for row in rows.values())
    if new or changed:
        record(
            actor=actor,
            verb="levels.imported",
            obj=Ref("city", city),
            data={"file": digest, "new": len(new), "changed": len(changed), "faulty": faulty},
            city=city,
        )
    return Taken(len(new), len(changed), len(rows) - len(new) - len(changed), faulty, read.remarks)


@transaction.atomic
def set_feed(*, actor: Actor, city: str, address: str, layout: Mapping[str, Any], zero_m: float) -> None:
    """Have levels fetched by the schedule from a file or address; an empty address ends it."""
    allow(actor, city)
    station_of(city)  # a city without sea has no gauge
    if address:
        kept = {**layout, "zero_m": zero_m}
        Feed.objects.update_or_create(
            city=city, defaults={"address": address, "layout": kept, "fault": "", "looked_at": None}
        )
    else:
        Feed.objects.filter(city=city).delete()
    record(actor=actor, verb="levels.feed_set", obj=Ref("city", city), data={"on": bool(address)}, city=city)


def fetch_all(*, actor: Actor) -> int:
    """Fetch the levels of every city that has a feed; return how many new levels came."""
    return sum(fetch_levels(actor=actor, city=city) for city in Feed.objects.values_list("city", flat=True))


def fetch_levels(*, actor: Actor, city: str) -> int:
    """Look at a city's feed once and return how many levels were new. What goes wrong is kept and shown, not raised."""
    allow(actor, city)
    feed = Feed.objects.get(city=city)
    layout = dict(feed.layout)
    zero_m = layout.pop("zero_m", 0.0)
    try:
        name, content = _content(feed.address)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            read = engine.read_levels(path, layout, station_of(city).data)
        digest = hashlib.sha256(content).hexdigest()
        taken = take_levels(actor=actor, city=city, read=read, name=name, digest=digest, zero_m=zero_m)
    except RembugError as fault:
        feed.fault, new = fault.message[:400], 0
    else:
        feed.fault, new, feed.worked_at = "", taken.new, clock.now()
    feed.looked_at = clock.now()
    feed.save(update_fields=["fault", "looked_at", "worked_at"])
    return new


def _content(address: str) -> tuple[str, bytes]:
    if "://" not in address:
        path = Path(address)
        if not path.is_file():
            raise Invalid(f"{address}: file: there is no such file. Check the path of the feed.")
        if path.stat().st_size > LARGEST:
            raise Invalid(
                f"{address}: file: it is larger than {LARGEST // 1_000_000} MB. Keep recent days only."
            )
        return path.name, path.read_bytes()
    answer = http.fetch(address, largest=LARGEST)
    ending = Path(urlsplit(address).path).suffix.lower()
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return "levels" + (ending if ending in KNOWN else ENDINGS.get(kind, ".json")), answer.body


def allow(actor: Actor, city: str) -> None:
    """Let the system and administrators of the city pass; raise `NotAllowed` for others."""
    if actor.kind != "system":
        actor.require("administrator", city=city)
