"""Where it is: the phone's position, a kelurahan, or one or two taps on a picture of the city."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from rembug.lib.request import Request
from rembug.reports.queries.town import Town, town
from rembug.reports.rules.draft import Draft
from rembug.reports.rules.frame import SIDE_PX, Frame


@dataclass(frozen=True, slots=True)
class Taken:
    """What an answer to "where?" led to: done, or a nearer picture to tap on, or a problem to tell."""

    done: bool
    map_of: str = ""
    problem: str = ""


def frame_of(here: Town, code: str) -> Frame:
    """Return the piece of the city that a picture shows: one kelurahan, or all."""
    ward = here.ward(code)
    return ward.frame if ward else here.frame


def take_place(draft: Draft, here: Town, post: Mapping[str, Any], clean: Mapping[str, Any]) -> Taken:
    """Put the chosen place into the draft."""
    if "spot.x" in post or "spot.y" in post:
        return _tap(draft, here, post)
    if clean["lon"] is not None and clean["lat"] is not None:
        return _position(draft, here, clean)
    if clean["area_code"]:
        return _ward(draft, here, clean["area_code"])
    if draft.lon is not None:  # only the landmark changed
        return Taken(done=True)
    return Taken(done=False, problem=gettext("Pilih kelurahan, atau ketuk peta."))


def _tap(draft: Draft, here: Town, post: Mapping[str, Any]) -> Taken:
    code = str(post.get("map_of", ""))
    try:
        x, y = float(post["spot.x"]), float(post["spot.y"])
    except (KeyError, ValueError):
        x = y = 0.0
    if not (0 < x <= SIDE_PX and 0 < y <= SIDE_PX):  # a keyboard presses the picture at 0, 0
        problem = gettext("Ketuk peta di tempat airnya. Atau pilih kelurahan.")
        return Taken(done=False, map_of=code, problem=problem)
    lon, lat = frame_of(here, code).place(x, y)
    ward = here.ward_at(lon, lat)
    if here.ward(code) is None:
        if ward is None:
            return Taken(done=False, problem=gettext("Titik itu di luar kota. Ketuk lagi di dalam kota."))
        return Taken(done=False, map_of=ward.code)
    _put(draft, lon, lat, "map", ward.code if ward else code)
    return Taken(done=True)


def _position(draft: Draft, here: Town, clean: Mapping[str, Any]) -> Taken:
    ward = here.ward_at(clean["lon"], clean["lat"])
    _put(draft, clean["lon"], clean["lat"], "gps", ward.code if ward else "")
    draft.accuracy_m = clean["accuracy_m"]
    return Taken(done=True)


def _ward(draft: Draft, here: Town, code: str) -> Taken:
    ward = here.ward(code)
    if ward is None:
        return Taken(done=False, problem=gettext("Pilih kelurahan dari daftar."))
    named = draft.landmark.strip().casefold()
    spot = next((s for s in here.spots if s.area_code == code and s.name.casefold() == named), None)
    _put(draft, spot.lon if spot else ward.lon, spot.lat if spot else ward.lat, "area", code)
    return Taken(done=True)


def _put(draft: Draft, lon: float, lat: float, located_by: str, code: str) -> None:
    draft.lon, draft.lat = round(lon, 6), round(lat, 6)
    draft.located_by, draft.area_code, draft.accuracy_m = located_by, code, None


@require_safe
@cache_control(public=True, max_age=3600)
def picture(request: Request) -> HttpResponse:
    """Draw the city, or one kelurahan with its neighbours and landmarks, as a small square picture."""
    here = town(request.city)
    code = request.GET.get("wilayah", "")
    frame = frame_of(here, code)
    near = here.ward(code) is not None
    context = {
        "side": SIDE_PX,
        "shapes": [
            {"ring": ring, "here": ward.code == code}
            for ward in here.wards
            for ring in _rings(ward.shape, frame)
        ],
        "labels": [
            {"name": ward.name, "at": frame.pixel(ward.lon, ward.lat)}
            for ward in here.wards
            if near and _inside(frame.pixel(ward.lon, ward.lat))
        ],
        "spots": [
            {"name": spot.name, "at": frame.pixel(spot.lon, spot.lat)}
            for spot in here.spots
            if near and spot.area_code == code
        ],
    }
    return render(request, "reports/flow_map.svg", context, content_type="image/svg+xml")


def _rings(shape: Any, frame: Frame) -> list[str]:
    parts = getattr(shape, "geoms", [shape])
    rings = [[frame.pixel(lon, lat) for lon, lat in part.exterior.coords] for part in parts]
    return [
        " ".join(f"{x},{y}" for x, y in ring)
        for ring in rings
        if any(_inside(point) for point in ring) or _holds(ring)
    ]


def _holds(ring: list[tuple[float, float]]) -> bool:
    across = [x for x, _ in ring]
    down = [y for _, y in ring]
    return min(across) < SIDE_PX and max(across) > 0 and min(down) < SIDE_PX and max(down) > 0


def _inside(point: tuple[float, float]) -> bool:
    return 0 <= point[0] <= SIDE_PX and 0 <= point[1] <= SIDE_PX
