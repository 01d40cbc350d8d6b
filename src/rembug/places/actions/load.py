"""Loading a city from its pack."""

import hashlib
from dataclasses import asdict, dataclass

import shapely
from django.db import transaction
from shapely.geometry import shape

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.pack import AreaRow, Pack, facts_to_json
from rembug.places import queries
from rembug.places.models import Area, City, Landmark

DIGITS = 7  # of a degree: one centimetre


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, in numbers of areas. `kept` are official shapes that an approximate pack did not replace."""

    changed: bool
    added: int = 0
    updated: int = 0
    closed: int = 0
    kept: int = 0


@transaction.atomic
def load_city(*, actor: Actor, pack: Pack) -> Loaded:
    """Make the city what its pack says. An equal pack changes nothing; areas that left it are closed, not deleted."""
    slug = pack.facts.slug
    allow(actor, slug)
    city = City.objects.select_for_update().filter(slug=slug).first()
    if city is not None and city.pack_hash == pack.digest:
        return Loaded(changed=False)
    city = _save_city(city, pack)
    loaded = _save_areas(city, pack.areas)
    _save_landmarks(city, pack)
    renew(city)
    record(
        actor=actor,
        verb="city.loaded",
        obj=Ref("city", slug),
        data={"pack": pack.digest, "version": city.version, **asdict(loaded)},
        city=slug,
    )
    return loaded


def allow(actor: Actor, slug: str) -> None:
    """Let the system and administrators of the city pass; raise `NotAllowed` for others."""
    if actor.kind != "system":
        actor.require("administrator", city=slug)


def renew(city: City) -> None:
    """Give the city a new version when its pack or a shape changed, so that every process reads it again."""
    total = hashlib.sha256(city.pack_hash.encode())
    columns = ("code", "geometry", "approximate", "source", "closed_at")
    for row in city.areas.order_by("code").values_list(*columns):
        total.update(repr(row).encode())
    city.version = total.hexdigest()
    city.save(update_fields=["version"])
    queries.forget()
    # Another thread may have read the old rows before this transaction ended.
    transaction.on_commit(queries.forget)


def _save_city(city: City | None, pack: Pack) -> City:
    facts = pack.facts
    city = city or City(slug=facts.slug)
    city.code, city.name, city.timezone = facts.code, facts.name, facts.timezone
    city.languages = list(facts.languages)
    city.west, city.south, city.east, city.north = facts.bbox
    city.pack = facts_to_json(facts)
    city.pack_hash = pack.digest
    city.loaded_at = clock.now()
    city.save()
    return city


def _save_areas(city: City, rows: tuple[AreaRow, ...]) -> Loaded:
    known = {area.code: area for area in city.areas.all()}
    added = updated = kept = 0
    for row in rows:
        area = known.pop(row.code, None)
        official = area is not None and not area.approximate and row.approximate
        before = None if area is None else _values(area)
        area = area or Area(city=city, code=row.code)
        _describe(area, row)
        if not official:
            put_shape(area, shape(row.geometry), approximate=row.approximate, source=row.source)
        if before != _values(area):
            area.save()
        added += before is None
        updated += before is not None and before != _values(area)
        kept += official
    return Loaded(True, added, updated, _close(known), kept)


def _describe(area: Area, row: AreaRow) -> None:
    area.slug, area.name, area.level = row.slug, row.name, row.level
    area.parent_code = row.parent_code
    area.aliases = list(row.aliases)
    area.closed_at = None


def _values(area: Area) -> dict[str, object]:
    return {field.name: getattr(area, field.attname) for field in Area._meta.concrete_fields}


def _close(left: dict[str, Area]) -> int:
    gone = [area for area in left.values() if area.closed_at is None]
    for area in gone:
        area.closed_at = clock.now()
        area.save(update_fields=["closed_at"])
    return len(gone)


def put_shape(area: Area, geometry: shapely.Geometry, *, approximate: bool, source: str) -> bool:
    """Give an area (not saved yet) its shape, box and label point; tell whether anything changed."""
    rounded = shapely.orient_polygons(shapely.transform(geometry, lambda places: places.round(DIGITS)))
    text = shapely.to_geojson(rounded)
    if (area.geometry, area.approximate, area.source) == (text, approximate, source) and area.pk:
        return False
    area.geometry, area.approximate, area.source = text, approximate, source
    area.west, area.south, area.east, area.north = map(float, rounded.bounds)
    spot = shapely.point_on_surface(rounded)
    area.label_lon, area.label_lat = float(spot.x), float(spot.y)
    return True


def _save_landmarks(city: City, pack: Pack) -> None:
    # Nothing refers to a landmark, so the pack's list simply replaces the one before.
    city.landmarks.all().delete()
    Landmark.objects.bulk_create(
        Landmark(
            city=city,
            area_code=row.area_code,
            name=row.name,
            lon=row.lon,
            lat=row.lat,
            approximate=row.approximate,
            aliases=list(row.aliases),
        )
        for row in pack.landmarks
    )
