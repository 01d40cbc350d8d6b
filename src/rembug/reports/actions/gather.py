"""Writing incidents: a stable public code, their figures, who receives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Avg, F, Q
from numpy.typing import NDArray

from rembug.audit.actions import Act, Prepared, Ref, record_many
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.bulk import update_many
from rembug.reports.actions.deliver import deliver
from rembug.reports.models import Incident, Report
from rembug.reports.queries.incident_rows import Names, known_incidents
from rembug.reports.queries.stored import NONE, Stored
from rembug.reports.rules.figures import Figures, figures_of
from rembug.reports.rules.incidents import Labels
from rembug.reports.rules.observations import Observations
from rembug.reports.rules.summary import Incidents

CHUNK = 500  # on SQLite, whoever reports waits while one is written
FRESH = 125  # a new incident, with whoever receives it, takes several times as long
PLACED = {"is_public": "bool", "public_lon": "float8", "public_lat": "float8"}
COLUMNS = {
    "anchor_id": "bigint",
    "started_at": "timestamptz",
    "last_at": "timestamptz",
    "ended_at": "timestamptz",
    "report_count": "int",
    "witness_count": "int",
    "dry_count": "int",
    "depth_low_cm": "smallint",
    "depth_high_cm": "smallint",
    "depth_class": "text",
    "probability": "float8",
    "rung": "text",
    "merged_into_id": "bigint",
    "changed_at": "timestamptz",
}
RETIRED = {
    "merged_into_id": "bigint",
    "is_public": "bool",
    "report_count": "int",
    "changed_at": "timestamptz",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged table with what naming its incidents needs."""

    city: str
    table: Observations
    labels: Labels
    incidents: Incidents
    categories: Mapping[int, str]  # category number -> code
    stored: Stored


def write_incidents(judged: Judged, mask: NDArray[np.bool_], *, actor: Actor) -> dict[int, int]:
    """Write the incidents of the masked reports where they differ; return label -> incident id for all of them."""
    wanted = np.unique(judged.labels.incident[mask])
    wanted = wanted[wanted >= 0]
    if not len(wanted):
        return {}
    members = np.isin(judged.labels.incident, wanted)
    old = np.unique(judged.stored["old_incident"][members])
    known = known_incidents(judged.city, wanted.tolist(), old[old != NONE].tolist())
    names = Names.give(known, judged.labels.incident[members], judged.stored["old_incident"][members])
    figures = figures_of(judged.table, judged.incidents, wanted)
    changed = [
        (names.ids[label], figures[label])
        for label in wanted.tolist()
        if label in names.ids and known[names.ids[label]] != figures[label]
    ]
    for start in range(0, len(changed), CHUNK):
        _update(changed[start : start + CHUNK])
    fresh = [label for label in wanted.tolist() if label not in names.ids]
    for start in range(0, len(fresh), FRESH):
        names.ids.update(_create(judged, fresh[start : start + FRESH], figures, actor))
    return names.ids


def place_incidents(city: str, incident_ids: Iterable[int]) -> None:
    """Set where incidents stand in public: the mean of their members' masked points; hidden without such a member.

    One that comes to light or is hidden has changed now: whoever reads changes (cases) meets it then, however long ago
    it was made.
    """
    ids, now = sorted(incident_ids), clock.now()
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        visible = Q(state=Report.State.ACTIVE, visibility="public") & ~Q(public_lon=None)
        found = Report.objects.filter(visible, city=city, incident_id__in=part).values_list("incident_id")
        points = {
            i: (lon, lat) for i, lon, lat in found.annotate(lon=Avg("public_lon"), lat=Avg("public_lat"))
        }
        stored = Incident.objects.filter(id__in=part).values_list(
            "id", "merged_into_id", "is_public", "public_lon", "public_lat"
        )
        rows, turned = [], []
        for key, heir, *before in stored:
            lon, lat = points.get(key, (before[1], before[2]))
            after = [key in points and heir is None, round(lon, 5), round(lat, 5)]
            if after != before:
                rows.append([*after, key])
            if after[0] != before[0]:
                turned.append([now, key])
        with transaction.atomic():
            update_many("reports_incident", PLACED, rows)
            update_many("reports_incident", {"changed_at": "timestamptz"}, turned)


