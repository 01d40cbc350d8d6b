"""L-12: The planning path: what follows what, and what came too late."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path as Folder

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rembug.deliberation.rules.alike import likeness, pieces
from rembug.deliberation.rules.answers import clock_of
from rembug.deliberation.rules.path import Path
from rembug.lib.pack import planning_from_json, planning_to_json, read

PACK = read(Folder(__file__).parents[4] / "cities" / "pekalongan")
assert PACK.planning is not None
PATH = Path(PACK.planning)


def test_the_facts_come_back_from_json_as_they_were() -> None:
    assert PACK.planning is not None
    assert planning_from_json(planning_to_json(PACK.planning)) == PACK.planning


def test_the_stages_follow_each_other_to_the_end() -> None:
    stage, seen = "rw", ["rw"]
    while stage := PATH.next_stage(stage):
        seen.append(stage)
    assert seen == [
        "rw",
        "kelurahan",
        "kecamatan",
        "forum-opd",
        "kota",
        "rkpd",
        "kua-ppas",
        "apbd",
        "realisasi",
    ]
    assert PATH.next_stage("pokir") == "rkpd"


@pytest.mark.parametrize(
    ("today", "cycle", "missed"),
    [
        (date(2027, 1, 30), 2028, None),  # the last day of the stage
        (date(2027, 1, 31), 2029, 2028),  # a day after: the next cycle, and it is said
        (date(2027, 11, 30), 2029, 2028),
        (date(2027, 12, 1), 2029, None),
        (date(2026, 11, 27), 2028, 2027),
    ],
)
def test_a_day_after_the_stage_closed_means_the_next_cycle(
    today: date, cycle: int, missed: int | None
) -> None:
    entry = PATH.entry("rw", today)
    assert entry is not None
    assert entry.slot.cycle == cycle
    assert (entry.missed and entry.missed.cycle) == missed


def test_after_the_last_known_cycle_there_is_no_entry() -> None:
    assert PATH.entry("rw", date(2030, 1, 1)) is None


@pytest.mark.parametrize(
    ("joined", "letter", "answered", "days"),
    [
        (True, "", None, 10),
        (False, "005/RW/2027", None, 10),
        (False, " ", None, 0),  # neither joined nor a numbered letter: not counted
        (True, "", datetime(2027, 2, 5, tzinfo=UTC), 5),  # answered late: late by five days, not silent
    ],
)
def test_silence_counts_for_who_joined_or_got_a_numbered_letter(
    joined: bool, letter: str, answered: datetime | None, days: int
) -> None:
    clock = clock_of(date(2027, 1, 11), 20, joined=joined, letter=letter, answered_at=answered)
    today = date(2027, 2, 10)
    assert clock.silent_days(today) == days
    assert clock.is_silent(today) == (days > 0 and answered is None)
    assert not clock.is_silent(date(2027, 1, 31))


@given(some.text(max_size=60), some.text(max_size=60))
def test_likeness_is_fair_and_of_itself_whole(one: str, other: str) -> None:
    a, b = pieces(one), pieces(other)
    assert likeness(a, b, same_area=False) == likeness(b, a, same_area=False)
    assert 0 <= likeness(a, b, same_area=True) <= 1
    assert likeness(a, a, same_area=False) == (1 if a else 0)
