"""A report carries what the sea did when it was seen, and teaches the forecast where its water begins."""

from datetime import timedelta

import pytest

from rembug.lib import clock, ids
from rembug.lib.actor import Actor, system
from rembug.lib.errors import RembugError
from rembug.reports.actions.categories import load_categories
from rembug.reports.actions.process import process_waiting, settle
from rembug.reports.actions.receive import Incoming, receive
from rembug.reports.actions.teach import teach
from rembug.reports.models import Report
from rembug.reports.rules.submission import Submission
from rembug.water.actions.learn import learn_city
from rembug.water.models import Observation
from rembug.water.tests import made

ACTOR = system("test")


def say(number: int, *, claim: str = "present") -> None:
    phone = Actor(f"device:{number}", "device", device_hash=f"{number:032x}")
    told = Submission(
        client_id=ids.uuid7(), city=made.CITY, category="rob", lon=109.668, lat=-6.860 + number * 1e-5,
        located_by="gps", accuracy_m=8.0, claim=claim, depth_class="ankle" if claim == "present" else "",
        setting="street", since="now" if claim == "present" else "", channel="web",
    )  # fmt: skip
    answer = receive([Incoming(told, phone)], actor=ACTOR)[0]
    assert not isinstance(answer, RembugError), answer


@pytest.mark.django_db
def test_reports_carry_the_tide_and_teach_once() -> None:
    with clock.led(made.NOW) as hand:
        pack = made.load()
        load_categories(actor=ACTOR, city=made.CITY, categories=pack.categories)
        made.levels()
        made.forecast()
        hand.to(made.NOW + timedelta(minutes=10))
        for number in range(1, 4):
            say(number)
        assert process_waiting(actor=ACTOR) == 3
        settle(actor=ACTOR)
        report = Report.objects.order_by("id")[0]
        assert report.tide_level_cm == pytest.approx(40, abs=2)
        assert report.tide_stage in {"high", "falling"}
        assert report.physics == 0, "an illustration judges nobody"
        assert teach(actor=ACTOR) == 3
        assert teach(actor=ACTOR) == 0
        assert set(Observation.objects.values_list("wet", "depth_cm")) == {(True, 8.0)}
        assert learn_city(actor=ACTOR, city=made.CITY) == 1
        hand.to(made.NOW + timedelta(minutes=30))
        say(9)
        process_waiting(actor=ACTOR)
        taught = Report.objects.order_by("-id")[0]
        assert taught.physics > 0.1
        assert "physics" in [reason["code"] for reason in taught.reasons]
