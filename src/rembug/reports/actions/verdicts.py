"""Writing many verdicts fast, on either database, in short transactions so that intake never waits long."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from rembug.audit.actions import Act, Prepared, Ref, record_many
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.bulk import shared, update_many
from rembug.reports.models import Report
from rembug.reports.queries.stored import NONE, Stored
from rembug.reports.rules.assess import Assessment
from rembug.reports.rules.ladder import Rung
from rembug.reports.rules.observations import Observations
from rembug.reports.rules.packed import pack

CHUNK = 500  # on SQLite, whoever reports waits while one is written
RUNGS = [rung.name.lower() for rung in Rung]
Row = tuple[float, float, str, bytes, int | None, int]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a run says of each report of its table; arrays of shape (n,)."""

    city: str
    table: Observations
    judged: Assessment
    rungs: NDArray[np.int64]
    incident: NDArray[np.int64]  # -1: none
    stored: Stored
    before: NDArray[np.bool_]  # what was said of these still holds

    def rows(self, chosen: NDArray[np.int64]) -> list[Row]:
        """Return (log-odds, probability, rung, reasons, incident, id) of the chosen rows."""
        reasons = pack(self.table, self.judged, chosen)
        for at in np.flatnonzero(self.before[chosen]).tolist():
            reasons[at] = self.stored["reasons"][chosen[at]]
        incidents = [None if number == NONE else number for number in self.incident[chosen].tolist()]
        return list(
            zip(
                self.judged.log_odds[chosen].tolist(),
                self.judged.probability[chosen].tolist(),
                [RUNGS[number] for number in self.rungs[chosen].tolist()],
                reasons,
                incidents,
                self.table.key[chosen].tolist(),
                strict=True,
            )
        )


def write(found: Verdicts, chosen: NDArray[np.int64], *, actor: Actor) -> str:
    """Write the chosen rows in chunks of one transaction each and return the SHA-256 over all of them.

    A run that dies between two chunks is simply run again.
    """
    digest = hashlib.sha256()

    def chunks() -> Iterator[tuple[list[Row], Prepared]]:
        for start in range(0, len(chosen), CHUNK):
            part = chosen[start : start + CHUNK]
            rows = found.rows(part)
            for odds, _, rung, _, incident, key in rows:
                digest.update(f"{key}:{odds:.4f}:{rung}:{incident or 0}\n".encode())
            yield rows, Prepared.of(_acts(found, part, actor))

    shared(chunks(), _store)
    return digest.hexdigest()


def _store(chunk: tuple[list[Row], Prepared]) -> None:
    rows, entries = chunk
    with transaction.atomic():
        _update(rows)
        record_many(entries)


def _acts(found: Verdicts, part: NDArray[np.int64], actor: Actor) -> list[Act]:
    """Return an act for each report whose rung changed: the log tells of steps, not of every decimal."""
    before = found.stored["old_rung"]
    moved = part[found.rungs[part] != before[part]]
    if not len(moved):
        return []
    codes = dict(Report.objects.filter(id__in=found.table.key[moved].tolist()).values_list("id", "code"))
    acts = []
    for at in moved.tolist():
        data: dict[str, object] = {
            "from": RUNGS[int(before[at])],
            "to": RUNGS[int(found.rungs[at])],
            "probability": f"{float(found.judged.probability[at]):.2f}",
        }
        report = Ref("report", codes[int(found.table.key[at])])
        acts.append(Act(actor, "report.rung_changed", report, data, found.city))
    return acts


def _update(rows: list[Row]) -> None:
    now = clock.now()
    columns = {
        "log_odds": "float8",
        "probability": "float8",
        "rung": "text",
        "packed_reasons": "bytea",
        "incident_id": "bigint",
        "changed_at": "timestamptz",
    }
    update_many("reports_report", columns, [(*row[:5], now, row[5]) for row in rows])
