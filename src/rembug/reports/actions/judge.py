"""Judging: what a change reaches is loaded, judged by the rules, and written back where it differs.

Reading and reckoning hold no lock; only the short writes do. One judge works at a time (a lease), and a run that
dies is run again, because reports are marked as settled only after everything else is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from rembug.audit.actions import Ref, record
from rembug.lib.actor import Actor
from rembug.reports.actions import verdicts
from rembug.reports.actions.gather import Judged, place_incidents, retire_empty, write_incidents
from rembug.reports.models import Report
from rembug.reports.queries import table as tables
from rembug.reports.queries.stored import NONE, Stored, read, together
from rembug.reports.queries.waiting import standing
from rembug.reports.rules.affected import affected
from rembug.reports.rules.assess import RULES_VERSION, Before, assess
from rembug.reports.rules.incidents import link
from rembug.reports.rules.packed import contributions
from rembug.reports.rules.summary import report_rungs, summarise

SAME_ODDS = 0.005  # half a percentage point of probability at the most: not worth a write


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: how many reports it read and wrote, how many rungs changed, the hash over all results."""

    read: int = 0
    written: int = 0
    rungs_changed: int = 0
    incidents: int = 0
    root: str = ""


def judge(city: str, changed: Sequence[int], *, actor: Actor, exact: bool) -> Outcome:
    """Judge again what these reports reach.

    `exact` judges every report whose result may differ; otherwise only the given ones, which is what new reports need
    to be on the map at once (their neighbours follow with the next exact run).
    """
    given = tables.ways(city)
    centres = read(Report.objects.filter(id__in=list(changed)))
    left = set(centres["old_incident"].tolist()) - {NONE}
    stored = _context(city, changed, left, given, exact=exact)
    table = tables.table_of(stored, given)
    own = np.isin(table.key, centres["id"])
    if exact and len(stored):
        own = own | affected(table, tables.table_of(centres, given), given.parameters)
    # Of all others what was found before still holds: not all that is around them has been loaded.
    said, known = contributions(stored["reasons"])
    before = Before(known & ~own, stored["old_odds"], said)
    return _Board(city, stored, given, before).write(own, left, actor=actor)


def judge_all(city: str, *, actor: Actor) -> Outcome:
    """Judge every report of the city again from nothing but what is stored."""
    board = _Board(city, read(standing(city)), tables.ways(city))
    return board.write(np.ones(len(board.table), dtype=np.bool_), set(), actor=actor)


class _Board:
    """A loaded set of reports, judged."""

    def __init__(self, city: str, stored: Stored, given: tables.Ways, before: Before | None = None) -> None:
        self.city, self.given, self.stored = city, given, stored
        self.table = tables.table_of(stored, given)
        same, different = tables.links_of(city)
        parameters = given.parameters
        self.judged = assess(self.table, tables.votes_of(city, stored, given), parameters, before)
        self.before = np.zeros(len(stored), dtype=np.bool_) if before is None else before.holds
        self.labels = link(self.table, parameters, must=same, cannot=different)
        follow_ups = tables.follow_ups_of(city, self.table.key.tolist())
        self.incidents = summarise(self.table, self.labels, self.judged, parameters, follow_ups)
        self.rungs = report_rungs(self.table, self.labels, self.judged, self.incidents, parameters)

    def write(self, mask: NDArray[np.bool_], left: set[int], *, actor: Actor) -> Outcome:
        """Write the masked rows that differ, the incidents they belong to, and retire those that all have left."""
        categories = {number: code for code, number in self.given.category_ids.items()}
        judged = Judged(self.city, self.table, self.labels, self.incidents, categories, self.stored)
        incident_ids = write_incidents(judged, mask, actor=actor)
        incident = _numbers_of(self.labels.incident, incident_ids)
        old = self.stored["old_incident"]
        # Members of a written incident that stand under another one move at once, so that its sums hold.
        moved = (incident != old) & (incident != NONE)
        mask = mask | moved
        rung_differs = self.rungs != self.stored["old_rung"]
        differs = (np.abs(self.judged.log_odds - self.stored["old_odds"]) >= SAME_ODDS) | rung_differs
        rows = np.flatnonzero(mask & (differs | (incident != old)))
        found = verdicts.Verdicts(
            self.city, self.table, self.judged, self.rungs, incident, self.stored, self.before
        )
        root = verdicts.write(found, rows, actor=actor)
        gone = (set(old[rows][incident[rows] != old[rows]].tolist()) | left) - {NONE}
        retire_empty(self.city, gone, old[rows], incident[rows], actor=actor)
        place_incidents(self.city, gone | set(np.unique(incident[rows]).tolist()) - {NONE})
        self._log(len(rows), root, actor)
        changed = int((rung_differs & mask).sum())
        return Outcome(len(self.table), len(rows), changed, len(incident_ids), root)

    def _log(self, written: int, root: str, actor: Actor) -> None:
        if not written:
            return
        data: dict[str, object] = {
            "rules": RULES_VERSION,
            "read": len(self.table),
            "written": written,
            "root": root,
        }
        record(actor=actor, verb="reports.assessed", obj=Ref("city", self.city), data=data, city=self.city)


