"""The worth of each signal is learnt from decisions: not too early, not twice, and it counts at once."""

import json

import pytest

from rembug.audit.models import Entry
from rembug.lib.actor import system
from rembug.lib.lease import lease
from rembug.reports.actions import learn
from rembug.reports.actions.decide import decide
from rembug.reports.actions.process import JUDGE
from rembug.reports.models import Learnt
from rembug.reports.tests.work.made import HERE, Town, actor, phone, send

FEW = 12
ME = system("test")


def _decided(town: Town, count: int) -> None:
    """Let a verifier decide reports: deep water seen, every third one a joke."""
    verifier = actor("verifier", town.office)
    for number in range(count):
        true = number % 3 != 0
        place = (HERE[0] + 0.0004 * (number % 6), HERE[1])
        sent = send(town.city, by=phone(), at=place, depth_class="knee" if true else "waist")
        decide(actor=verifier, code=sent.code, verdict=str(true).lower(), reason="seen" if true else "joke")


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dozen decisions are enough for these tests."""
    monkeypatch.setattr(learn, "FEWEST", FEW)
    monkeypatch.setattr("rembug.reports.rules.learning.FEWEST", FEW)


def test_nothing_is_learnt_from_too_few_decisions(town: Town) -> None:
    _decided(town, 3)
    assert learn.learn_from_decisions(town.city, actor=ME) is False
    assert not Learnt.objects.exists()


def test_enough_decisions_change_what_signals_are_worth_once(town: Town) -> None:
    _decided(town, FEW)
    assert learn.learn_from_decisions(town.city, actor=ME) is True
    lesson = Learnt.objects.get()
    assert lesson.decided == FEW
    assert all(weight >= 0 for name, weight in lesson.weights.items() if name != "prior")
    assert any(abs(weight - 1) > 0.001 for weight in lesson.weights.values())
    entry = Entry.objects.get(verb="reports.learned")
    assert set(json.loads(entry.data)["weights"]) == set(lesson.weights)
    assert learn.learn_from_decisions(town.city, actor=ME) is False
    assert Learnt.objects.count() == 1


def test_while_somebody_else_judges_it_waits(town: Town) -> None:
    _decided(town, FEW)
    with lease(JUDGE, seconds=60) as held:
        assert held
        assert learn.learn_from_decisions(town.city, actor=ME) is False
    assert learn.learn_from_decisions(town.city, actor=ME) is True
