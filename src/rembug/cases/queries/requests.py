"""Public reports with what became of them, as Open311 asks for them: one report, its case, open or closed."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from rembug.cases.models import Case, Step
from rembug.cases.queries.setup import trials_of
from rembug.cases.rules.states import CLOSED, NAMES
from rembug.lib.masking import EARTH_M_PER_DEGREE, Sensitivity, public_time
from rembug.people.models import Body
from rembug.places import queries as places
from rembug.reports.models import Report
from rembug.reports.queries.categories import categories
from rembug.reports.queries.photo_files import shown_photos
from rembug.reports.queries.snapshot import public_reports

MOST = 1_000
BULK = 2_000
COARSEST = timedelta(minutes=10)  # of the times that are shown
FIELDS = (
    *(
        "id",
        "code",
        "category",
        "setting",
        "received_at",
        "changed_at",
        "text_public",
        "landmark",
        "area_code",
    ),
    *("public_lon", "public_lat", "incident__code", "incident__ended_at", "incident__changed_at"),
)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a client asks for. Times are aware; `circle` is longitude, latitude, metres; `box` W, S, E, N."""

    codes: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    status: str = ""
    box: tuple[float, float, float, float] | None = None
    circle: tuple[float, float, float] | None = None
    page: int = 1
    size: int = MOST


@dataclass(frozen=True, slots=True)
class Told:
    """One public step of a case."""

    at: datetime
    state: str
    words: str


def history(city: str, codes: Collection[str]) -> Mapping[str, list[Told]]:
    """Return the public steps of some cases, by the case's number, oldest first."""
    rows = Step.objects.filter(case__city=city, case__code__in=set(codes)).exclude(public="", state="")
    found: dict[str, list[Told]] = {}
    for code, at, state, words in rows.order_by("id").values_list("case__code", "at", "state", "public"):
        found.setdefault(code, []).append(Told(at, state, words))
    return found


def found(city: str, wanted: Wanted) -> list[Row]:
    """Return the reports that fit, newest first."""
    rows = _narrowed(public_reports(city), city, wanted)
    first = (wanted.page - 1) * wanted.size
    return _faces(city, list(rows.order_by("-id").values(*FIELDS)[first : first + wanted.size]))


def waiting(city: str, code: str) -> Row | None:
    """Return what may be known of a report that nobody has judged yet: that it is there."""
    rows = Report.objects.filter(city=city, code=code, processed_at=None, visibility="public")
    row = rows.filter(state=Report.State.ACTIVE).values("code", "category", "received_at").first()
    if row is None:
        return None
    at = public_time(row["received_at"], Sensitivity.HOME)
    return {
        "code": row["code"],
        "status": "open",
        "category": row["category"],
        "received_at": at,
        "changed_at": at,
        "state": "received",
    }


def every(city: str) -> Any:
    """Yield every public report for a bulk file, oldest first, a batch in memory at a time."""
    last = 0
    while True:
        taken = list(public_reports(city).filter(id__gt=last).order_by("id").values(*FIELDS)[:BULK])
        if not taken:
            return
        yield from _faces(city, taken)
        last = taken[-1]["id"]


def _narrowed(rows: QuerySet[Report], city: str, wanted: Wanted) -> QuerySet[Report]:
    if wanted.codes:
        return rows.filter(code__in=wanted.codes)
    if wanted.start:
        rows = rows.filter(received_at__gte=_coarse(wanted.start, Sensitivity.HOME))
    if wanted.end:
        rows = rows.filter(received_at__lt=_coarse(wanted.end, Sensitivity.HOME) + COARSEST)
    rows = _changed(rows, city, wanted.updated_after, wanted.updated_before)
    if wanted.services:
        rows = rows.filter(category__in=wanted.services)
    if wanted.status:
        over = _handled(city, state__in=CLOSED) | Q(incident__ended_at__isnull=False)
        rows = rows.filter(over) if wanted.status == "closed" else rows.exclude(over)
    if wanted.box:
        west, south, east, north = wanted.box
        rows = rows.filter(public_lon__range=(west, east), public_lat__range=(south, north))
    return _within(rows, *wanted.circle) if wanted.circle else rows


def _coarse(at: datetime, sensitivity: Sensitivity) -> datetime:
    """Take a moment no finer than it is shown: asking ever narrower windows must not tell when somebody sent."""
    return public_time(at, sensitivity) or at


