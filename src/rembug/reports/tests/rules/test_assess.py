"""What raises and lowers the probability of a report, and by which reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rembug.reports.rules.assess import assess
from rembug.reports.rules.observations import Claim, Observations, Photo, observations, votes
from rembug.reports.rules.packed import pack, unpack
from rembug.reports.tests.rules.made import street


def _reasons(table: Observations) -> dict[str, dict[str, Any]]:
    """Reasons of the first report by code, as a page reads them."""
    packed = pack(table, assess(table), np.array([0]))[0]
    return {reason["code"]: reason for reason in unpack(packed, int(table.photo[0]), "")}


def _first(**columns: object) -> float:
    return float(assess(street(**columns)).probability[0])


def test_independent_witnesses_raise_and_denials_lower_the_probability() -> None:
    alone = _first(east=[0])
    told = _first(east=[0, 60, 110], minute=[0, 15, 40])
    denied = _first(east=[0, 30], claim=[Claim.PRESENT, Claim.ABSENT])
    assert denied < alone < told


def test_a_witness_far_away_or_hours_later_changes_nothing() -> None:
    alone = _first(east=[0])
    assert _first(east=[0, 5000]) == alone
    assert _first(east=[0, 10], minute=[0, 1200]) == alone


def test_one_person_is_one_voice_however_often_they_report() -> None:
    once = _first(east=[0, 40], source=[1, 2])
    often = _first(east=[0, 40, 41, 42, 43], source=[1, 2, 2, 2, 2])
    assert often <= once + 0.01
    assert _first(east=[0, 1], source=[1, 1]) == _first(east=[0], source=[1])


def test_copied_words_count_less_than_own_words() -> None:
    copied = _first(east=[0, 50, 90], text_hash=[0, 7, 7])
    own = _first(east=[0, 50, 90], text_hash=[0, 7, 8])
    assert copied < own


def test_many_voices_from_one_room_count_less_than_voices_along_the_street() -> None:
    room = _first(east=[0, *[60.0] * 8])
    along = _first(east=[0, *np.linspace(20, 100, 8)])
    assert room < along


@pytest.mark.parametrize(
    ("photo", "code", "sign"),
    [
        (Photo.HAS, "photo_has", 1),
        (Photo.HAS | Photo.FITS, "photo_fits", 1),
        (Photo.HAS | Photo.EXIF_FITS, "photo_exif", 1),
        (Photo.HAS | Photo.REUSED, "photo_reused", -1),
        (Photo.HAS | Photo.MISFIT, "photo_misfit", -1),
    ],
)
def test_a_photo_speaks_for_or_against(photo: Photo, code: str, sign: int) -> None:
    table = street(east=[0], photo=[photo])
    assert _reasons(table)[code]["log_odds"] * sign > 0


def test_track_records_place_time_and_physics_move_the_probability() -> None:
    plain = _first(east=[0])
    assert _first(east=[0], source_right=[5]) > plain > _first(east=[0], source_wrong=[5])
    assert _first(east=[0], community=[1], community_right=[20]) > plain
    assert _first(east=[0], place_sane=[False]) < plain
    assert _first(east=[0], time_sane=[False]) < plain
    assert _first(east=[0], physics=[2.0]) > plain
    assert _first(east=[0], accuracy_m=[500.0]) < plain


def test_votes_count_once_a_person_and_never_on_their_own_report() -> None:
    table = street(east=[0])
    plain = assess(table).probability[0]

    def voted(voter: list[int], value: list[int]) -> float:
        n = len(voter)
        given = votes(report=[1] * n, voter=voter, value=value, cast=range(n), voter_right=[3] * n)
        return float(assess(table, given).probability[0])

    assert voted([5], [1]) > plain > voted([5], [-1])
    assert voted([5, 5, 5], [1, 1, 1]) == voted([5], [1])
    assert voted([5, 5], [1, -1]) == voted([5], [-1])
    assert voted([100], [1]) == plain  # source of the report


def test_a_persons_decision_wins_and_convinces_the_neighbours() -> None:
    judged = assess(street(east=[0, 30], decision=[-1, 0], source_right=[9, 0]))
    assert judged.probability[0] < 0.02
    assert judged.log_odds[0] > 0  # what the arithmetic alone said is kept for calibration
    assert judged.probability[1] < _first(east=[30])


def test_two_hundred_new_identities_convince_less_than_three_known_ones() -> None:
    rng = np.random.default_rng(3)
    crowd = _first(east=np.concatenate([[0], rng.uniform(0, 120, 200)]), minute=rng.uniform(0, 50, 201))
    known = _first(east=[0, 40, 80, 120], source_right=[0, 4, 4, 4])
    assert crowd < known


def test_reasons_give_the_numbers_a_sentence_needs() -> None:
    table = street(east=[0, 60, 110], minute=[0, 15, 40], source_right=[0, 2, 2])
    found = _reasons(table)
    told = found["witnesses_known"]["numbers"]
    assert told == {"count": 2.0, "metres": 110, "minutes": 40}
    assert found["witnesses_known"]["log_odds"] > 0


def test_an_empty_table_gives_an_empty_result() -> None:
    assert len(assess(street(east=[]))) == 0


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        ({"lon": [200.0]}, "lon"),
        ({"claim": [0]}, "claim"),
        ({"seen_from": [9e9]}, "seen_from"),
        ({"accuracy_m": [np.nan]}, "accuracy_m"),
        ({"source": [1, 2]}, "source"),
        ({"colour": [1]}, "colour"),
    ],
)
def test_a_bad_column_is_named_in_the_error(columns: dict[str, list[float]], names: str) -> None:
    good = {"key": [1], "category": [0], "lon": [109.0], "lat": [-6.9], "seen_to": [1e9], "source": [1]}
    with pytest.raises(ValueError, match=names):
        observations(**(good | columns))


def test_a_key_given_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="key"):
        street(east=[0, 1], key=[4, 4])