def _numbers_of(labels: NDArray[np.int64], incident_ids: dict[int, int]) -> NDArray[np.int64]:
    """Return the incident number of each label; -1 for reports of no incident, and for labels that were not written."""
    if not incident_ids:
        return np.full(len(labels), NONE, dtype=np.int64)
    known = np.array(sorted(incident_ids), dtype=np.int64)
    numbers = np.array([incident_ids[label] for label in known.tolist()], dtype=np.int64)
    at = np.minimum(np.searchsorted(known, labels), len(known) - 1)
    return np.where(known[at] == labels, numbers[at], NONE)


def _context(city: str, changed: Sequence[int], left: set[int], given: tables.Ways, *, exact: bool) -> Stored:
    """Load all that can matter: the reach in space and time, and all members of the incidents touched."""
    near = Q(pk__in=[])
    rows = Report.objects.filter(id__in=list(changed)).values_list("category", "cell", "observed_at")
    places: dict[str, list[tuple[str, datetime]]] = {}
    for category, cell, at in rows:
        places.setdefault(category, []).append((cell, at))
    for category, spots in places.items():
        metres, reach = _reach(given, category, exact=exact)
        times = [at for _, at in spots]
        cells = tables.cells_around((cell for cell, _ in spots), metres)
        span = {"observed_at__gte": min(times) - reach, "observed_at__lte": max(times) + reach}
        near |= Q(category=category, cell__in=cells, **span)
    stored = read(standing(city).filter(near), reasons=True)
    active = Report.objects.filter(id__in=list(changed), state=Report.State.ACTIVE, city=city)
    fresh = read(active, reasons=True)
    stored = together(stored, fresh)
    members = standing(city).filter(incident_id__in=_touched(city, stored) | left).exclude(near)
    return together(stored, read(members, reasons=True))


def _reach(given: tables.Ways, category: str, *, exact: bool) -> tuple[float, timedelta]:
    """Return how far around a report of this category others are loaded."""
    number = given.category_ids.get(category, 0)
    metres, seconds = given.parameters.carries(number)
    if exact:
        return 2 * metres, timedelta(seconds=2 * seconds)
    return metres / 2, timedelta(seconds=max(seconds / 2, given.parameters.of(number).link_s))


def _touched(city: str, stored: Stored) -> set[int]:
    """Return the incidents of these reports, and those that people or senders joined to them."""
    touched = set(np.unique(stored["old_incident"]).tolist())
    keys = set(stored["id"].tolist())
    same, different = tables.links_of(city)
    ends = {end for pair in (*same, *different) if keys & set(pair) for end in pair} - keys
    if ends:
        touched.update(
            Report.objects.filter(id__in=ends).exclude(incident=None).values_list("incident_id", flat=True)
        )
    return touched - {NONE}
