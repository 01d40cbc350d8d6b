"""A request that a client posts, read as one of our reports; every fault is told at once."""

from __future__ import annotations

import math
import uuid
from dataclasses import dataclass, field
from typing import Any

from rembug.api.open311.wire import Refused
from rembug.lib.errors import NotFound
from rembug.lib.ids import uuid7
from rembug.lib.request import Request
from rembug.people.queries.keys import Caller, caller
from rembug.places import queries as places
from rembug.reports.queries.catalogue import Kind, kinds
from rembug.reports.rules.depth import BY_CODE
from rembug.reports.rules.submission import LONG_TEXT_MAX, Submission

DEPTH = "depth_class"
SPACE = uuid.UUID("6f1c2f8e-5f0c-4b7a-9b1e-2d6f4f9b3111")


@dataclass(slots=True)
class _Reading:
    post: Any
    city: str
    faults: list[tuple[str, str]] = field(default_factory=list)

    def text(self, name: str) -> str:
        return str(self.post.get(name, "")).strip()

    def refuse(self, words: str, code: str = "400") -> None:
        self.faults.append((code, words))


def submission_of(request: Request, city: str) -> Submission:
    """Return the report; the client `open311` 1.1 of PyPI sends its key in the address, so it is read there too.

    Raises `Refused`: 403 without a good key, 404 for an unknown service, else 400."""
    who = _caller(request, city)
    reading = _Reading(request.POST, city)
    kind = _service(reading)
    lon, lat, located = _place(reading)
    words = str(request.POST.get("description", "")).replace("\r\n", "\n").strip()
    if len(words) > LONG_TEXT_MAX:
        reading.refuse(f"description may have at most {LONG_TEXT_MAX} characters.")
    answers = _answers(reading, kind)
    if reading.faults:
        raise Refused(*reading.faults)
    depth = answers.pop(DEPTH, "") if kind.is_flood else ""
    return Submission(
        client_id=_id(request, who),
        city=city,
        category=kind.code,
        claim="absent" if depth == "dry" else "present",
        depth_class=depth,
        lon=lon,
        lat=lat,
        located_by=located,
        landmark=reading.text("address_string")[:120],
        text=words,
        answers=answers,
        channel="open311",
    )


def definition(kind: Kind) -> list[dict[str, Any]]:
    """Return the attributes of a service."""
    found = []
    if kind.is_flood:
        values = [{"key": code, "name": code} for code in BY_CODE]
        found.append(_attribute(DEPTH, 1, "Depth of the water", values, required=True))
    for order, question in enumerate(kind.questions, start=len(found) + 1):
        values = [{"key": code, "name": words} for code, words in question.choices]
        found.append(_attribute(question.code, order, question.words, values, required=question.required))
    return found


def _attribute(
    code: str, order: int, words: str, values: list[dict[str, str]], *, required: bool
) -> dict[str, Any]:
    return {
        "variable": True,
        "code": code,
        "datatype": "singlevaluelist",
        "required": required,
        "datatype_description": None,
        "order": order,
        "description": words,
        "values": values,
    }


def _caller(request: Request, city: str) -> Caller:
    who = caller(city, str(request.POST.get("api_key") or request.GET.get("api_key") or "").strip())
    if who is None:
        raise Refused(("403", "api_key is missing or not valid."), status=403)
    return who


def _service(reading: _Reading) -> Kind:
    code = reading.text("service_code")
    if not code:
        raise Refused(("400", "service_code is missing."), *_only_place(reading))
    for kind in kinds(reading.city):
        if kind.code == code:
            return kind
    raise Refused(("404", f"service_code {code[:60]!r} is not known."), status=404)


def _only_place(reading: _Reading) -> list[tuple[str, str]]:
    """Tell what else is wrong when the service is missing."""
    _place(reading)
    return reading.faults


def _place(reading: _Reading) -> tuple[float, float, str]:
    lat, lon = reading.text("lat"), reading.text("long")
    if lat or lon:
        return _coordinates(reading, lon, lat)
    named = reading.text("address_string")
    if named:
        found = places.find(reading.city, named).sure
        if found:
            return found.lon, found.lat, "area"
        reading.refuse("address_string names no place of this city; send lat and long.")
    elif reading.text("address_id"):
        reading.refuse("address_id is not kept here; send lat and long, or address_string.")
    else:
        reading.refuse("A location is missing: send lat and long, or address_string.")
    return 0.0, 0.0, "map"


def _coordinates(reading: _Reading, lon: str, lat: str) -> tuple[float, float, str]:
    try:
        place = float(lon), float(lat)
    except ValueError:
        place = (math.nan, math.nan)
    if not all(map(math.isfinite, place)) or abs(place[0]) > 180 or abs(place[1]) > 90:
        reading.refuse("lat and long must both be numbers in degrees (WGS 84).")
        return 0.0, 0.0, "map"
    west, south, east, north = places.city(reading.city).bbox
    if not (west - 0.05 <= place[0] <= east + 0.05 and south - 0.05 <= place[1] <= north + 0.05):
        reading.refuse("lat and long lie outside this city.")
    return place[0], place[1], "gps"


def _answers(reading: _Reading, kind: Kind) -> dict[str, str]:
    answers: dict[str, str] = {}
    for attribute in definition(kind):
        code = attribute["code"]
        value = str(
            reading.post.get(f"attribute[{code}]", "") or reading.post.get(f"attribute[{code}][]", "")
        ).strip()
        if not value:
            if attribute["required"]:
                reading.refuse(f"attribute[{code}] is required.")
            continue
        if value not in {one["key"] for one in attribute["values"]}:
            reading.refuse(f"attribute[{code}] is {value[:40]!r}, which is not one of its values.")
            continue
        answers[code] = value
    return answers


def _id(request: Request, who: Caller) -> uuid.UUID:
    """The same Idempotency-Key of the same system is the same report."""
    key = request.headers.get("Idempotency-Key", "").strip()
    return uuid.uuid5(SPACE, f"{who.key}:{key}") if key else uuid7()


def missing_kind(city: str, code: str) -> Kind:
    """Return the service of a code. Raises `NotFound`."""
    for kind in kinds(city):
        if kind.code == code:
            return kind
    raise NotFound(f"service_code {code[:60]!r} is not known.")
