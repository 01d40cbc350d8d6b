"""What is known about each incident, from its members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .assess import Assessment
from .incidents import Labels
from .ladder import rungs
from .neighbours import Points, ground_m, near_pairs
from .observations import Bools, Claim, Floats, Ints, Observations, Photo
from .parameters import SIGNALS, Parameters
from .witnesses import group_ids, is_known, summed

UPPER = 0.75
FOR = ("witnesses_known", "witnesses_new")
AGAINST = ("against_known", "against_new")


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Taps of reporters on their receipt, arrays (m,): still there, or gone (*masih / sudah surut*)."""

    report: Ints
    at: Floats  # epoch seconds
    still: Bools


@dataclass(frozen=True, slots=True)
class Incidents:
    """One row an incident, sorted by `label`; arrays (k,)."""

    label: Ints
    category: Ints
    area: Ints
    reports: Ints
    witnesses: Ints  # different sources
    independent: Floats  # their independence added up
    credible: Floats  # of those: known sources or with a photo that a person found fitting
    # voices whose photo a person found fitting, minus those whose photo was reused or does not fit
    hard: Floats
    backed: Bools  # enough for *corroborated*
    probability: Floats
    decision: Ints
    rung: Ints
    depth_low_cm: Floats
    depth_high_cm: Floats
    lon: Floats
    lat: Floats
    start: Floats
    last_seen: Floats  # last sign of it
    ended: Floats  # first word that it is over after the last sign; nan while it lasts


def summarise(
    table: Observations,
    labels: Labels,
    judged: Assessment,
    parameters: Parameters | None = None,
    follow_ups: FollowUps | None = None,
) -> Incidents:
    """Incidents of the table, which must hold all members of each and the dry reports around them."""
    parameters = parameters or Parameters()
    rows = np.flatnonzero(labels.incident >= 0)
    label, group = np.unique(labels.incident[rows], return_inverse=True)
    k = len(label)
    part = table.take(rows)
    first = np.zeros(k, dtype=np.int64)
    first[group[::-1]] = rows[::-1]
    evidence = _evidence(part, group, k, judged.testimony.weight[rows], parameters)
    decision = _decision(part, group, k)
    counted = part.decision >= 0
    # Not the best member: in a crowd of colluders one photo passes by chance.
    odds = _quantile(judged.log_odds[rows], group, k, counted, UPPER)
    odds = np.where(np.isnan(odds), _greatest(judged.log_odds[rows], group, k, counted), odds)
    probability = _probability(odds, evidence["backed"] > 0, decision, parameters)
    strong = (np.abs(odds[group] - judged.log_odds[rows]) < 1e-9) & counted
    against = _greatest(_signal(judged, AGAINST, -1.0)[rows], group, k, strong)
    support = _greatest(_signal(judged, FOR, 1.0)[rows], group, k, strong)
    rung = rungs(probability, decision, support, against, evidence["backed"].astype(bool), parameters)
    last, ended = _end(table, judged, (rows, group, k), parameters, follow_ups)
    return Incidents(
        label=label,
        category=table.category[first],
        area=table.area[first],
        reports=np.bincount(group, minlength=k).astype(np.int64),
        witnesses=evidence["voices"].astype(np.int64),
        independent=evidence["independent"],
        credible=evidence["credible"],
        hard=evidence["hard"],
        backed=evidence["backed"].astype(bool),
        probability=probability,
        decision=decision,
        rung=rung,
        depth_low_cm=_quantile(part.depth_low_cm, group, k, counted, 0.25),
        depth_high_cm=_quantile(part.depth_high_cm, group, k, counted, 0.75),
        lon=_quantile(part.lon, group, k, counted | True, 0.5),
        lat=_quantile(part.lat, group, k, counted | True, 0.5),
        start=-_greatest(-part.seen_from, group, k, counted),
        last_seen=last,
        ended=ended,
    )


def _probability(odds: Floats, backed: Bools, decision: Ints, parameters: Parameters) -> Floats:
    """A person's decision wins; what people can make by agreeing with each other never promises all."""
    probability = np.round(1 / (1 + np.exp(-odds)), 6)
    probability = np.where(backed, probability, np.minimum(probability, parameters.words_limit))
    sure = parameters.decided_probability
    return np.asarray(np.select([decision > 0, decision < 0], [sure, 1 - sure], probability))


def report_rungs(
    table: Observations,
    labels: Labels,
    judged: Assessment,
    incidents: Incidents,
    parameters: Parameters | None = None,
) -> NDArray[np.int64]:
    """Rung of each report (n,): its own probability and decision, *corroborated* only inside a backed
    incident.
    """
    backed = np.zeros(len(table), dtype=bool)
    if len(incidents.label):
        at = np.minimum(np.searchsorted(incidents.label, labels.incident), len(incidents.label) - 1)
        backed = (incidents.label[at] == labels.incident) & incidents.backed[at]
    sane = table.place_sane & table.time_sane & ((table.photo & (Photo.REUSED | Photo.MISFIT)) == 0)
    votes = _signal(judged, ("votes_known", "votes_new"), 1.0)
    support = _signal(judged, FOR, 1.0) + np.maximum(votes, 0)
    against = _signal(judged, AGAINST, -1.0) + np.maximum(-votes, 0)
    return rungs(judged.probability, table.decision, support, against, backed & sane, parameters)


