"""What a report may say, and when two sends are the same report."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest

from rembug.reports.rules.depth import DEPTHS, depth_class_of
from rembug.reports.rules.submission import Submission

NOW = datetime(2026, 3, 5, 22, 0, tzinfo=UTC)


def submission(**changes: Any) -> Submission:
    base = Submission(
        client_id=UUID("01900000-0000-7000-8000-000000000001"),
        city="pekalongan",
        category="rob",
        depth_class="knee",
        lon=109.68,
        lat=-6.87,
        located_by="gps",
    )
    return replace(base, **changes)


def test_a_plain_report_has_no_fault() -> None:
    assert submission().validate(now=NOW) == ()


def test_dry_here_is_a_report_without_depth() -> None:
    assert submission(claim="absent", depth_class="dry").validate(now=NOW) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"claim": "maybe"}, "unknown-choice"),
        ({"depth_class": "neck"}, "unknown-choice"),
        ({"located_by": "smell"}, "unknown-choice"),
        ({"text": "a" * 2001}, "too-long"),
        ({"landmark": "a\x00b"}, "control-character"),
        ({"lon": float("nan")}, "not-a-place"),
        ({"lat": 91.0}, "not-a-place"),
        ({"accuracy_m": -1.0}, "out-of-range"),
        ({"answers": {str(n): "x" for n in range(21)}}, "too-many"),
        ({"answers": {"a": "x" * 201}}, "bad-answer"),
        ({"answers": {"a": 3}}, "bad-answer"),
        ({"claim": "absent"}, "dry-has-no-depth"),
        ({"depth_class": "dry"}, "dry-is-absent"),
        ({"observed_at": datetime(2026, 3, 5, 22, 0)}, "no-offset"),  # noqa: DTZ001
        ({"observed_at": NOW + timedelta(minutes=6)}, "in-the-future"),
        ({"observed_at": NOW - timedelta(days=8)}, "too-old"),
        ({"age_s": -1.0}, "out-of-range"),
        ({"age_s": float("nan")}, "out-of-range"),
        ({"age_s": 1.0, "observed_at": NOW}, "two-times"),
    ],
)
def test_each_fault_has_a_stable_code_and_says_what_to_do(changes: dict[str, Any], code: str) -> None:
    faults = submission(**changes).validate(now=NOW)
    assert [fault.code for fault in faults] == [code]
    assert faults[0].message.endswith(".")


def test_an_archive_may_be_old() -> None:
    old = NOW - timedelta(days=3000)
    assert submission(observed_at=old, channel="import").validate(now=NOW) == ()


def test_the_same_words_have_the_same_hash_by_any_way_and_zone() -> None:
    first = submission(observed_at=NOW)
    again = submission(
        observed_at=NOW.astimezone(timezone(timedelta(hours=7))),
        client_id=UUID("01900000-0000-7000-8000-000000000002"),
        channel="api",
        proof="x",
    )
    assert first.payload_hash() == again.payload_hash()


@pytest.mark.parametrize(
    "changes", [{"text": "x"}, {"lon": 109.6801}, {"depth_class": "calf"}, {"accuracy_m": 9.0}]
)
def test_other_words_have_another_hash(changes: dict[str, Any]) -> None:
    assert submission(**changes).payload_hash() != submission().payload_hash()


def test_every_depth_in_centimetres_has_its_class() -> None:
    for depth in DEPTHS:
        assert depth_class_of(depth.low_cm) == depth_class_of(depth.high_cm) == depth.code
    assert depth_class_of(350) == "chest"


def test_a_report_that_waited_in_a_phone_is_still_the_same_report() -> None:
    assert submission(age_s=5.0).payload_hash() == submission(age_s=7200.0).payload_hash()


def test_the_time_seen_counts_back_from_the_servers_clock() -> None:
    assert submission(age_s=600.0).seen_at(NOW) == NOW - timedelta(minutes=10)
    assert submission(observed_at=NOW + timedelta(minutes=4)).seen_at(NOW) == NOW
    assert submission().seen_at(NOW) == NOW
