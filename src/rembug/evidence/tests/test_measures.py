"""Indicators that are no mean of days: people who live where there was water, and answers in time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from rembug.cases.models import Case, Deadline
from rembug.evidence.queries.datasets import version
from rembug.evidence.queries.measured import Span, measured
from rembug.evidence.rules.exposure import Patch, affected
from rembug.evidence.rules.indicators import Measured, share_of
from rembug.evidence.rules.trend import periods
from rembug.evidence.tests import work
from rembug.people.models import Body
from rembug.people.tests.town import make_body
from rembug.reports.models import Report

HERE = "33.75.03.1010"
PATCHES = st.lists(
    st.tuples(st.integers(0, 30_000), st.integers(1, 60), st.integers(0, 60), st.integers(0, 60)).map(
        lambda row: Patch(row[0], row[1], min(row[2], row[1]), min(row[3], row[2], row[1]))
    ),
    min_size=1,
    max_size=8,
)


@given(PATCHES)
def test_the_range_of_people_holds_what_was_seen_and_never_more_than_everybody(patches: list[Patch]) -> None:
    found = affected(patches, 0.0)
    total = sum(one.people or 0 for one in patches)
    if found.low is None or found.high is None:
        assert not total
        return
    surely = sum((one.people or 0) * one.wet / one.cells for one in patches)
    assert found.value is None
    assert 0 <= found.low <= surely + 1e-6
    assert surely <= found.high + 1e-6
    assert found.high <= total


@given(PATCHES)
def test_what_more_is_seen_dry_never_makes_more_people_wet(patches: list[Patch]) -> None:
    more = [
        Patch(one.people, one.cells, min(one.seen + 3, one.cells), min(one.wet, one.seen)) for one in patches
    ]
    before, after = affected(patches, 0.0), affected(more, 0.0)
    if before.high is not None and after.high is not None:
        assert after.high <= before.high
        assert after.low == before.low


def test_without_population_or_with_thin_coverage_nothing_is_said() -> None:
    assert not affected([Patch(None, 10, 9, 3)], 0.3).known
    assert not affected([Patch(4000, 10, 9, 3), Patch(None, 10, 9, 3)], 0.3).known
    assert not affected([Patch(4000, 10, 2, 2)], 0.3).known
    assert not affected([], 0.3).known


def test_numbers_of_people_are_rounded_outwards() -> None:
    found = affected([Patch(7000, 10, 10, 5)], 0.3)
    assert (found.low, found.high) == (3500.0, 3500.0)
    assert affected([Patch(7000, 9, 9, 5)], 0.3).low == 3800.0  # 3,888.9
    assert affected([Patch(7000, 9, 9, 5)], 0.3).high == 3900.0


@pytest.mark.parametrize(
    ("kept", "due", "without", "known"), [(8, 9, 0, False), (8, 10, 0, True), (8, 10, 30, False)]
)
def test_few_clocks_or_few_bodies_that_joined_are_not_enough(
    kept: int, due: int, without: int, known: bool
) -> None:
    assert share_of(kept, due, without, 0.3).known is known


def test_months_are_told_where_there_are_enough_and_weeks_else() -> None:
    assert periods(date(2026, 11, 4), date(2026, 11, 17)) == [
        (date(2026, 11, 4), date(2026, 11, 8)),
        (date(2026, 11, 9), date(2026, 11, 15)),
        (date(2026, 11, 16), date(2026, 11, 17)),
    ]
    months = periods(date(2026, 1, 20), date(2026, 6, 3))
    assert months[0] == (date(2026, 1, 20), date(2026, 1, 31))
    assert months[-1] == (date(2026, 6, 1), date(2026, 6, 3))
    assert periods(date(2026, 6, 3), date(2026, 6, 2)) == []


def cases(city: str, office: Body, late: int, kept: int) -> None:
    """Open cases a month ago whose answers fell due: some were answered, some were not."""
    opened = datetime(2026, 10, 5, 2, tzinfo=UTC)
    due = opened + timedelta(days=20)
    for number in range(late + kept):
        row = Case.objects.create(
            city=city, category="rob", area_code=HERE, body=office, state="answered", opened_at=opened,
            answered_at=due + timedelta(days=1 if number < late else -1), changed_at=opened,
        )  # fmt: skip
        Deadline.objects.create(
            case=row, kind="complaint", days=14, basis="contoh", started_at=opened, due_at=due
        )


def told(body: Body, slug: str, indicator: str, first: date, last: date) -> Measured:
    """Return an indicator of the newest version."""
    return measured(body.city, version(body.city, slug)[1], indicator, Span(("33.75",), first, last))


def test_answers_in_time_are_read_from_a_frozen_version_of_cases(body: Body) -> None:
    office = make_body("Dinas", city=body.city)
    with time_machine.travel(datetime(2026, 11, 20, 3, tzinfo=UTC)):
        cases(body.city, office, late=5, kept=15)
        slug = work.question(body, title="Kasus", subject="cases", category="")
        made = work.frozen_version(body, slug)
        page = Client().get(f"/data/kumpulan/{slug}/1/ukuran/").content.decode()
        table = Client().get(f"/data/kumpulan/{slug}/1/ukuran.csv").content.decode()
        shown = Client().get(f"/data/kumpulan/{slug}/").content.decode()
    assert (made.state, made.row_count) == ("published", 20)
    assert made.quality["answers_in_time"] == 15
    october = told(body, slug, "answered_in_time", date(2026, 10, 1), date(2026, 10, 31))
    assert (october.value, october.days_seen) == (0.75, 20)
    assert (october.low or 0) < 0.75 < (october.high or 0)
    assert not told(body, slug, "answered_in_time", date(2026, 11, 1), date(2026, 11, 19)).known
    assert "75%" in page
    assert "answered_in_time,33.75.03.1010" in table
    assert "Tepat waktu" in shown


def test_a_body_that_has_not_joined_is_held_to_no_date(body: Body) -> None:
    office = make_body("Dinas", city=body.city, state="not_joined")
    with time_machine.travel(datetime(2026, 11, 20, 3, tzinfo=UTC)):
        cases(body.city, office, late=12, kept=0)
        slug = work.question(body, title="Kasus", subject="cases", category="")
        made = work.frozen_version(body, slug)
    assert made.quality["share_held"] == 0.0
    found = told(body, slug, "answered_in_time", date(2026, 10, 1), date(2026, 10, 31))
    assert (found.known, found.days_seen, found.days) == (False, 0, 12)


def test_people_are_a_range_from_cells_with_water(city: str, body: Body) -> None:
    for number in range(8):
        work.report(number, lon=109.672 + number * 0.002)
    work.judge()
    Report.objects.update(probability=0.9)
    slug = work.question(body)
    work.frozen_version(body, slug)
    today = datetime.now(UTC).date()
    whole = Span(("33.75",), today - timedelta(days=2), today + timedelta(days=1))
    assert not measured(
        city, version(city, slug)[1], "people_affected", whole
    ).known  # most of the city is silent
    page = Client().get("/data/ukuran/").content.decode()
    assert "Ilustrasi Rembug" in page
    assert "± " in page


def test_a_dataset_without_indicators_has_no_such_page(body: Body) -> None:
    slug = work.question(body, title="Sampah", category="waste")
    work.frozen_version(body, slug)
    assert Client().get(f"/data/kumpulan/{slug}/1/ukuran/").status_code == 404
