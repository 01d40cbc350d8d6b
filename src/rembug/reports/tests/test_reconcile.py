"""Received = stored = processed + pending + refused, hour by hour; what is missing is told."""

import logging
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from rembug.lib import clock
from rembug.lib.actor import Actor, system
from rembug.lib.errors import Invalid
from rembug.reports import tasks
from rembug.reports.actions.process import process_waiting
from rembug.reports.actions.receive import receive_one
from rembug.reports.models import Report
from rembug.reports.queries import reconcile
from rembug.reports.queries.reconcile import gaps, lines
from rembug.reports.rules.books import Line
from rembug.reports.rules.submission import Submission
from rembug.reports.tests.flow.conftest import city

__all__ = ["city"]


def send(channel: str = "web", **more: Any) -> None:
    values: dict[str, Any] = {
        "category": "rob",
        "lon": 109.67,
        "lat": -6.88,
        "located_by": "gps",
        "depth_class": "knee",
    } | more
    said = Submission(client_id=uuid4(), city="kotakecil", channel=channel, **values)
    receive_one(said, actor=Actor("device", "device", device_hash=uuid4().hex))


def now_lines() -> list[Line]:
    at = clock.now()
    return lines(at - timedelta(hours=1), at + timedelta(hours=1))


@pytest.mark.usefixtures("city")
def test_the_books_of_an_hour_balance() -> None:
    for channel in ("web", "web", "api"):
        send(channel)
    process_waiting(actor=system("test"))
    send("api")
    with pytest.raises(Invalid):
        send("api", depth_class="deep")
    found = {line.channel: line for line in now_lines()}
    web, api = found["web"], found["api"]
    assert (web.received, web.stored, web.processed, web.pending, web.gap) == (2, 2, 2, 0, 0)
    assert (api.received, api.stored, api.processed, api.pending, api.gap) == (3, 2, 1, 1, 0)
    assert api.refused == {"invalid": 1}


@pytest.mark.usefixtures("city")
def test_a_lost_report_is_a_gap_and_is_told(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    send()
    send()
    Report.objects.order_by("id")[0].delete()
    monkeypatch.setattr(reconcile, "last_hours", lambda _hours=48: now_lines())  # this hour is not over yet
    assert [line.gap for line in gaps()] == [1]
    with caplog.at_level(logging.ERROR):
        assert tasks.reconcile.func() == 1
    assert "intake does not balance" in caplog.text
    with pytest.raises(CommandError):
        call_command("reports", "reconcile")


@pytest.mark.parametrize(
    ("line", "gap"),
    [
        (Line("k", clock.now(), "web", logged=2, stored=2, processed=1, pending=1), 0),
        (Line("k", clock.now(), "web", logged=2, stored=1, processed=1), 1),
        (Line("k", clock.now(), "web", logged=1, stored=2, processed=2), -1),
        (Line("k", clock.now(), "web", logged=2, stored=2, processed=1), 1),
    ],
)
def test_a_gap_is_what_is_missing(line: Line, gap: int) -> None:
    assert line.gap == gap


def test_reports_that_wait_long_after_their_hour_are_told() -> None:
    line = Line("k", clock.now() - timedelta(hours=3), "web", logged=1, stored=1, pending=1)
    assert line.overdue(clock.now())
    assert not line.overdue(clock.now() - timedelta(hours=2))
