"""Judging everything anew: what has not changed is not written; what persons decided reaches all whom it concerns."""

from __future__ import annotations

import random

import pytest

from rembug.audit.models import Entry
from rembug.lib import ids
from rembug.lib.actor import Actor, system
from rembug.lib.errors import RembugError
from rembug.reports.actions.categories import load_categories
from rembug.reports.actions.process import process_waiting, reassess
from rembug.reports.actions.receive import Incoming, receive
from rembug.reports.models import Incident, Report
from rembug.reports.rules.submission import Submission
from rembug.water.tests import made

ACTOR = system("test")
MANY = 1_300  # more than are written in one piece


def said(number: int, rng: random.Random) -> Incoming:
    phone = Actor("device", "device", device_hash=f"{number // 2:032x}")
    lon, lat = 109.66 + rng.random() * 0.03, -6.89 + rng.random() * 0.03
    told = Submission(
        client_id=ids.uuid7(), city=made.CITY, category="rob", lon=lon, lat=lat, located_by="gps",
        accuracy_m=8, depth_class="knee", setting="street", since="now", channel="import", foreign_ref=str(number),
    )  # fmt: skip
    return Incoming(told, phone)


@pytest.mark.django_db(transaction=True)
def test_a_city_judged_anew_ends_with_the_same_result_and_a_second_time_writes_nothing() -> None:
    pack = made.load()
    load_categories(actor=ACTOR, city=made.CITY, categories=pack.categories)
    rng = random.Random(4)
    answers = receive([said(number, rng) for number in range(MANY)], actor=ACTOR)
    assert not [answer for answer in answers if isinstance(answer, RembugError)]
    assert process_waiting(actor=ACTOR) == MANY
    first = reassess(made.CITY, actor=ACTOR)
    assert first.read == MANY
    assert reassess(made.CITY, actor=ACTOR).written == 0

    chosen = list(Report.objects.order_by("id").values_list("id", flat=True)[::2])
    Report.objects.filter(id__in=chosen).update(decided="true")
    moved = reassess(made.CITY, actor=ACTOR)
    assert moved.written >= len(chosen)
    assert set(Report.objects.filter(id__in=chosen).values_list("rung", flat=True)) == {"verified"}
    told = Entry.objects.filter(verb="report.rung_changed", data__contains='"to":"verified"')
    assert told.count() == len(chosen), "each step of a report stands in the log once"
    held = sum(Incident.objects.values_list("report_count", flat=True))
    assert held == Report.objects.exclude(incident=None).count() == MANY
    assert reassess(made.CITY, actor=ACTOR).written == 0
