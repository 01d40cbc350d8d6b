"""People say which reports are, or are not, the same happening. Originals are never lost."""

from collections.abc import Sequence

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotFound
from rembug.reports.actions.stir import stirred
from rembug.reports.models import Incident, IncidentLink, Report
from rembug.reports.queries.work.scope import LINKERS

MOST = 20  # more at once is a slip of the finger


def merge(*, actor: Actor, incidents: Sequence[str], reason: str = "") -> None:
    """Say that these incidents are one happening; their reports are joined at the next run. Twice is once.

    Raises `Invalid` for fewer than two or too many, `NotFound` for one that is gone, `Conflict` for different kinds.
    """
    wanted = set(incidents)
    if not 2 <= len(wanted) <= MOST:
        message = f"Pilih dua sampai {MOST} kejadian."
        raise Invalid(message, faults=(FieldFault("incidents", "count", message),))
    with transaction.atomic():
        chosen = list(
            Incident.objects.select_for_update()
            .filter(code__in=wanted, anchor_id__gt=0)
            .order_by("anchor_id")
        )
        if len(chosen) != len(wanted):
            raise NotFound("Salah satu kejadian sudah tidak ada. Muat ulang halaman ini.")
        for incident in chosen:
            actor.require(*LINKERS, city=incident.city, area=incident.area_code)
        if len({(i.city, i.category) for i in chosen}) > 1:
            raise Conflict("Hanya kejadian yang sejenis bisa digabung.")
        first = chosen[0]
        fresh = [i for i in chosen[1:] if not _stands(first.anchor_id, i.anchor_id, IncidentLink.Kind.SAME)]
        if not fresh:
            return
        for other in fresh:
            _end_opposite(first.anchor_id, other.anchor_id)
            _link(actor, first, other.anchor_id, IncidentLink.Kind.SAME, reason)
        _dirty([i.anchor_id for i in chosen])
        data: dict[str, object] = {"with": [i.code for i in fresh], "reason": reason}
        record(
            actor=actor, verb="incident.merged", obj=Ref("incident", first.code), data=data, city=first.city
        )


def separate(*, actor: Actor, report: str, reason: str = "") -> None:
    """Say that a report is not the happening it was put to; it goes its own way at the next run. Twice is once."""
    with transaction.atomic():
        row = (
            Report.objects.select_for_update(of=("self",))
            .filter(code=report)
            .select_related("incident")
            .first()
        )
        if row is None or row.incident is None:
            raise NotFound("Laporan ini tidak ada dalam kejadian.")
        incident = row.incident
        actor.require(*LINKERS, city=row.city, area=row.area_code)
        others = Report.objects.filter(incident=incident).exclude(id=row.id).order_by("id")
        rest = list(others.values_list("id", flat=True))
        if not rest:
            raise Conflict("Laporan ini sudah berdiri sendiri.")
        if _stands(rest[0], row.id, IncidentLink.Kind.DIFFERENT):
            return
        for other in rest:
            _end_same(row.id, other)
        _link(actor, incident, row.id, IncidentLink.Kind.DIFFERENT, reason, anchor=rest[0])
        _dirty([row.id, *rest])
        data: dict[str, object] = {"from": incident.code, "reason": reason}
        record(actor=actor, verb="report.separated", obj=Ref("report", row.code), data=data, city=row.city)


def _link(
    actor: Actor, incident: Incident, report_id: int, kind: str, reason: str, *, anchor: int | None = None
) -> None:
    IncidentLink.objects.create(
        city=incident.city,
        first_id=min(anchor or incident.anchor_id, report_id),
        second_id=max(anchor or incident.anchor_id, report_id),
        kind=kind,
        reason=reason.strip()[:200],
        by_id=actor.person_id,
        at=clock.now(),
    )


def _stands(first: int, second: int, kind: str) -> bool:
    low, high = min(first, second), max(first, second)
    return IncidentLink.objects.filter(first_id=low, second_id=high, kind=kind, ended_at=None).exists()


def _end_opposite(first: int, second: int) -> None:
    _end(first, second, IncidentLink.Kind.DIFFERENT)


def _end_same(first: int, second: int) -> None:
    _end(first, second, IncidentLink.Kind.SAME)


def _end(first: int, second: int, kind: str) -> None:
    low, high = min(first, second), max(first, second)
    rows = IncidentLink.objects.filter(first_id=low, second_id=high, kind=kind, ended_at=None)
    rows.update(ended_at=clock.now())


def _dirty(report_ids: Sequence[int]) -> None:
    Report.objects.filter(id__in=report_ids).update(**stirred())
