"""(w): From reports to a verdict: a dataset is frozen, the rule asks it, the same version always says the same."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
import time_machine
from django.test import Client

from rembug.audit.models import Entry
from rembug.commitments.actions.measure import measure, measure_due, verdict_of
from rembug.commitments.models import Commitment, Outcome
from rembug.commitments.tests import made
from rembug.deliberation.tests.made import text
from rembug.evidence.queries.datasets import version
from rembug.evidence.tests import work
from rembug.lib import ids
from rembug.lib.actor import system
from rembug.lib.errors import NotFound
from rembug.people.models import Body
from rembug.reports.models import Report

METER = system("commitments.measure")
FIRST = date(2026, 11, 1)
DAYS_BEFORE, DAYS_AFTER = 120, 100
DELIVERED = datetime(2027, 3, 1, 3, tzinfo=UTC)


def seen(city: str, area: str, day: date, *, wet: bool) -> Report:
    """Return a judged report of one day, not yet saved."""
    at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    return Report(
        city=city, code=ids.public_code(), client_id=uuid4(), receipt_hash=uuid4().hex, channel="web",
        received_at=at, salt=b"x", category="rob", observed_from=at, observed_at=at, lon=109.67, lat=-6.86,
        located_by="map", area_code=area, cell="898c1a9a9a3ffff", public_lon=109.67,
        public_lat=-6.86, processed_at=at, source=uuid4().hex, changed_at=at,
        claim="present" if wet else "absent", depth_class="knee" if wet else "", probability=0.95,
    )  # fmt: skip


def months(city: str, *, works: bool, silent: bool = False) -> None:
    """Let people report on most days of 220: high tide every fortnight floods; works dry one area from March on."""
    chance = np.random.default_rng(5)
    rows = []
    for number in range(DAYS_BEFORE + DAYS_AFTER):
        day = FIRST + timedelta(days=number)
        for area in (made.TREATED, *made.BESIDE):
            dried = works and area == made.TREATED and number >= DAYS_BEFORE
            if chance.random() < 0.8 and not (silent and number >= DAYS_BEFORE):
                wet = bool(chance.random() < (0.08 if dried else 0.65))
                rows.append(seen(city, area, day, wet=wet))
    Report.objects.bulk_create(rows)


def delivered(owner: Client, watcher: Client, office: Body, group: Body) -> Commitment:
    """Promise with a measure, deliver, have it confirmed."""
    slug = work.question(group)
    work.frozen_version(group, slug)
    code = made.promised(
        owner, office, indicator="flood_days", dataset=slug, areas=[made.TREATED], controls=list(made.BESIDE),
        base_from=FIRST.isoformat(), base_to="2027-02-28", target="50",
    )  # fmt: skip
    assert made.moved(owner, code, office, "deliver", "promised") == 302
    assert made.moved(watcher, code, group, "confirm", "delivered") == 302
    return Commitment.objects.get(code=code)


@pytest.fixture
def ask(
    city: str, owner: Client, watcher: Client, office: Body, group: Body, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """Return a promise that was delivered, and the page of its verdict after some months."""
    monkeypatch.setattr("rembug.water.actions.peaks.station_of", _no_station)  # every day alike

    def verdict(**world: bool) -> tuple[Commitment, str]:
        row = delivered(owner, watcher, office, group)
        months(city, **world)
        with time_machine.travel(DELIVERED + timedelta(days=DAYS_AFTER)):
            assert [measure_due(actor=METER), measure_due(actor=METER)] == [1, 0]
            page = text(f"/komitmen/{row.code}/")
        row.refresh_from_db()
        return row, page

    return verdict


def _no_station(city: str) -> Any:
    raise NotFound(city)


def test_a_promise_that_dried_the_street_is_working_by_the_data_alone(ask: Any) -> None:
    row, page = ask(works=True)
    assert row.outcome == "working"
    assert "Berhasil." in page
    assert "versi 2" in page
    assert Entry.objects.filter(verb="promise.measured").count() == 1


def test_one_that_changed_nothing_is_no_effect_seen_yet(ask: Any) -> None:
    row, page = ask(works=False)
    assert row.outcome == "no_effect"
    assert "Belum terlihat hasilnya." in page


def test_when_people_fall_silent_it_is_not_enough_data(ask: Any) -> None:
    row, page = ask(works=True, silent=True)
    assert row.outcome == "unknown"
    assert "Belum cukup data." in page


def test_the_same_version_says_the_same_again(ask: Any) -> None:
    row, _ = ask(works=True)
    stands = Outcome.objects.get()
    face, frozen = version(row.city, row.dataset, stands.version)
    said, _ = verdict_of(
        actor=METER, row=row, frozen=frozen, subject=face.asked.subject, until=stands.after_to
    )
    assert said.stored() == stands.numbers
    assert frozen.content_hash == stands.content_hash


def test_before_it_is_confirmed_nothing_is_measured(owner: Client, office: Body, group: Body) -> None:
    work.question(group)
    code = made.promised(owner, office)
    assert measure(actor=METER, row=Commitment.objects.get(code=code)) is None
    assert Outcome.objects.count() == 0
