"""Case (a) of benchmarks/verification.py: the judge in the simulated city, and people who conspire against
it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks import simulated_city as sim
from benchmarks.dawid_skene import one_coin
from rembug.reports.rules.assess import assess
from rembug.reports.rules.calibration import brier, brier_skill, expected_calibration_error, log_loss
from rembug.reports.rules.incidents import link
from rembug.reports.rules.ladder import Rung
from rembug.reports.rules.learning import learn
from rembug.reports.rules.observations import Observations, Votes, observations, votes
from rembug.reports.rules.parameters import Parameters
from rembug.reports.rules.records import Decisions, community_record, source_record
from rembug.reports.rules.summary import Incidents, report_rungs, summarise

Array = np.ndarray[Any, Any]
ABOVE_PLAUSIBLE = (Rung.CORROBORATED, Rung.VERIFIED)
STEWARD = -9  # verifiers are nobody's neighbours


def judge_city(seed: int) -> dict[str, Any]:
    """Figures of one seed. Decisions of the first three days teach; reports of the later days are scored."""
    rng = np.random.default_rng(seed)
    city = sim.build_city(rng)
    made = sim.write_reports(rng, city)
    table, ballots = _table(made)
    parameters = learn(table, ballots)
    judged = assess(table, ballots, parameters)
    scored = made.day >= sim.EARLIER_DAYS
    said, truth = judged.probability[scored], made.true[scored].astype(float)
    labels = link(table, parameters)
    incidents = summarise(table, labels, judged, parameters)
    figures = {
        "scored_reports": int(scored.sum()),
        "decided_reports": int((made.decided != 0).sum()),
        "true_share": round(float(truth.mean()), 3),
        "brier": round(brier(said, truth), 4),
        "brier_skill": round(brier_skill(said, truth), 3),
        "ece": round(expected_calibration_error(said, truth), 4),
        "log_loss_nats": round(log_loss(said, truth), 4),
        "dawid_skene_log_loss_nats": _peer(made, scored),
        "untaught_brier": round(brier(assess(table, ballots).probability[scored], truth), 4),
    }
    figures |= _reached(table, labels.incident, incidents, made)
    rung = report_rungs(table, labels, judged, incidents, parameters)[scored]
    above = np.isin(rung, ABOVE_PLAUSIBLE)
    figures["true_reports_corroborated_share"] = round(float(above[truth > 0].mean()), 3)
    figures["false_reports_corroborated_share"] = round(float(above[truth == 0].mean()), 4)
    return figures | conspire(rng, made, table, ballots, parameters)


def _table(made: sim.Reports) -> tuple[Observations, Votes]:
    columns, found = made.columns, made.decided
    rows = np.flatnonzero(found)
    decisions = Decisions(
        report=columns["key"][rows],
        source=columns["source"][rows],
        community=columns["community"][rows],
        found_true=found[rows],
        decided=columns["received"][rows],
        decider=np.full(len(rows), STEWARD),
    )
    people, groups = source_record(decisions), community_record(decisions)
    right, wrong = people.without(columns["source"], found)
    group_right, group_wrong = groups.without(columns["community"], found)
    voter_right, voter_wrong = people.of(made.votes["voter"])
    table = observations(
        **columns,
        source_right=right,
        source_wrong=wrong,
        community_right=group_right,
        community_wrong=group_wrong,
        decision=found,
    )
    return table, votes(**made.votes, voter_right=voter_right, voter_wrong=voter_wrong)


def _peer(made: sim.Reports, scored: Array) -> float:
    """Best log-loss of one-coin Dawid-Skene over sizes of its items and limits of its certainty, chosen for
    it on the scored reports.
    """
    columns = made.columns
    x = columns["lon"] * sim.DEGREE_M
    y = columns["lat"] * sim.DEGREE_M
    wet = columns["claim"] > 0
    found_wet = np.where(made.decided > 0, wet, ~wet)
    _, person = np.unique(columns["source"], return_inverse=True)
    best = np.inf
    for metres in (100, 200, 400):
        for hours in (1, 2, 4):
            slot = columns["seen_to"] // (3600 * hours)
            place = np.stack([x // metres, y // metres, slot]).astype(np.int64)
            _, item = np.unique(place, axis=1, return_inverse=True)
            item = item.reshape(-1)
            rows = np.flatnonzero(made.decided)
            known = np.full(item.max() + 1, np.nan)
            known[item[rows]] = found_wet[rows]
            said = one_coin(item, person, wet, known, float(np.nanmean(known)))
            for limit in (0.01, 0.05, 0.1, 0.2):
                told = np.clip(said[scored], limit, 1 - limit)
                best = min(best, log_loss(told, made.true[scored].astype(float)))
    return round(float(best), 4)


def _reached(table: Observations, incident: Array, incidents: Incidents, made: sim.Reports) -> dict[str, Any]:
    """How many incidents of the scored days got above *plausible*, without any decision by a person on
    them.
    """
    rows = np.flatnonzero((incident >= 0) & (made.day >= sim.EARLIER_DAYS))
    at = np.searchsorted(incidents.label, incident[rows])
    k = len(incidents.label)
    true = np.bincount(at, made.true[rows], k)
    honest = np.bincount(at[_first_of_source(at, table.source[rows]) & made.true[rows]], minlength=k)
    undecided = incidents.decision == 0
    seen = (np.bincount(at, minlength=k) > 0) & undecided
    above = np.isin(incidents.rung, ABOVE_PLAUSIBLE)
    figures: dict[str, Any] = {}
    for name, low, high in (("2_to_4", 2, 4), ("5_to_20", 5, 20), ("over_20", 21, 10**9)):
        some = seen & (honest >= low) & (honest <= high)
        figures[f"true_incidents_{name}_witnesses_corroborated_share"] = round(float(above[some].mean()), 3)
    false = seen & (true == 0)
    figures["false_incidents_corroborated_share"] = round(float(above[false].mean()), 4)
    return figures


def _first_of_source(group: Array, source: Array) -> Array:
    _, first = np.unique(np.stack([group, source]), axis=1, return_index=True)
    mask = np.zeros(len(group), dtype=bool)
    mask[first] = True
    return mask


PLOTS = tuple(
    (metres, minutes, photos, confirm)
    for metres in (5.0, 60.0, 110.0)
    for minutes in (10.0, 120.0)
    for photos in (0.0, 0.6)
    for confirm in (False, True)
)


def conspire(
    rng: np.random.Generator,
    made: sim.Reports,
    table: Observations,
    ballots: Votes,
    parameters: Parameters,
) -> dict[str, Any]:
    """False incidents told by 200 new identities, and by 20 with good records, that rise above
    *plausible*.
    """
    risen = {"200_new": 0, "20_good": 0}
    odds = {"200_new": 0.0, "20_good": 0.0}
    for plot in PLOTS:
        for name in risen:
            fake, own = _fake(rng, made, plot, name)
            around = np.abs(table.seen_to - fake.seen_to.mean()) < 2 * parameters.affected_s
            both = _append(table.take(around), fake)
            ballot = _append_votes(ballots, own)
            judged = assess(both, ballot, parameters)
            labels = link(both, parameters)
            incidents = summarise(both, labels, judged, parameters)
            theirs = np.unique(labels.incident[np.isin(both.key, fake.key)])
            hit = np.isin(incidents.label, theirs)
            risen[name] += int(np.isin(incidents.rung[hit], ABOVE_PLAUSIBLE).sum())
            odds[name] = max(odds[name], float(incidents.probability[hit].max()))
    return {
        "plots_tried": 2 * len(PLOTS),
        "false_incidents_above_plausible_by_200_new": risen["200_new"],
        "false_incidents_above_plausible_by_20_good": risen["20_good"],
        "highest_probability_by_200_new": round(odds["200_new"], 3),
        "highest_probability_by_20_good": round(odds["20_good"], 3),
    }


def _fake(
    rng: np.random.Generator,
    made: sim.Reports,
    plot: tuple[float, float, float, bool],
    name: str,
) -> tuple[Observations, Votes]:
    """One plot in a dry place with nobody else's report of water within 400 m and six hours."""
    metres, minutes, photos, confirm = plot
    n, right = (200, 0) if name == "200_new" else (20, 6)
    place, moment = _quiet_place(rng, made)
    xy = place + rng.normal(0, metres, (n, 2))
    at = moment + rng.uniform(0, minutes * 60, n)
    has = rng.random(n) < photos
    looked = rng.random(n) < sim.BEHAVIOUR["photo_looked_at"]
    fits = rng.random(n) < sim.BEHAVIOUR["looked_fits_false"]
    source = 10**7 + np.arange(n)
    fake = observations(
        key=10**7 + np.arange(n),
        category=np.zeros(n),
        lon=sim.WEST + xy[:, 0] / sim.DEGREE_M / np.cos(np.radians(sim.SOUTH)),
        lat=sim.SOUTH + xy[:, 1] / sim.DEGREE_M,
        seen_from=at - 600,
        seen_to=at,
        source=source,
        accuracy_m=np.full(n, 8.0),
        area=np.full(n, 10**6),
        photo=has * (sim.HAS + looked * np.where(fits, sim.FITS, sim.MISFIT)),
        source_right=rng.integers(right // 2, right + 1, n),
    )
    pairs = np.repeat(np.arange(n), 5 if confirm else 0)
    friend = rng.integers(0, n, len(pairs))
    own = votes(
        report=fake.key[pairs],
        voter=source[friend],
        value=np.ones(len(pairs)),
        cast=at[pairs] + 60,
        voter_right=fake.source_right[friend],
        voter_wrong=np.zeros(len(pairs)),
    )
    return fake, own


def _quiet_place(rng: np.random.Generator, made: sim.Reports) -> tuple[Array, float]:
    lon = (made.columns["lon"] - sim.WEST) * sim.DEGREE_M * np.cos(np.radians(sim.SOUTH))
    lat = (made.columns["lat"] - sim.SOUTH) * sim.DEGREE_M
    while True:
        place = rng.uniform(300, sim.SIDE * sim.CELL_M - 300, (1, 2))
        moment = sim.START + rng.uniform(sim.EARLIER_DAYS, sim.DAYS - 1) * 86_400
        near = np.hypot(lon - place[0, 0], lat - place[0, 1]) < 400
        near &= np.abs(made.columns["seen_to"] - moment) < 6 * 3600
        if not (near & made.true & (made.columns["claim"] > 0)).any():
            return place, moment


def _append(one: Observations, two: Observations) -> Observations:
    names = one.__dataclass_fields__
    both = replace(one, **{name: np.concatenate([getattr(one, name), getattr(two, name)]) for name in names})
    return both.take(np.argsort(both.key, kind="stable"))


def _append_votes(one: Votes, two: Votes) -> Votes:
    names = one.__dataclass_fields__
    return Votes(**{name: np.concatenate([getattr(one, name), getattr(two, name)]) for name in names})
