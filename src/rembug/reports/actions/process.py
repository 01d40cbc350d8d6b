"""The way of a report after it is stored: made ready for the public, judged, put to its incident."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.bulk import update_many
from rembug.lib.lease import lease
from rembug.lib.masking import Sensitivity, public_place
from rembug.lib.pii import mask
from rembug.places import queries as places
from rembug.reports.actions.gather import place_incidents
from rembug.reports.actions.judge import Outcome, judge, judge_all
from rembug.reports.actions.mend import mend
from rembug.reports.models import Category, Report
from rembug.reports.queries.categories import categories
from rembug.reports.queries.city import outline
from rembug.water.queries.context import Asked, contexts

JUDGE = "reports.judge"  # the lease: one judge at a time
BATCH = 400
SETTLE_BATCH = 4_000
READY = {
    "area_code": "text",
    "place_ok": "bool",
    "text_hash": "bigint",
    "text_public": "text",
    "public_lon": "float8",
    "public_lat": "float8",
    "tide_level_cm": "float8",
    "tide_residual_cm": "float8",
    "tide_stage": "text",
    "physics": "float8",
}


def process_waiting(*, actor: Actor) -> int:
    """Make all waiting reports ready and judge them, oldest first; return how many."""
    done = 0
    with lease(JUDGE) as held:
        while held:
            waiting = list(Report.objects.filter(processed_at=None).order_by("id")[:BATCH])
            if not waiting:
                break
            for city in sorted({report.city for report in waiting}):
                mine = [report for report in waiting if report.city == city]
                make_ready(mine)
                ids = [report.id for report in mine]
                judge(city, ids, actor=actor, exact=False)
                now = clock.now()
                Report.objects.filter(id__in=ids).update(processed_at=now, changed_at=now)
                _publish_incidents(city, ids)
            done += len(waiting)
            held.keep()
        if held.inherited:
            mend(actor=actor)
    return done


def settle(*, actor: Actor) -> int:
    """Judge again what new, withdrawn, decided or followed-up reports reach; return how many were settled."""
    done = 0
    with lease(JUDGE) as held:
        if not held:
            return 0
        for city in Report.objects.exclude(stirred_at=None).values_list("city", flat=True).distinct():
            started = clock.now()
            rows = Report.objects.filter(city=city).exclude(stirred_at=None).exclude(processed_at=None)
            ids = list(rows.order_by("id").values_list("id", flat=True)[:SETTLE_BATCH])
            if not ids or not held.keep():
                continue
            judge(city, ids, actor=actor, exact=True)
            with transaction.atomic():
                chosen = Report.objects.filter(id__in=ids)
                # Whatever a person changed while this ran stays unsettled and is judged by the next run.
                chosen.filter(stirred_at__lte=started).update(stirred_at=None)
                gone = chosen.exclude(state=Report.State.ACTIVE)
                gone.update(incident=None, rung="raw", changed_at=clock.now())
            done += len(ids)
        if held.inherited:
            mend(actor=actor)
    return done


def reassess(city: str, *, actor: Actor) -> Outcome:
    """Judge every report of the city again; raise `TimeoutError` while another judge works."""
    with lease(JUDGE, seconds=900) as held:
        if not held:
            raise TimeoutError("Penilaian lain sedang berjalan. Coba lagi sebentar.")
        return judge_all(city, actor=actor)


def make_ready(reports: Sequence[Report]) -> None:
    """Find the area, mask words and place, and remember what near-copies share. No act: nothing is public yet."""
    for report in reports:
        kind = categories(report.city).get(report.category)
        hit = places.area_at(report.city, report.lon, report.lat)
        if hit.inside or not report.area_code:
            report.area_code = hit.code
        report.place_ok = hit.inside or hit.accepted
        report.text_hash = copy_hash(report.text)
        report.text_public = mask(report.text)
        report.public_lon, report.public_lat = _public_point(report, kind, inside=hit.inside)
    _put_tide(reports)
    with transaction.atomic():
        # Whoever asked meanwhile to be forgotten does not get the words back.
        rows = Report.objects.select_for_update().filter(id__in=[report.id for report in reports])
        kept = set(rows.exclude(state=Report.State.ERASED).values_list("id", flat=True))
        made = [[*(getattr(r, name) for name in READY), r.id] for r in reports if r.id in kept]
        update_many("reports_report", READY, made)


def _put_tide(reports: Sequence[Report]) -> None:
    """Write beside each report of water what the sea did then, as it was known when the report came in."""
    for city in {report.city for report in reports}:
        wet = [report for report in reports if report.city == city and _is_flood(report)]
        asked = [Asked(r.observed_at, r.lon, r.lat, r.area_code, is_wet=r.claim == "present") for r in wet]
        for report, found in zip(wet, contexts(city, asked), strict=True):
            if found is not None:
                report.tide_level_cm, report.tide_residual_cm = found.level_cm, found.residual_cm
                report.tide_stage, report.physics = found.stage, found.physics


def _is_flood(report: Report) -> bool:
    kind = categories(report.city).get(report.category)
    return kind is not None and kind.is_flood


def copy_hash(text: str) -> int:
    """Return a number that near-copies share: letters only, lower case; 0 when there is too little text."""
    letters = re.sub(r"[^a-z]+", "", text.lower())
    return zlib.crc32(letters.encode()) if len(letters) >= 12 else 0


def _public_point(
    report: Report, kind: Category | None, *, inside: bool
) -> tuple[float | None, float | None]:
    """Return where the public sees it: a yard or a house is moved, always by the same shift for one sender."""
    place = public_place(
        report.lon,
        report.lat,
        sensitivity_of(report, kind),
        private_id=report.source,
        key=settings.MASK_KEY.encode(),
        inside=outline(report.city, report.area_code) if report.area_code and inside else None,
    )
    return (None, None) if place is None else (place.lon, place.lat)


def sensitivity_of(report: Report, kind: Category | None) -> Sensitivity:
    """Return how much of the place the public may know: the setting decides, else the category."""
    if report.visibility != "public":
        return Sensitivity.NONE
    if report.setting:
        return Sensitivity.EXACT if report.setting == "street" else Sensitivity.HOME
    return Sensitivity(kind.sensitivity) if kind is not None else Sensitivity.HOME


def _publish_incidents(city: str, ids: Sequence[int]) -> None:
    found = Report.objects.filter(id__in=ids).exclude(incident=None).values_list("incident_id", flat=True)
    place_incidents(city, set(found))