def _changed(
    rows: QuerySet[Report], city: str, after: datetime | None, before: datetime | None
) -> QuerySet[Report]:
    """Keep what last changed in a span: the report itself, its incident's end, or a step of its case."""
    if after:
        after = _coarse(after, Sensitivity.EXACT)
        own = Q(changed_at__gte=after) | Q(incident__ended_at__gte=after)
        rows = rows.filter(own | _handled(city, changed_at__gte=after))
    if before:
        before = _coarse(before, Sensitivity.EXACT)
        own = Q(changed_at__gte=before) | Q(incident__ended_at__gte=before)
        rows = rows.exclude(own | _handled(city, changed_at__gte=before))
    return rows


def _handled(city: str, **case: Any) -> Q:
    """Match reports by what the case of their incident is like."""
    rows = Case.objects.filter(city=city, parent=None, **case).exclude(incident="")
    return Q(incident__code__in=rows.values("incident"))


def _within(rows: QuerySet[Report], lon: float, lat: float, metres: float) -> QuerySet[Report]:
    """Keep what lies in a circle, in the database: a page is cut from what fits, not thinned out afterwards."""
    high = metres / EARTH_M_PER_DEGREE
    flat = max(math.cos(math.radians(lat)), 0.01)  # the flat Earth of `distance_m`
    east, north = (F("public_lon") - lon) * flat, F("public_lat") - lat
    return (
        rows.filter(
            public_lon__range=(lon - high / flat, lon + high / flat),
            public_lat__range=(lat - high, lat + high),
        )
        .alias(away=east * east + north * north)
        .filter(away__lte=high * high)
    )


def _faces(city: str, rows: list[Row]) -> list[Row]:
    incidents = {row["incident__code"] for row in rows if row["incident__code"]}
    cases = _cases(city, incidents)
    kinds, photos = categories(city), shown_photos(row["id"] for row in rows)
    faces = [_face(city, row, cases.get(row["incident__code"]), kinds.get(row["category"])) for row in rows]
    return [{**face, "photos": photos.get(row["id"], [])} for face, row in zip(faces, rows, strict=True)]


def _cases(city: str, incidents: set[str]) -> dict[str, Row]:
    rows = Case.objects.filter(city=city, incident__in=incidents, parent=None).order_by("id")
    fields: tuple[str, ...] = ("id", "code", "incident", "state", "due_at", "changed_at", "body__name")
    fields += ("body__state", "body__public_id")
    trials = trials_of(city) if incidents else {}
    found = {row["incident"]: dict(row) for row in rows.values(*fields)}
    for row in found.values():
        row["joined"] = row["body__state"] == Body.State.CONFIRMED and row["body__public_id"] not in trials
    by_id = {row["id"]: row for row in found.values()}
    told = Step.objects.filter(case_id__in=by_id).exclude(public="").order_by("id")
    for case, words in told.values_list("case_id", "public"):
        by_id[case]["words"] = words
    return found


def _face(city: str, row: Row, case: Row | None, kind: Any) -> Row:
    home = row["setting"] not in {"", "street"} or (
        not row["setting"] and kind and kind.sensitivity != "exact"
    )
    blur = Sensitivity.HOME if home else Sensitivity.EXACT
    closed = bool(case and case["state"] in CLOSED) or row["incident__ended_at"] is not None
    changed = max(filter(None, [row["changed_at"], case and case["changed_at"]]))
    ended = case["changed_at"] if case and case["state"] in CLOSED else row["incident__ended_at"]
    joined = bool(case and case["joined"])
    return {
        "code": row["code"],
        "status": "closed" if closed else "open",
        "category": row["category"],
        "words": row["text_public"],
        "landmark": "" if home else row["landmark"],
        "area": places.label(city, row["area_code"]) if row["area_code"] else "",
        "received_at": public_time(row["received_at"], blur),
        "changed_at": public_time(ended if closed and ended else changed, Sensitivity.EXACT),
        "lon": row["public_lon"],
        "lat": row["public_lat"],
        "agency": case["body__name"] if case else "",
        "expected_at": case["due_at"] - timedelta(seconds=1) if case and joined and case["due_at"] else None,
        "state": case["state"] if case else "received",
        "state_words": NAMES[case["state"]][0] if case else "",
        "notes": (case or {}).get("words", ""),
        "case": case["code"] if case else "",
    }
