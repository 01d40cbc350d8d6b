"""Stored reports as the table that the rules judge, and what else they need: records, votes, follow-ups, links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import h3
import numpy as np
from django.db.models import Q

from rembug.reports.models import Category, Followup, IncidentLink, Learnt, Report, Vote
from rembug.reports.queries.stored import NONE, Stored, area_number, number_of
from rembug.reports.rules import records
from rembug.reports.rules.observations import Observations, Votes, observations, votes
from rembug.reports.rules.parameters import Parameters, Reach
from rembug.reports.rules.summary import FollowUps

CELL_STEP_M = 260.0  # least distance between neighbouring centres of H3 resolution 9
LATE_S = 8 * 86_400.0
MANY = 20_000  # above this, all rows of the city are read instead of those of a list of keys


@dataclass(frozen=True, slots=True)
class Ways:
    """How a city's categories reach, and the decisions of persons so far."""

    parameters: Parameters
    category_ids: dict[str, int]
    sources: records.Record
    communities: records.Record


def ways(city: str) -> Ways:
    """Read the reach of each category and count all decisions of the city."""
    ids, reach = {}, {}
    for row in Category.objects.filter(city=city):
        ids[row.code] = row.id
        reach[row.id] = Reach(
            witness_m=max(row.link_m, 100.0),
            witness_s=min(row.link_s, 2 * 3600.0) if row.is_flood else row.link_s / 3,
            link_m=row.link_m,
            link_s=row.link_s,
        )
    decided = Report.objects.filter(~Q(decided=""), city=city).values_list("source", "body_id", "decided")
    rows = list(decided.iterator())
    truth = np.array([1 if d == "true" else -1 for _, _, d in rows], dtype=np.int64)
    source = np.array([number_of(s) for s, _, _ in rows], dtype=np.int64)
    community = np.array([NONE if b is None else b for _, b, _ in rows], dtype=np.int64)
    order = np.arange(len(rows))
    nobody = np.full(len(rows), -2)  # who decided matters nowhere here: nobody decides their own report
    decisions = records.Decisions(order, source, community, truth, order.astype(np.float64), nobody)
    return Ways(
        parameters_of(city, reach),
        ids,
        records.source_record(decisions),
        records.community_record(decisions),
    )


def parameters_of(city: str, reach: dict[int, Reach]) -> Parameters:
    """Return the parameters of the rules with what decisions have taught here."""
    learnt = Learnt.objects.filter(city=city).order_by("-at").first()
    if learnt is None:
        return Parameters(reach=reach)
    knots = tuple((float(x), float(y)) for x, y in learnt.knots)
    return Parameters(reach=reach, weights=learnt.weights, knots=knots)


def table_of(stored: Stored, given: Ways) -> Observations:
    """Return the table of stored reports, in order of id, with the track records of their senders."""
    decision, source, community = stored["decision"], stored["source"], stored["body"]
    source_right, source_wrong = given.sources.without(source, decision)
    community_right, community_wrong = given.communities.without(community, decision)
    accuracy = np.where(np.isnan(stored["accuracy_m"]), stored["usual_m"], stored["accuracy_m"])
    codes = {code: given.category_ids.get(code, 0) for code in set(stored["category"].tolist())}
    return observations(
        key=stored["id"],
        category=np.array([codes[code] for code in stored["category"].tolist()], dtype=np.int64),
        claim=stored["claim"],
        seen_from=np.minimum(stored["seen_from"], stored["seen_to"]),
        seen_to=stored["seen_to"],
        received=stored["received"],
        lon=stored["lon"],
        lat=np.clip(stored["lat"], -85.0, 85.0),
        accuracy_m=np.minimum(accuracy, 1e5),
        located=stored["located"],
        area=stored["area"],
        source=source,
        community=community,
        depth_low_cm=stored["depth_low_cm"],
        depth_high_cm=stored["depth_high_cm"],
        photo=stored["photo"],
        physics=stored["physics"],
        text_hash=stored["text_hash"],
        channel=stored["channel"],
        place_sane=stored["place_ok"],
        # An archive comes in years later; a phone does not.
        time_sane=((stored["received"] - stored["seen_to"]) < LATE_S)
        | (stored["channel"] == area_number("import")),
        source_right=source_right,
        source_wrong=source_wrong,
        community_right=community_right,
        community_wrong=community_wrong,
        decision=decision,
    )


def votes_of(city: str, stored: Stored, given: Ways) -> Votes:
    """Return the votes on these reports: a voice on an incident speaks of each of its reports."""
    cast = Vote.objects.filter(incident__city=city).values_list("incident_id", "source", "value", "at")
    incidents = set(np.unique(stored["old_incident"]).tolist()) - {NONE}
    chosen = (
        cast
        if len(incidents) > MANY
        else _in_chunks(incidents, lambda part: cast.filter(incident_id__in=part))
    )
    by_incident: dict[int, list[tuple[int, int, float]]] = {}
    for incident, source, value, at in chosen:
        by_incident.setdefault(incident, []).append((number_of(source), value, at.timestamp()))
    if not by_incident:
        return votes()
    spoken_of = np.flatnonzero(np.isin(stored["old_incident"], np.array(list(by_incident))))
    lines = [
        (int(stored["id"][at]), *voice)
        for at in spoken_of.tolist()
        for voice in by_incident[int(stored["old_incident"][at])]
    ]
    if not lines:
        return votes()
    report, voter, value, at = zip(*lines, strict=True)
    voters = np.array(voter, dtype=np.int64)
    right, wrong = given.sources.of(voters)
    return votes(
        report=np.array(report),
        voter=voters,
        value=np.array(value),
        cast=np.array(at),
        voter_right=right,
        voter_wrong=wrong,
    )


def follow_ups_of(city: str, keys: Sequence[int]) -> FollowUps:
    """Return the taps "still" and "gone" on these reports' receipts."""
    taps = Followup.objects.filter(report__city=city).values_list("report_id", "at", "value")
    chosen = taps if len(keys) > MANY else _in_chunks(keys, lambda part: taps.filter(report_id__in=part))
    rows = sorted((report, at.timestamp(), value) for report, at, value in chosen)
    return FollowUps(
        np.array([r for r, _, _ in rows], dtype=np.int64),
        np.array([a for _, a, _ in rows], dtype=np.float64),
        np.array([v == "still" for _, _, v in rows], dtype=np.bool_),
    )


def links_of(city: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return (same, different): pairs of report ids as people joined and parted them.

    "It is this one" joins a report to the anchor of the incident that its sender named.
    """
    rows = IncidentLink.objects.filter(city=city, ended_at=None).values_list("first_id", "second_id", "kind")
    same = [(a, b) for a, b, kind in rows if kind == IncidentLink.Kind.SAME]
    said = Report.objects.filter(~Q(joins=None), city=city).values_list("id", "joins__anchor_id")
    same += [(key, anchor) for key, anchor in said if key != anchor]
    return same, [(a, b) for a, b, kind in rows if kind == IncidentLink.Kind.DIFFERENT]


def cells_around(cells: Iterable[str], metres: float) -> set[str]:
    """Return all H3 cells (resolution 9) that hold a point within this distance of a point of the given cells."""
    steps = int(metres // CELL_STEP_M) + 2
    found: set[str] = set()
    for cell in set(cells):
        found.update(h3.grid_disk(cell, steps))
    return found


def _in_chunks(keys: Iterable[int], read: Any, size: int = 5_000) -> Iterable[Any]:
    listed = list(keys)
    for start in range(0, len(listed), size):
        yield from read(listed[start : start + size])
