"""Many cases, each on a report of its own, written in bulk as the actions leave them; and the questions to them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import h3
from django.conf import settings
from django.db import connection
from django.test import Client

from benchmarks.fill import fill
from rembug.cases.models import Case, Deadline, Step
from rembug.cases.queries.similar import similar
from rembug.lib import ids
from rembug.lib.actor import system
from rembug.people.actions.keys import issue
from rembug.people.models import Body
from rembug.people.tests.town import give, make_person, sign_in
from rembug.reports.models import Report

CITY = "pekalongan"
STATES = ("received", "triaged", "progress", "answered", "done", "settled", "settled", "settled", "rejected")


def fill_cases(count: int) -> dict[str, Any]:
    """Store reports, incidents and cases; return a key for another system."""
    fill(CITY, count, hours=24 * 365, hot_spots=1_500, crowd=0.9)
    bodies = list(Body.objects.filter(city=CITY, sphere="bureaucracy").order_by("id"))
    Body.objects.filter(pk__in=[body.pk for body in bodies]).update(state="confirmed")
    rng = random.Random(2)
    columns = ("id", "category", "area_code", "public_lon", "public_lat", "received_at")
    rows = Report.objects.filter(city=CITY).order_by("id").only(*columns)
    made = [_case(report, rng.choice(bodies), rng) for report in rows.iterator(5_000)]
    cases = Case.objects.bulk_create(made, batch_size=1_000)
    for start in range(0, len(cases), 5_000):
        part = cases[start : start + 5_000]
        Step.objects.bulk_create(
            [Step(case=row, at=row.opened_at, verb="open", state="received", body=row.body) for row in part],
            batch_size=2_000,
        )
        Deadline.objects.bulk_create([_deadline(row) for row in part if row.due_at], batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    key = issue(actor=system("benchmark"), city=CITY, body=bodies[0].public_id, name="benchmark")
    return {"key": key}


def _case(report: Report, body: Body, rng: random.Random) -> Case:
    state = rng.choice(STATES)
    opened = report.received_at + timedelta(minutes=5)
    is_open = state not in {"settled", "rejected"}
    lon, lat = report.public_lon or 109.68, report.public_lat or -6.88
    return Case(
        code=ids.public_code(), city=CITY, incident=ids.public_code(), category=rng.choice(("light", "road", "rob")),
        area_code=report.area_code, lon=lon, lat=lat, cell=h3.latlng_to_cell(lat, lon, 9), words="Lampu mati di gang.",
        body=body, state=state, opened_at=opened, changed_at=opened,
        answered_at=opened + timedelta(days=3) if state in {"answered", "done", "settled"} else None,
        settled_at=opened + timedelta(days=5) if state == "settled" else None,
        due_at=opened + timedelta(days=20) if is_open else None,
    )  # fmt: skip


def _deadline(row: Case) -> Deadline:
    return Deadline(
        case=row,
        kind="complaint",
        days=14,
        basis="-",
        started_at=row.opened_at,
        due_at=row.due_at or row.opened_at,
    )


def read_all(timed: Callable[[Callable[[], Any]], dict[str, float]]) -> dict[str, Any]:
    """Ask the desk, Open311 and the search for similar cases."""
    settings.ALLOWED_HOSTS = ["*"]
    rng, officer, public = random.Random(3), _coordinator(), Client()
    cases = list(Case.objects.filter(city=CITY, state="received").order_by("-id")[:500])
    areas = sorted({case.area_code for case in cases if case.area_code})

    def desk() -> None:
        asked = {"keadaan": rng.choice(("open", "late", "received")), "wilayah": rng.choice(["", *areas])}
        answer = officer.get("/kerja/kasus/", asked | {"jenis": rng.choice(("", "light", "road"))})
        assert answer.status_code == 200, answer.status_code

    def requests() -> None:
        lon, lat = rng.uniform(109.655, 109.715), rng.uniform(-6.905, -6.855)
        asked = rng.choice(
            (
                {"status": "open"},
                {"lat": f"{lat:.5f}", "long": f"{lon:.5f}", "radius": "300"},
                {"bbox": f"{lon:.4f},{lat:.4f},{lon + 0.01:.4f},{lat + 0.01:.4f}"},
                {"service_code": "rob", "status": "closed"},
            )
        )
        answer = public.get("/open311/v2/requests.json", asked | {"page_size": "50"})
        assert answer.status_code == 200, answer.content[:200]

    def near() -> None:
        case = rng.choice(cases)
        similar(CITY, case.category, case.lon or 0.0, case.lat or 0.0, case.opened_at)

    return {"desk": timed(desk), "get_requests": timed(requests), "similar": timed(near)}


def _coordinator() -> Client:
    """A browser in which a coordinator of the whole city is signed in, second factor done."""
    person = make_person("bench@example.org", totp=True)
    give(person, "coordinator", Body.objects.get(city=CITY, public_id=f"{CITY}-dinkominfo"))
    return sign_in(Client(), person, code=True)
