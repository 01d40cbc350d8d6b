"""Filling an operator's fields by reading the message, and making a report of the fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from rembug.lib.errors import FieldFault, Invalid
from rembug.places import queries as places
from rembug.reports.queries.categories import categories
from rembug.reports.queries.town import Town, town
from rembug.reports.rules.message import degrees_in, read_message
from rembug.reports.rules.submission import Submission

NAMED = 0.95  # likeness from which a name stands in the text as a word of its own


@dataclass(frozen=True, slots=True)
class Prefill:
    """Values for the fields, and places to choose from where the message names several."""

    fields: dict[str, Any] = field(default_factory=dict)
    places: tuple[str, ...] = ()


def prefill(city: str, text: str) -> Prefill:
    """Return what the message seems to say; the operator looks it over."""
    known = [code for code, kind in categories(city).items() if kind.closed_at is None]
    read = read_message(text, known)
    said = {
        "category": read.category,
        "depth_class": read.depth_class,
        "since": read.since,
        "number": read.foreign_ref,
        "point": f"{read.lat:.5f}, {read.lon:.5f}" if read.lat is not None and read.lon is not None else "",
    }
    finding = places.find(city, text)
    named = [finding.sure] if finding.sure else [match for match in finding.maybe if match.likeness >= NAMED]
    spots = [match for match in named if match.level == "landmark"]
    wards = [match for match in named if match.level == "kelurahan"]
    if spots:
        said["landmark"] = spots[0].name
    if wards or spots:
        said["area"] = (wards or spots)[0].code
    several = tuple(match.name for match in wards) if len(wards) > 1 else ()
    return Prefill({name: value for name, value in said.items() if value}, several)


def submission_of(city: str, kept: Mapping[str, Any]) -> Submission:
    """Return the report of a filled form. Raises `Invalid` naming the field when no place is given."""
    here = town(city)
    lon, lat, located_by = _place(here, kept)
    ward = here.ward_at(lon, lat)
    depth = kept["depth_class"] if categories(city)[kept["category"]].is_flood else ""
    return Submission(
        client_id=kept["client_id"],
        city=city,
        category=kept["category"],
        claim="absent" if depth == "dry" else "present",
        depth_class=depth,
        since=kept["since"],
        lon=lon,
        lat=lat,
        located_by=located_by,
        area_code=ward.code if ward else kept["area"],
        landmark=kept["landmark"],
        text=kept["message"],
        visibility=kept["visibility"] or "public",
        channel="operator",
        foreign_ref=kept["number"].strip(),
    )


def _place(here: Town, kept: Mapping[str, Any]) -> tuple[float, float, str]:
    """Return (lon, lat, how it was found): the given point, else the landmark's, else the kelurahan's own."""
    point = degrees_in(kept["point"]) if kept["point"] else None
    if point:
        return (*point, "map")
    if kept["point"]:
        raise _fault("point", gettext("Tulis titik sebagai lintang, bujur. Misalnya -6.8812, 109.6701."))
    name = kept["landmark"].strip().casefold()
    spot = next((one for one in here.spots if one.name.casefold() == name), None)
    if spot and kept["area"] in {"", spot.area_code}:
        return spot.lon, spot.lat, "area"
    ward = here.ward(kept["area"])
    if ward is None:
        raise _fault("area", gettext("Pilih kelurahan, atau tulis titiknya."))
    return ward.lon, ward.lat, "area"


def _fault(name: str, message: str) -> Invalid:
    return Invalid(gettext("Tempatnya belum jelas."), faults=(FieldFault(name, "not-a-place", message),))
