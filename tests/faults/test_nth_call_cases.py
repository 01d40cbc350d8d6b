"""R-07: the database goes away at each call of a case's step, of a merge, of Open311: nothing half done is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from lxml import etree
from pytest_django import Settings

from rembug.api.open311.tests.conftest import key
from rembug.cases.actions.confirm import Word, by_reporter
from rembug.cases.actions.move import Said, move, split
from rembug.cases.models import Case
from rembug.cases.tests import made
from rembug.cases.tests.conftest import city, house, lights
from rembug.cases.tests.made import ME, officer, step
from rembug.people.actions.directory import GroupRow, import_groups, merge
from rembug.people.models import Body
from rembug.people.tests.town import give, make_body, make_person
from rembug.reports.models import Report
from tests.faults.nth_call import Cut, NthCall, every_call, failing, forget, state

__all__ = ["city", "house", "key", "lights"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WHOLE = ("cases", "people", "audit", "reports")


@pytest.fixture(autouse=True)
def _quick(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the apps that these acts write to."""
    return {
        model._meta.label: sorted(model._default_manager.values_list(), key=repr)
        for model in apps.get_models()
        if model._meta.app_label in WHOLE and model._meta.label != "people.SharedCache"
    }


def cut_everywhere(act: Callable[[], Any]) -> int:
    """Cut an act at each of its calls; each time nothing changed, and uncut it succeeds. Return how many calls."""
    before = rows()

    def judge(call: NthCall, said: Any) -> None:
        assert isinstance(said, Cut), f"call {call.n} failed, and the act says {said!r}"
        assert rows() == before, f"left behind after call {call.n} ({call.statements[-1]})"

    calls = every_call(act, judge)
    assert rows() != before
    return calls


def test_a_transfer_that_is_cut_leaves_the_case_where_it_was(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    other = make_body("Dinas lain", city=city)
    said = Said("assign", case.version, "Urusan dinas lain.", body=other.public_id, action_id=uuid4())
    boss = officer(lights, "coordinator")
    assert cut_everywhere(lambda: move(actor=boss, city=city, code=case.code, said=said)) > 8
    case.refresh_from_db()
    assert case.body == other


def test_an_answer_a_division_and_a_contradiction_are_whole_or_not_at_all(city: str, lights: Body) -> None:
    case, receipt = made.opened(city)
    step(case, officer(lights), "triage")
    case.refresh_from_db()
    said = Said("answer", case.version, public="Lampu diganti.", action_id=uuid4())
    cut_everywhere(lambda: move(actor=officer(lights), city=city, code=case.code, said=said))
    other, boss = make_body("Dinas lain", city=city), officer(lights, "coordinator")
    cut_everywhere(lambda: split(actor=boss, city=city, code=case.code, bodies=[other.public_id]))
    word = Word("dispute", "Masih gelap.", action_id=uuid4())
    cut_everywhere(lambda: by_reporter(actor=ME, city=city, code=case.code, token=receipt.token, said=word))
    assert set(Case.objects.values_list("state", flat=True)) == {"reopened", "received"}


def test_doubles_and_tables_of_groups_are_whole_or_not_at_all(city: str) -> None:
    double, stays = (
        make_body(name, city=city, sphere="civil_society") for name in ("Relawan A", "Relawan B")
    )
    give(make_person("orang@example.org"), "verifier", double)
    pair = {"double": double.public_id, "into": stays.public_id}
    cut_everywhere(lambda: merge(actor=_boss(city), city=city, **pair))
    groups = [
        GroupRow(name, "komunitas", "civil_society", "rw", email=f"{place}@example.org")
        for place, name in enumerate(("Satu", "Dua"))
    ]
    cut_everywhere(lambda: import_groups(actor=_boss(city), city=city, rows=groups))


def _boss(city: str) -> Any:
    return officer(Body.objects.get(city=city, public_id=f"{city}-dinkominfo"), "coordinator")


@pytest.mark.parametrize("form", ["json", "xml"])
def test_e1_open311_without_database_answers_in_the_asked_form_and_loses_nothing(
    lights: Body, key: str, form: str
) -> None:
    browser = Client(raise_request_exception=False)
    said = {
        "api_key": key,
        "service_code": "light",
        "lat": "-6.8899",
        "long": "109.6792",
        "description": "Mati",
    }
    head = {"Idempotency-Key": str(uuid4())}

    def ask(method: str) -> Any:
        if method == "POST":
            return browser.post(f"/open311/v2/requests.{form}", said, headers=head)
        return browser.get(f"/open311/v2/requests.{form}")

    for method in ("GET", "POST"):
        for n in range(1, 300):
            forget()
            before = state()
            with failing(n) as call:
                answer = ask(method)
            if not call.fired:
                break
            if answer.status_code < 400:  # what failed was no part of the answer
                assert method == "GET" or state() != before
                continue
            assert answer.status_code >= 500
            body = answer.content
            assert b"<html" not in body.lower()
            assert body.startswith(b"[") if form == "json" else etree.fromstring(body).tag == "errors"
        assert answer.status_code in {200, 201}
    assert Report.objects.filter(category="light").count() == 1
    assert lights
