"""Common maps and results of workshops: what may be drawn, what is protected, which numbers of people are told."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import LineString, Point, Polygon, shape
from shapely.geometry.base import BaseGeometry

from rembug.lib.errors import FieldFault, Invalid

KINDS = ("point", "line", "area", "none")
METHODS = ("paper", "web", "table")
MOST_LEGEND, MOST_ITEMS, MOST_CORNERS = 12, 500, 400
WORDS_MAX, LEGEND_MAX, MOST_PEOPLE = 200, 80, 10_000
DECIMALS = 5  # one metre
SMALLEST_HOME_M2 = 10_000.0  # an area that shows homes is at least a hectare: it names none of them
METRES = 111_195.0
TYPES = {"Point": "point", "LineString": "line", "Polygon": "area"}
LONGEST_PAIR = 60  # letters of one line of `latitude, longitude`
PAIR = re.compile(r"(-?\d{1,3}(?:\.\d+)?)[ ,;]{1,3}(-?\d{1,3}(?:\.\d+)?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Legend:
    """One sign of the legend. `is_home`: it marks where people live, so it is protected."""

    key: str
    words: str
    is_home: bool = False

    def stored(self) -> dict[str, Any]:
        """Return the sign as JSON."""
        return {"key": self.key, "words": self.words, "is_home": self.is_home}


def read_legend(stored: Collection[Mapping[str, Any]]) -> tuple[Legend, ...]:
    """Return the legend that `Legend.stored` wrote."""
    return tuple(Legend(**one) for one in stored)


def legend_of(text: str) -> tuple[Legend, ...]:
    """Return the legend of lines, one sign a line; a line that begins with `*` marks where people live."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(
        Legend(f"l{number}", line.lstrip("* ").strip(), line.startswith("*"))
        for number, line in enumerate(lines, start=1)
    )


def check_legend(legend: tuple[Legend, ...]) -> Iterator[FieldFault]:
    """Yield what is wrong with a legend."""
    words = [one.words.casefold() for one in legend]
    if not 1 <= len(legend) <= MOST_LEGEND or len(set(words)) < len(words):
        yield FieldFault(
            "legend", "count", f"Tulis 1 sampai {MOST_LEGEND} tanda yang berbeda, satu baris satu."
        )
    if any(not 0 < len(one.words) <= LEGEND_MAX for one in legend):
        yield FieldFault("legend", "length", f"Tiap tanda paling banyak {LEGEND_MAX} huruf.")


def drawn(kind: str, text: str) -> BaseGeometry | None:
    """Return what lines of `latitude, longitude` draw; None for a result without a place. Raises `Invalid`."""
    if kind == "none":
        return None
    corners = []
    for line in (one for one in text.splitlines() if one.strip()):
        tidied = " ".join(line.split())  # one blank at most, so that the pattern has nothing to try again
        match = PAIR.fullmatch(tidied) if len(tidied) <= LONGEST_PAIR else None
        if match is None:
            raise Invalid(f"“{tidied[:40]}” bukan titik. Tulis lintang, bujur: misalnya -6.8637, 109.6753")
        corners.append((float(match[2]), float(match[1])))
    least = {"point": 1, "line": 2, "area": 3}.get(kind, 0)
    if not least or len(corners) < least or (kind == "point" and len(corners) > 1):
        raise Invalid("Titik perlu satu tempat, garis dua, wilayah tiga atau lebih.")
    made = {"point": lambda: Point(corners[0]), "line": lambda: LineString(corners)}
    return tidy(made[kind]() if kind in made else Polygon(corners))


def of_geojson(geometry: Mapping[str, Any] | None) -> BaseGeometry | None:
    """Return a GeoJSON geometry; None where there is none. Raises `Invalid`."""
    if geometry is None:
        return None
    if not isinstance(geometry, Mapping) or geometry.get("type") not in TYPES:
        raise Invalid("Bentuknya harus Point, LineString, atau Polygon.")
    try:
        return tidy(shape(geometry))
    except (ShapelyError, TypeError, ValueError, AttributeError, LookupError) as error:
        raise Invalid("Koordinatnya tidak terbaca.") from error


def tidy(geometry: BaseGeometry) -> BaseGeometry:
    """Return a shape that can be published: flat, a metre fine, valid, outer rings counter-clockwise."""
    found = shapely.transform(shapely.force_2d(geometry), lambda corners: corners.round(DECIMALS))
    count = shapely.get_num_coordinates(found)
    if count > MOST_CORNERS:
        raise Invalid(f"Bentuk ini punya {count} titik. Paling banyak {MOST_CORNERS}.")
    if found.is_empty or not found.is_valid or not math.isfinite(sum(found.bounds)):
        raise Invalid("Bentuk ini menyilang dirinya sendiri atau kosong. Gambar lagi.")
    return shapely.orient_polygons(found) if found.geom_type == "Polygon" else found


def kind_of(geometry: BaseGeometry | None) -> str:
    """Return the kind of a shape."""
    return "none" if geometry is None else TYPES[geometry.geom_type]


def check_home(sign: Legend, geometry: BaseGeometry | None) -> None:
    """Raise `Invalid` where a sign that marks homes is drawn so that it would name one."""
    if not sign.is_home or geometry is None or geometry.geom_type == "Point":
        return
    if geometry.geom_type == "LineString" or area_m2(geometry) < SMALLEST_HOME_M2:
        raise Invalid(
            "Tempat tinggal digambar sebagai titik (akan digeser) atau wilayah paling kecil 1 hektare."
        )


def area_m2(geometry: BaseGeometry) -> float:
    """Return the area of a small shape in square metres (flat Earth at its middle latitude)."""
    _, south, _, north = geometry.bounds
    return float(geometry.area) * METRES**2 * math.cos(math.radians((south + north) / 2))


@dataclass(frozen=True, slots=True)
class Told:
    """What versions before have told: numbers that were shown, and those that were hidden, by code."""

    shown: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()


def hidden(
    people: Mapping[str, int], participants: int, k: int, before: Told | None = None
) -> frozenset[str] | None:
    """Return the items whose number of people is not told; None where nothing may be told at all.

    Fewer than k people are hidden, and the smallest others beside them, until those who are left when all told numbers
    are subtracted from the participants are none or at least k: where each person chose once, nobody finds a small
    number by subtraction. What was hidden once stays hidden; what was told cannot be hidden any more.
    """
    if not people:
        return frozenset()
    known = before or Told()
    found = {code for code, count in people.items() if 0 < count < k} | (known.hidden & people.keys())
    if participants < k or found & known.shown:
        return None
    while found:
        rest = participants - sum(count for code, count in people.items() if code not in found)
        if rest <= 0 or rest >= k:
            break
        left = [code for code in people if code not in found and code not in known.shown]
        if not left:
            return None
        found.add(min(left, key=lambda code: (people[code], code)))
    return frozenset(found)
