"""*Kapan rob datang?*: for the city, for an area, for a place that only the reader's browser keeps."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from rembug.lib import clock
from rembug.lib.request import Request
from rembug.places import queries as places
from rembug.places.queries import AreaView
from rembug.places.rules import cell
from rembug.water.queries.gauge import gauge_state
from rembug.water.queries.outlook import city_outlook, outlook_at
from rembug.water.queries.overlay import ground_of
from rembug.water.rules.chart import LevelChart, level_chart
from rembug.water.rules.outlook import AreaOutlook, HighWater, Series
from rembug.water.rules.picture import height_of
from rembug.water.views.finding import found

CHART_HOURS = 72
LISTED = 8
PLACE = 10  # resolution of a place's cell: an edge of about 75 m


@require_safe
def city(request: Request) -> HttpResponse:
    """The whole city: when next, how many kelurahan, each of them in a table."""
    outlook = city_outlook(request.city)
    page: dict[str, object] = {"outlook": outlook, "areas": places.areas(request.city, level="kelurahan")}
    if outlook is not None:
        page["gauge"] = gauge_state(request.city)
        at_risk = [area for area in outlook.areas if area.highest >= 0.1]
        onset = outlook.areas[0].onset.level_cm if outlook.areas else 10_000.0
        page |= {
            "at_risk": at_risk,
            "others": [area for area in outlook.areas if area.highest < 0.1],
            "first": at_risk[0] if at_risk else None,
            "next": at_risk[0].next if at_risk else None,
            "threatened": [area for area in at_risk if area.highest >= 0.5],
            "chart": chart_of(outlook.series, outlook.high_waters, onset),
            "rows": _rows(outlook.series),
        }
    return render(request, "water/city.html", page)


@require_safe
def area(request: Request, slug: str) -> HttpResponse:
    """One kelurahan: the next high waters, the chart with its onset line, what to do."""
    where: AreaView = found(places.area, request.city, slug)
    outlook = outlook_at(request.city, where.code)
    page = _page(outlook) | {"area": where, "name": where.name}
    return render(request, "water/area.html", page)


@require_safe
def choose(request: Request) -> HttpResponse:
    """Lead from the little form to the chosen area; without script."""
    where: AreaView = found(places.area, request.city, request.GET.get("wilayah", ""))
    return redirect("water:area", slug=where.slug)


@require_safe
def mine(request: Request) -> HttpResponse:
    """Choose a place on the map: it stays in the browser."""
    ground = found(ground_of, request.city)
    box = " ".join(f"{edge:.6f}" for edge in ground.box)
    return render(request, "water/mine.html", {"box": box, "height": height_of(ground)})


@require_safe
def spot(request: Request, lon: str, lat: str) -> HttpResponse:
    """The forecast for a place rounded to about a hundred metres. Nothing of it is kept, here or in a cache."""
    east, north = round(float(lon), 3), round(float(lat), 3)
    if (lon, lat) != (f"{east:.3f}", f"{north:.3f}"):
        return redirect("water:spot", lon=f"{east:.3f}", lat=f"{north:.3f}")
    hit = places.area_at(request.city, east, north) if abs(east) <= 180 and abs(north) <= 90 else None
    if hit is None or not hit.code or hit.level != "kelurahan":
        return render(request, "water/outside.html", status=404)
    where = places.area(request.city, hit.code)
    outlook = outlook_at(request.city, where.code, cell=cell(east, north, PLACE))
    page = _page(outlook) | {"area": where, "name": where.name, "is_place": True}
    response = render(request, "water/area.html", page)
    patch_cache_control(response, private=True)
    return response


def _page(outlook: AreaOutlook | None) -> dict[str, object]:
    if outlook is None:
        return {"outlook": None}
    waters = [water for water in outlook.high_waters if water.at >= clock.now() - timedelta(hours=1)]
    return {
        "outlook": outlook,
        "gauge": gauge_state(outlook.city),
        "next": outlook.next,
        "waters": waters[:LISTED],
        "chart": chart_of(outlook.series, outlook.high_waters, outlook.onset.level_cm),
        "rows": _rows(outlook.series),
        "deepest": max((water.depth_high_cm for water in waters if water.probability >= 0.1), default=0),
    }


def chart_of(series: Series, waters: Sequence[HighWater], onset_cm: float) -> LevelChart:
    """Return the chart of the coming three days in the reader's zone."""
    first = timezone.localtime(series.times[0]).replace(hour=0, minute=0)
    midnights = [first + timedelta(days=n) for n in range(1, CHART_HOURS // 24 + 2)]
    return level_chart(series, onset_cm, CHART_HOURS, midnights, [water.at for water in waters])


def _rows(series: Series) -> list[tuple[datetime, list[tuple[datetime, float, float]]]]:
    """Return the chart as a table: every three hours of the coming three days, by day."""
    rows = [
        (time, level, sigma)
        for time, level, sigma in zip(series.times, series.level_cm, series.sigma_cm, strict=True)
        if timezone.localtime(time).hour % 3 == 0 and timezone.localtime(time).minute == 0
    ][: CHART_HOURS // 3]
    return [
        (part[0][0], part)
        for part in (list(group) for _, group in groupby(rows, lambda row: timezone.localtime(row[0]).date()))
    ]
