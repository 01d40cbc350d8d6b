"""Deadlines in working days: the golden table, decrees, leave (L-01)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembug.lib.workdays import Calendar, add_working_days, due, share

ID = Calendar("ID")
WIB = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    ("received", "days", "ends"),
    [
        ("2026-01-15", (3, 5, 14, 60), ("2026-01-21", "2026-01-23", "2026-02-05", "2026-04-22")),
        ("2026-03-13", (3, 5, 14, 60), ("2026-03-25", "2026-03-27", "2026-04-10", "2026-06-24")),
        ("2026-03-17", (3, 5, 14, 60), ("2026-03-27", "2026-03-31", "2026-04-14", "2026-06-26")),
        ("2026-05-13", (3, 5, 14, 60), ("2026-05-20", "2026-05-22", "2026-06-09", "2026-08-13")),
        ("2026-12-23", (3, 5, 14, 60), ("2026-12-30", "2027-01-04", "2027-01-18", "2027-04-05")),
    ],
)
def test_l01_the_golden_table_holds(received: str, days: tuple[int, ...], ends: tuple[str, ...]) -> None:
    start = date.fromisoformat(received)
    assert tuple(add_working_days(ID, start, number).isoformat() for number in days) == ends


def test_l01_without_collective_leave_the_promise_is_earlier() -> None:
    start = date(2026, 3, 17)
    assert add_working_days(Calendar("ID", leave=False), start, 3) == date(2026, 3, 23)


def test_l01_a_decree_of_the_city_wins() -> None:
    start = date(2026, 1, 15)
    added = Calendar("ID", added={date(2026, 1, 19): "Hari jadi kota"})
    assert add_working_days(added, start, 3) == date(2026, 1, 22)
    assert added.why_free(date(2026, 1, 19)) == "Hari jadi kota"
    removed = Calendar("ID", removed=frozenset({date(2026, 1, 16)}))
    assert add_working_days(removed, start, 3) == date(2026, 1, 20)


def test_a_deadline_ends_at_midnight_of_the_city() -> None:
    late = datetime(2026, 1, 15, 16, 59, tzinfo=UTC)  # 23.59 in Pekalongan
    assert due(ID, late, 3, WIB) == datetime(2026, 1, 22, tzinfo=WIB)
    assert due(ID, late + timedelta(minutes=2), 3, WIB) == datetime(2026, 1, 22, tzinfo=WIB)


def test_shares_are_counted_in_working_days() -> None:
    start = datetime(2026, 1, 15, 3, tzinfo=UTC)
    assert share(ID, start, start + timedelta(days=4), 5, WIB) == 0.2  # a holiday and a weekend passed
    assert share(ID, start, start + timedelta(days=8), 5, WIB) == 1.0
    assert share(ID, start, start + timedelta(days=300), 5, WIB) > 1


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(1, 80), st.integers(1, 80))
def test_two_promises_one_after_the_other_are_one_promise(start: date, first: int, second: int) -> None:
    middle = add_working_days(ID, start, first)
    assert add_working_days(ID, middle, second) == add_working_days(ID, start, first + second)
    assert ID.is_working(middle)
    assert middle > start


def test_nought_days_are_no_promise() -> None:
    with pytest.raises(ValueError, match="days must be"):
        add_working_days(ID, date(2026, 1, 1), 0)
