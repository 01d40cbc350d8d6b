"""A dimension has measures of its own in the city's pack, or says what is missing; it never fills the gap."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
import time_machine
from django.test import Client

from rembug.evidence.queries.datasets import version
from rembug.evidence.queries.measured import Span, measured
from rembug.evidence.queries.rebuild import rebuild
from rembug.evidence.rules.indicators import DAY_S, INDICATORS
from rembug.evidence.rules.voices import heard_by_others
from rembug.evidence.tests import work
from rembug.evidence.tests.conftest import body, city
from rembug.people.models import Body
from rembug.people.tests.town import house
from rembug.places import queries as places
from rembug.reports.models import Incident

__all__ = ["body", "city", "house"]
HERE = "33.75.03.1010"
BEGAN = datetime(2026, 10, 5, 2, tzinfo=UTC)
FROZEN = datetime(2026, 11, 20, 3, tzinfo=UTC)
OCTOBER = Span(("33.75",), date(2026, 10, 1), date(2026, 10, 31))


def happenings(city: str, alone: int, shared: int) -> None:
    """Keep incidents of October that one person told of, and others that three did."""
    for number in range(alone + shared):
        at = BEGAN + timedelta(hours=number)
        several = 3 if number >= alone else 1
        Incident.objects.create(
            city=city, category="rob", area_code=HERE, anchor_id=number + 1, public_lon=109.6753, public_lat=-6.8637,
            started_at=at, last_at=at, changed_at=at, is_public=True,
            report_count=several, witness_count=several, probability=0.6, rung="plausible",
        )  # fmt: skip


def frozen(body: Body, alone: int, shared: int) -> str:
    """Freeze those incidents as a dataset that no dimension is written on; return its address."""
    with time_machine.travel(FROZEN):
        happenings(body.city, alone, shared)
        slug = work.question(body, title="Kejadian", subject="incidents", category="")
        assert work.frozen_version(body, slug).state == "published"
    return slug


def test_nine_of_twelve_incidents_with_more_than_one_voice_are_75_percent(body: Body) -> None:
    slug = frozen(body, alone=3, shared=9)
    read = version(body.city, slug)[1]
    found = measured(body.city, read, "heard_by_others", OCTOBER)
    assert (found.value, found.days_seen, found.days, found.coverage) == (0.75, 12, 12, 1.0)
    assert (round(found.low or 0, 3), round(found.high or 0, 3)) == (0.513, 0.895)  # Wilson, by hand


def test_the_frozen_incidents_rebuild_to_the_same_bytes(body: Body) -> None:
    slug = frozen(body, alone=3, shared=9)
    files = rebuild(body.city, slug)
    assert files
    assert all(file.same for file in files)


def test_the_measure_stands_on_the_page_of_society_and_on_no_other(body: Body) -> None:
    slug = frozen(body, alone=3, shared=9)
    with time_machine.travel(FROZEN):
        first = Client().get("/neraca/dimensi/society/").content.decode()
        other = Client().get("/neraca/dimensi/environment/").content.decode()
    name = INDICATORS["heard_by_others"].names[0]
    assert name in first
    assert "75%" in first
    assert f"/data/kumpulan/{slug}/1/ukuran/?ukuran=heard_by_others" in first
    assert name not in other


def test_nine_incidents_are_too_few_to_say_anything(body: Body) -> None:
    slug = frozen(body, alone=0, shared=9)
    found = measured(body.city, version(body.city, slug)[1], "heard_by_others", OCTOBER)
    assert (found.known, found.value, found.days_seen) == (False, None, 9)


@pytest.mark.parametrize(("young", "known"), [(0, True), (23, True), (24, False)])
def test_incidents_of_the_last_day_wait_and_too_many_of_them_leave_it_unknown(
    young: int, known: bool
) -> None:
    old, now = 10, 100.0 * DAY_S
    last = np.array([now - DAY_S] * old + [now - DAY_S + 1] * young)
    found = heard_by_others(np.array([2] * 5 + [1] * 5 + [9] * young), last, now, 0.3)
    assert (found.known, found.days_seen, found.days) == (known, old, old + young)
    assert not known or found.value == 0.5


@pytest.mark.parametrize(("code", "words"), [("branding", "kunjungan wisata"), ("economy", "letak pasar")])
def test_a_dimension_that_nothing_here_measures_says_what_is_missing(
    city: str, code: str, words: str
) -> None:
    assert city
    assert words in Client().get(f"/neraca/dimensi/{code}/").content.decode()


def test_the_pack_names_only_measures_that_exist(city: str) -> None:
    named = {name for one in places.city(city).dimensions for name in one.indicators}
    assert named == {"heard_by_others"}
    assert named <= set(INDICATORS)