def _signal(judged: Assessment, names: tuple[str, ...], sign: float) -> Floats:
    return np.asarray(sign * judged.contributions[:, [SIGNALS.index(name) for name in names]].sum(axis=1))


def _evidence(
    part: Observations, group: Ints, k: int, weight: Floats, parameters: Parameters
) -> dict[str, Floats]:
    """Voices of each incident, one a source; see docs/algorithms/verification.md, "What lifts to which
    rung".
    """
    fits = (part.photo & Photo.FITS) > 0
    bad = (part.photo & (Photo.REUSED | Photo.MISFIT)) > 0
    credible = (is_known(part.source_right, part.source_wrong) | fits) & ~bad
    counted = part.decision >= 0
    voice = group_ids([group, part.source])
    m = int(voice.max(initial=-1)) + 1
    home = np.zeros(m, dtype=np.int64)
    home[voice] = group

    def per_voice(values: NDArray[Any]) -> Floats:
        best = np.zeros(m)
        np.maximum.at(best, voice, values)
        return summed(home, best, k)

    voices = per_voice(counted * 1.0)
    trusted = per_voice(counted * credible * weight)
    hard = per_voice(counted * fits * ~bad * 1.0) - per_voice(bad * 1.0)
    people = per_voice(counted * credible * 1.0)
    physics = summed(group, part.physics * counted, k) / np.maximum(summed(group, counted, k), 1)
    needed = np.maximum(1.0, parameters.checked_share * voices)
    beyond_words = (hard >= needed) | (physics >= 1.0) | (trusted > parameters.clique)
    backed = (people >= 2) & (trusted >= 1.4) & beyond_words
    return {
        "voices": voices,
        "independent": np.round(per_voice(counted * weight), 3),
        "credible": np.round(trusted, 3),
        "hard": hard,
        "backed": backed.astype(np.float64),
    }


def _decision(part: Observations, group: Ints, k: int) -> Ints:
    """Found true if any member was; found false only if every member was."""
    best = np.full(k, -1, dtype=np.int64)
    np.maximum.at(best, group, part.decision)
    return best


def _greatest(values: Floats, group: Ints, k: int, counted: Bools) -> Floats:
    """Greatest counted value of each group; of all values where none counts."""
    best, fallback = np.full(k, -np.inf), np.full(k, -np.inf)
    np.maximum.at(best, group[counted], values[counted])
    np.maximum.at(fallback, group, values)
    return np.where(np.isfinite(best), best, fallback)


def _quantile(values: Floats, group: Ints, k: int, counted: Bools, share: float) -> Floats:
    """Nearest-rank quantile of the known values of each group, nan where none is known."""
    use = counted & np.isfinite(values)
    order = np.lexsort((values[use], group[use]))
    ordered, sizes = values[use][order], np.bincount(group[use], minlength=k)
    start = np.cumsum(sizes) - sizes
    result = np.full(k, np.nan)
    some = sizes > 0
    result[some] = ordered[start[some] + np.rint((sizes[some] - 1) * share).astype(np.int64)]
    return result


def _end(
    table: Observations,
    judged: Assessment,
    groups: tuple[Ints, Ints, int],
    parameters: Parameters,
    follow_ups: FollowUps | None,
) -> tuple[Floats, Floats]:
    """Last sign of each incident and the first later word that it is over."""
    rows, group, k = groups
    last = _greatest(table.seen_to[rows], group, k, table.decision[rows] >= 0)
    incident_of = np.full(len(table), -1, dtype=np.int64)
    incident_of[rows] = group
    over: list[tuple[Ints, Floats]] = list(_dry(table, judged, rows, incident_of, parameters))
    if follow_ups is not None and len(follow_ups.report):
        at = np.minimum(np.searchsorted(table.key, follow_ups.report), len(table) - 1)
        whose = np.where(table.key[at] == follow_ups.report, incident_of[at], -1)
        still = follow_ups.still & (whose >= 0)
        np.maximum.at(last, whose[still], follow_ups.at[still])
        gone = ~follow_ups.still & (whose >= 0)
        over.append((whose[gone], follow_ups.at[gone]))
    ended = np.full(k, np.inf)
    for whose, when in over:
        later = when > last[whose]
        np.minimum.at(ended, whose[later], when[later])
    return last, np.where(np.isfinite(ended), ended, np.nan)


def _dry(
    table: Observations, judged: Assessment, rows: Ints, incident_of: Ints, parameters: Parameters
) -> list[tuple[Ints, Floats]]:
    """Believed "dry here" reports within link distance of a member, as (incident, time)."""
    x, y, scale = table.mercator
    points = Points(x, y, scale, table.seen_to)
    found = []
    for category in np.unique(table.category):
        reach = parameters.of(int(category))
        dry = np.flatnonzero(
            (table.claim == Claim.ABSENT)
            & (table.category == category)
            & (judged.probability >= parameters.plausible)
        )
        wet = rows[table.category[rows] == category]
        for i, j in near_pairs(points.take(dry), points.take(wet), reach.link_m, reach.link_s):
            a, b = dry[i], wet[j]
            close = ground_m(points, a, points, b) <= reach.link_m
            found.append((incident_of[b[close]], table.seen_to[a[close]]))
    return found
