"""Which official shape belongs to which area; what is doubtful is said, never guessed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from rembug.places.rules.names import Named, find

BESIDE_DEGREES = 0.1  # a shape that lies farther than this outside the city's box is somewhere else
SAME_AREA = 0.001  # a repair may change a shape's area by this share
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Boundary:
    """A row of a boundary file: its number (from 1), what it calls itself, its shape in degrees (or None)."""

    number: int
    code: str
    name: str
    geometry: BaseGeometry | None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about a row. `refuses`: with it nothing may be imported."""

    number: int
    code: str
    name: str
    reason: str
    refuses: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """Shapes by area code, and what is to be said about the other rows."""

    shapes: Mapping[str, BaseGeometry]
    remarks: tuple[Remark, ...]


def standard_code(raw: str) -> str:
    """Return a Kemendagri code with dots: `3375011002` → `33.75.01.1002`; others as they are."""
    digits = re.sub(r"\D", "", raw)
    if digits != raw.strip():
        return raw.strip()
    cuts = {4: (2, 4), 6: (2, 4, 6), 10: (2, 4, 6, 10)}.get(len(digits))
    if cuts is None:
        return digits
    return ".".join(digits[start:end] for start, end in zip((0, *cuts), cuts, strict=False))


def match(rows: Iterable[Boundary], areas: Iterable[Named], box: Box) -> Matched:
    """Match rows to areas, by code first, by name where there is no code.

    A row of another city is left out with a remark. A row that is ours and cannot be trusted (code and name disagree,
    twice the same, no usable shape, far away) refuses the whole import.
    """
    known = {area.code: area for area in areas}
    shapes: dict[str, BaseGeometry] = {}
    remarks: list[Remark] = []
    for row in rows:
        code, reason, refuses = _area_of(row, known)
        geometry = None
        if code and not reason:
            geometry, reason = usable(row.geometry, box)
            refuses = geometry is None
            if code in shapes:
                geometry, reason, refuses = None, f"{code} stands twice in the file", True
        if reason:
            remarks.append(Remark(row.number, row.code, row.name, reason, refuses))
        if geometry is not None:
            shapes[code] = geometry
    return Matched(shapes, tuple(remarks))


def _area_of(row: Boundary, known: Mapping[str, Named]) -> tuple[str, str, bool]:
    code = standard_code(row.code)
    level = known[code].level if code in known else "kelurahan"
    named = find(row.name, [area for area in known.values() if area.level == level]).sure
    if code in known:
        if row.name and named is not None and named.code != code:
            return "", f"the code is that of {known[code].name}, the name that of {named.name}", True
        if row.name and named is None:
            return (
                "",
                f"{code} is called {known[code].name} here; add the alias to the pack if it is the same",
                True,
            )
        return code, "", False
    if code:
        return "", f"code {code} is not an area of this city", False
    if named is None:
        return "", "there is no code, and the name is not surely one of this city's", False
    return named.code, "", False


def usable(geometry: BaseGeometry | None, box: Box) -> tuple[BaseGeometry | None, str]:
    """Return a valid polygon (mended where nothing is lost) and what is to be said; None when it cannot be used."""
    if geometry is None or geometry.is_empty or geometry.geom_type not in {"Polygon", "MultiPolygon"}:
        return None, "the row has no polygon"
    geometry = shapely.force_2d(geometry)
    mended = geometry
    if not geometry.is_valid:
        parts = shapely.get_parts(shapely.make_valid(geometry))
        mended = shapely.union_all([part for part in parts if part.geom_type in {"Polygon", "MultiPolygon"}])
    if mended.is_empty or mended.area <= 0 or abs(mended.area - geometry.area) > SAME_AREA * mended.area:
        return None, f"the shape cannot be mended: {shapely.is_valid_reason(geometry)}"
    west, south, east, north = mended.bounds
    near = shapely.box(
        box[0] - BESIDE_DEGREES, box[1] - BESIDE_DEGREES, box[2] + BESIDE_DEGREES, box[3] + BESIDE_DEGREES
    )
    if not near.covers(shapely.box(west, south, east, north)):
        return (
            None,
            "the shape lies far from the city; longitude must come before latitude, in WGS 84 degrees",
        )
    return mended, ("" if geometry.is_valid else "the shape crossed itself and was mended")
