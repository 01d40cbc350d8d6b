"""Which reports are one happening, what is known of it, and on which rung it stands."""

from __future__ import annotations

import numpy as np

from rembug.reports.rules.assess import assess
from rembug.reports.rules.incidents import link
from rembug.reports.rules.ladder import Rung, may_decide, rungs
from rembug.reports.rules.observations import Claim, Observations, Photo
from rembug.reports.rules.summary import FollowUps, Incidents, report_rungs, summarise
from rembug.reports.tests.rules.made import NOON, street

FITS = Photo.HAS | Photo.FITS


def _summary(table: Observations, follow_ups: FollowUps | None = None) -> Incidents:
    return summarise(table, link(table), assess(table), follow_ups=follow_ups)


def test_near_reports_of_one_category_and_area_are_one_incident_named_by_the_smallest_key() -> None:
    labels = link(street(east=[0, 60, 120], key=[9, 4, 7]))
    assert labels.incident.tolist() == [4, 4, 4]


def test_category_area_distance_and_silence_part_incidents() -> None:
    assert len(set(link(street(east=[0, 10], category=[0, 1])).incident)) == 2
    assert len(set(link(street(east=[0, 10], area=[1, 2])).incident)) == 2
    assert len(set(link(street(east=[0, 400])).incident)) == 2
    assert len(set(link(street(east=[0, 10], minute=[0, 7 * 60])).incident)) == 2


def test_dry_reports_belong_to_no_incident() -> None:
    assert link(street(east=[0, 10], claim=[1, -1])).incident.tolist() == [1, -1]


def test_people_join_and_part_incidents_and_always_win() -> None:
    table = street(east=[0, 60, 2000])
    assert link(table, must=[(1, 3)]).incident.tolist() == [1, 1, 1]
    assert link(table, cannot=[(1, 2)]).incident.tolist() == [1, 2, 3]
    kept = link(table, must=[(1, 2)], cannot=[(1, 2)])
    assert kept.incident.tolist() == [1, 1, 3]
    assert kept.conflicts == ((1, 2),)


def test_a_report_between_two_that_must_not_meet_goes_to_the_nearer() -> None:
    labels = link(street(east=[0, 40, 130]), cannot=[(1, 3)])
    assert labels.incident.tolist() == [1, 1, 3]
    assert labels.component.tolist() == [1, 1, 1]


def test_a_million_times_the_same_spot_costs_no_quadratic_time() -> None:
    n = 20_000
    labels = link(street(east=np.zeros(n), minute=np.arange(n) % 60))
    assert set(labels.incident.tolist()) == {1}


def test_an_incident_tells_depth_people_begin_and_end() -> None:
    table = street(
        east=[0, 50, 80, 60],
        minute=[0, 10, 30, 120],
        claim=[1, 1, 1, Claim.ABSENT],
        source=[1, 2, 2, 3],
        source_right=[0, 0, 0, 4],
        depth_low_cm=[15, 35, 35, np.nan],
        depth_high_cm=[35, 55, 55, np.nan],
    )
    found = _summary(table)
    assert found.label.tolist() == [1]
    assert (found.reports[0], found.witnesses[0]) == (3, 2)
    assert (found.depth_low_cm[0], found.depth_high_cm[0]) == (15, 55)
    assert (found.start[0], found.last_seen[0], found.ended[0]) == (NOON, NOON + 1800, NOON + 7200)


def test_still_prolongs_and_gone_ends_an_incident() -> None:
    table = street(east=[0, 50])
    taps = FollowUps(np.array([1, 2]), np.array([NOON + 600, NOON + 900]), np.array([True, False]))
    found = _summary(table, taps)
    assert (found.last_seen[0], found.ended[0]) == (NOON + 600, NOON + 900)
    assert np.isnan(_summary(table).ended[0])


def test_known_witnesses_and_a_photo_that_a_person_checked_corroborate() -> None:
    table = street(east=[0, 60, 110], minute=[0, 10, 20], source_right=[3, 3, 3], photo=[0, FITS, 0])
    judged, labels = assess(table), link(table)
    found = summarise(table, labels, judged)
    assert found.rung.tolist() == [Rung.CORROBORATED]
    assert set(report_rungs(table, labels, judged, found)) == {Rung.CORROBORATED}


def test_words_alone_do_not_corroborate_below_the_size_of_a_clique() -> None:
    n = 20
    rng = np.random.default_rng(1)
    known = {"source_right": np.full(n, 8), "minute": rng.uniform(0, 90, n)}
    found = _summary(street(east=rng.uniform(0, 120, n), **known))
    assert found.rung.tolist() == [Rung.PLAUSIBLE]
    assert found.probability[0] <= 0.95


def test_a_lucky_photo_among_many_voices_does_not_corroborate() -> None:
    n = 40
    photo = np.where(np.arange(n) < 2, FITS, 0)
    found = _summary(street(east=np.linspace(0, 120, n), minute=np.arange(n), photo=photo))
    assert Rung.CORROBORATED not in found.rung.tolist()


def test_a_decision_on_one_report_verifies_the_incident_and_refuting_all_refutes_it() -> None:
    assert _summary(street(east=[0, 60], decision=[1, -1])).rung.tolist() == [Rung.VERIFIED]
    assert _summary(street(east=[0, 60], decision=[-1, -1])).rung.tolist() == [Rung.REFUTED]


def test_the_ladder_is_a_table() -> None:
    p = np.array([0.9, 0.9, 0.6, 0.6, 0.02, 0.9, 0.9, 0.3])
    decision = np.array([1, -1, 0, 0, 0, 0, 0, 0])
    support = np.zeros(8)
    against = np.array([0.0, 0, 0, 2, 0, 0, 0, 0])
    backed = np.array([False, True, False, False, False, True, False, True])
    assert rungs(p, decision, support, against, backed).tolist() == [
        Rung.VERIFIED,
        Rung.REFUTED,
        Rung.PLAUSIBLE,
        Rung.CONTESTED,
        Rung.REFUTED,
        Rung.CORROBORATED,
        Rung.PLAUSIBLE,
        Rung.RAW,
    ]


def test_nobody_verifies_their_own_report() -> None:
    assert not may_decide(7, 7)
    assert may_decide(7, 8)