def retire_empty(
    city: str, left: set[int], old: NDArray[np.int64], new: NDArray[np.int64], *, actor: Actor
) -> None:
    """Point incidents that lost all their reports to where most of these went; their page leads there.

    `old` and `new` are the incidents of the reports that moved, in the same order.
    """
    chosen = sorted(left)
    for start in range(0, len(chosen), CHUNK):
        part = chosen[start : start + CHUNK]
        active = Report.objects.filter(incident_id__in=part, state=Report.State.ACTIVE)
        alive = set(active.values_list("incident_id", flat=True))
        empty = Incident.objects.filter(id__in=set(part) - alive).exclude(report_count=0)
        gone = list(empty.order_by("id").values_list("id", "code"))
        _retire(city, gone, _heirs({key for key, _ in gone}, old, new), actor)


def _heirs(gone: set[int], old: NDArray[np.int64], new: NDArray[np.int64]) -> dict[int, int]:
    """Return where most reports of each of these incidents went."""
    went: dict[int, Counter[int]] = {}
    moved = np.isin(old, sorted(gone)) & (new != NONE)
    for left, heir in zip(old[moved].tolist(), new[moved].tolist(), strict=True):
        went.setdefault(left, Counter())[heir] += 1
    return {left: counts.most_common(1)[0][0] for left, counts in went.items()}


def _retire(city: str, gone: Sequence[tuple[int, str]], heirs: Mapping[int, int], actor: Actor) -> None:
    now = clock.now()
    rows = [[heirs.get(key), False, 0, now, key] for key, _ in gone]
    with transaction.atomic():
        update_many("reports_incident", RETIRED, rows)
        record_many(Act(actor, "incident.retired", Ref("incident", code), city=city) for _, code in gone)


def _update(changed: list[tuple[int, Figures]]) -> None:
    """Write figures. Anchors move through negative numbers: the column is unique at every moment."""
    now = clock.now()
    moving = dict(Incident.objects.filter(id__in=[key for key, _ in changed]).values_list("id", "anchor_id"))
    leaving = [key for key, figures in changed if moving[key] != figures.anchor]
    taken = [figures.anchor for key, figures in changed if moving[key] != figures.anchor]
    with transaction.atomic():
        aside = Incident.objects.filter(Q(id__in=leaving) | Q(anchor_id__in=taken))
        update_many(
            "reports_incident", {"anchor_id": "bigint"}, [(-k, k) for k in aside.values_list("id", flat=True)]
        )
        update_many(
            "reports_incident", COLUMNS, [(*_values(figures), None, now, key) for key, figures in changed]
        )


def _create(
    judged: Judged, labels: list[int], figures: Mapping[int, Figures], actor: Actor
) -> dict[int, int]:
    now = clock.now()
    areas = dict(Report.objects.filter(id__in=labels).values_list("id", "area_code"))
    rows = [_new(judged, label, areas.get(label, ""), figures[label], now) for label in labels]
    entries = Prepared.of(
        Act(
            actor,
            "incident.opened",
            Ref("incident", row.code),
            {"category": row.category, "area": row.area_code},
            judged.city,
        )
        for row in rows
    )
    with transaction.atomic():
        # An anchor may still stand in a row that has lost this report: that row stands aside.
        Incident.objects.filter(anchor_id__in=labels).update(anchor_id=0 - F("id"))
        Incident.objects.bulk_create(rows, batch_size=500)
        deliver(rows, at=now, actor=actor)
        record_many(entries)
    return {row.anchor_id: row.id for row in rows}


def _new(judged: Judged, label: int, area: str, figures: Figures, now: datetime) -> Incident:
    at = int(np.searchsorted(judged.table.key, label))
    values = dict(zip(COLUMNS, (*_values(figures), None, now), strict=True))
    return Incident(
        city=judged.city,
        category=judged.categories.get(int(judged.table.category[at]), ""),
        area_code=area,
        public_lon=0.0,
        public_lat=0.0,
        **values,
    )


def _values(figures: Figures) -> tuple[Any, ...]:
    return (
        figures.anchor,
        _instant(figures.start),
        _instant(figures.last),
        None if figures.ended is None else _instant(figures.ended),
        figures.reports,
        figures.witnesses,
        figures.dry,
        figures.depth_low_cm,
        figures.depth_high_cm,
        figures.depth_class,
        figures.probability,
        figures.rung,
    )


def _instant(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)
