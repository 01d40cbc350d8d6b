"""Replacing approximate shapes by official boundaries."""

from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from django.db import transaction
from shapely.geometry.base import BaseGeometry

from rembug.audit.actions import Ref, record
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotFound
from rembug.places.actions.load import allow, put_shape, renew
from rembug.places.models import Area, City
from rembug.places.rules import Named
from rembug.places.rules.boundaries import Boundary, Matched, Remark, match
from rembug.places.rules.index import METRES_PER_DEGREE, SLIVER_M2, without_slivers

LARGEST_SLIVER = SLIVER_M2 / METRES_PER_DEGREE**2  # in square degrees


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `matched`: areas found in the file; `changed`: areas with a new shape (parents too);
    `missing`: kelurahan that still have an approximate shape; `remarks`: rows left out or mended, with the reason."""

    matched: tuple[str, ...]
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    remarks: tuple[Remark, ...]


@transaction.atomic
def import_boundaries(
    *, actor: Actor, city: str, rows: Iterable[Boundary], source: str, digest: str = ""
) -> Imported:
    """Give areas their official shapes; kecamatan and city become the union of their parts.

    `source` is shown to people ("BIG 2024"); `digest` names the file in the log. Raises `Invalid` with one fault a
    row, and changes nothing, when a row of this city cannot be trusted or no row belongs to it.
    """
    allow(actor, city)
    row = City.objects.select_for_update().filter(slug=city).first()
    if row is None:
        raise NotFound(f"Kota {city!r} belum dimuat. Muat dengan: rembug city load cities/{city}")
    areas = {area.code: area for area in row.areas.filter(closed_at=None).order_by("code")}
    found = match(rows, map(_named, areas.values()), (row.west, row.south, row.east, row.north))
    _refuse(found)
    changed = [
        areas[code]
        for code, geometry in found.shapes.items()
        if put_shape(areas[code], geometry, approximate=False, source=source)
    ]
    changed += _parents(areas, changed, set(found.shapes), source)
    for area in changed:
        area.save()
    if changed:
        renew(row)
        record(
            actor=actor,
            verb="boundaries.imported",
            obj=Ref("city", city),
            data={
                "source": source,
                "file": digest,
                "areas": [a.code for a in changed],
                "version": row.version,
            },
            city=city,
        )
    return Imported(
        tuple(sorted(found.shapes)),
        tuple(sorted(area.code for area in changed)),
        tuple(a.code for a in areas.values() if a.level == Area.Level.KELURAHAN and a.approximate),
        found.remarks,
    )


def _refuse(found: Matched) -> None:
    faults = [
        FieldFault(f"row {r.number}", "boundary", f"{r.code} {r.name}: {r.reason}")
        for r in found.remarks
        if r.refuses
    ]
    if faults:
        listed = "\n".join(f"{fault.field}: {fault.message}" for fault in faults)
        raise Invalid(
            f"Nothing was imported; {len(faults)} row(s) need mending.\n{listed}", faults=tuple(faults)
        )
    if not found.shapes:
        raise Invalid(
            "Nothing was imported: no row of the file belongs to this city. "
            "Name the columns with --code-field and --name-field."
        )


def _named(area: Area) -> Named:
    return Named(area.code, area.name, area.level, area.label_lon, area.label_lat, tuple(area.aliases))


def _parents(areas: dict[str, Area], parts: list[Area], given: set[str], source: str) -> list[Area]:
    """Rebuild from the bottom up each parent that the file does not bring itself and that has a new part."""
    changed: list[Area] = []
    for level in (Area.Level.KECAMATAN, Area.Level.CITY):
        above = {part.parent_code for part in (*parts, *changed)} - given
        for area in [a for a in areas.values() if a.level == level and a.code in above]:
            below = [part for part in areas.values() if part.parent_code == area.code]
            whole = _union([shapely.from_geojson(part.geometry) for part in below])
            approximate = any(part.approximate for part in below)
            if put_shape(area, whole, approximate=approximate, source=source):
                changed.append(area)
    return changed


def _union(parts: list[BaseGeometry]) -> BaseGeometry:
    return without_slivers(shapely.union_all(parts), LARGEST_SLIVER)
