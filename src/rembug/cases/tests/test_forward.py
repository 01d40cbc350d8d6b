"""A case goes on to another Open311 system, once, whatever dies in between; what that system says comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import SplitResult

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from rembug.audit.models import Entry
from rembug.cases.actions.accuse import Complaint, name_accused
from rembug.cases.actions.forward import forward, send_waiting, write_number
from rembug.cases.actions.hear import ask_others
from rembug.cases.models import Case, Forward, Setup, Step
from rembug.cases.queries import faces
from rembug.cases.queries.setup import facts_of
from rembug.cases.tests import made
from rembug.cases.tests.made import ME, officer
from rembug.lib import clock, http
from rembug.lib.errors import Conflict, Invalid, NotAllowed
from rembug.lib.http import Answer, Outgoing
from rembug.lib.pack import OtherRow, cases_to_json
from rembug.people.actions.keys import issue
from rembug.people.models import Body
from rembug.people.tests.town import give, make_body, make_person, sign_in
from rembug.places.tests.made import SMALL
from rembug.reports.actions.process import process_waiting, settle
from rembug.reports.models import Report

Before = Callable[[Outgoing], None]
KEY = "REMBUG_OPEN311_KEY_KECIL"


def connect(monkeypatch: pytest.MonkeyPatch, *, repeats: bool = True) -> None:
    """Let the office of lights work in the Rembug of another city."""
    services = {"light": "ferry"}
    other = OtherRow("dinperkim", "https://kecil.example/open311/v2", services, KEY, "bandarkecil", repeats)
    facts = replace(facts_of("pekalongan"), others=(other,))
    Setup.objects.filter(city="pekalongan").update(facts=cases_to_json(facts))
    monkeypatch.setenv(
        KEY,
        issue(
            actor=ME, city="bandarkecil", body=Body.objects.filter(city="bandarkecil")[0].public_id, name="x"
        ),
    )


@pytest.fixture
def case(city: str, lights: Body, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case at the border of both cities, in the hands of an office with a system of its own."""
    row, _ = made.opened(city)
    call_command("city", "load", str(SMALL), verbosity=0)
    Case.objects.filter(pk=row.pk).update(lon=119.1, lat=-4.95)
    connect(monkeypatch)
    row.refresh_from_db()
    assert lights.pk == row.body_id
    return row


class Wire:
    """The way to the other Rembug; `before` and `after` may break it."""

    def __init__(self) -> None:
        self.before: Before = lambda _question: None
        self.after: Before = lambda _question: None
        self.posts = 0

    def __call__(self, question: Outgoing, parts: SplitResult, _address: str) -> Answer:
        self.before(question)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if question.method == "POST":
            self.posts += 1
            kind, key = question.headers["Content-Type"], question.headers["Idempotency-Key"]
            reply: Any = Client().post(
                path, question.body, content_type=kind, headers={"Idempotency-Key": key}
            )
        else:
            reply = Client().get(path)
        self.after(question)
        return Answer(reply.status_code, {}, reply.content, question.address)


@pytest.fixture
def wire() -> Iterator[Wire]:
    way = Wire()
    with http.using(way):
        yield way


def later(minutes: float, job: Callable[..., int]) -> int:
    with time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False):
        return job(actor=ME)


def there() -> Report:
    return Report.objects.get(city="bandarkecil")


def test_a_case_goes_on_once_and_its_number_comes_back(case: Case, lights: Body, wire: Wire) -> None:
    for _ in range(2):
        forward(actor=officer(lights), city=case.city, code=case.code)
    assert [send_waiting(actor=ME) for _ in range(3)] == [1, 0, 0]
    assert wire.posts == 1
    case.refresh_from_db()
    assert case.foreign_number == there().code
    assert f"/kasus/{case.code}/" in there().text
    assert there().category == "ferry"
    (step,) = [step for step in faces.case(case.city, case.code).steps if step.verb == "forward"]
    assert there().code in step.words
    assert Entry.objects.filter(verb="case.forwarded").count() == 1


def test_only_who_holds_the_case_sends_it_on_and_only_where_a_system_is_named(
    case: Case, lights: Body
) -> None:
    with pytest.raises(NotAllowed):
        forward(actor=officer(make_body("Lain")), city=case.city, code=case.code)
    Setup.objects.filter(city=case.city).update(facts=cases_to_json(replace(facts_of(case.city), others=())))
    with pytest.raises(Invalid):
        forward(actor=officer(lights), city=case.city, code=case.code)


def test_a_server_that_is_down_is_tried_again(case: Case, lights: Body, wire: Wire) -> None:
    def down(_question: Outgoing) -> None:
        raise ConnectionRefusedError

    wire.before = down
    forward(actor=officer(lights), city=case.city, code=case.code)
    assert send_waiting(actor=ME) == 0
    assert later(5, send_waiting) == 0
    row = Forward.objects.get()
    assert (row.state, row.tries) == (Forward.State.WAITING, 2)
    wire.before = lambda _question: None
    assert send_waiting(actor=ME) == 0  # not due yet
    assert later(30, send_waiting) == 1
    assert wire.posts == 1


def test_a_worker_killed_between_sending_and_storing_sends_no_second_request(
    case: Case, lights: Body, wire: Wire
) -> None:
    def killed(_question: Outgoing) -> None:
        raise KeyboardInterrupt

    forward(actor=officer(lights), city=case.city, code=case.code)
    wire.after = killed
    with pytest.raises(KeyboardInterrupt):
        send_waiting(actor=ME)
    assert Forward.objects.get().state == Forward.State.SENDING
    wire.after = lambda _question: None
    assert later(5, send_waiting) == 1
    assert wire.posts == 2  # under the same key: one request there
    case.refresh_from_db()
    assert case.foreign_number == there().code


@pytest.mark.parametrize("is_shown", [True, False])
def test_a_server_without_keys_of_repetition_is_looked_through_and_never_sent_to_twice(
    case: Case, lights: Body, wire: Wire, monkeypatch: pytest.MonkeyPatch, is_shown: bool
) -> None:
    connect(monkeypatch, repeats=False)

    def cut(question: Outgoing) -> None:
        if question.method == "POST":
            raise TimeoutError

    wire.after = cut
    forward(actor=officer(lights), city=case.city, code=case.code)
    assert send_waiting(actor=ME) == 0
    if is_shown:
        process_waiting(actor=ME)
        settle(actor=ME)
    assert later(5, send_waiting) == is_shown
    later(30, send_waiting)
    assert wire.posts == 1
    row = Forward.objects.get()
    assert row.state == (Forward.State.SENT if is_shown else Forward.State.UNSURE)
    if not is_shown:  # a person looks there, and writes the number or lets it go again
        write_number(actor=officer(lights), city=case.city, code=case.code, number=there().code)
    with pytest.raises(Conflict):
        write_number(actor=officer(lights), city=case.city, code=case.code, number="LAIN")
    assert Case.objects.get(pk=case.pk).foreign_number == there().code


def test_a_refusal_is_told_at_the_desk_and_may_be_sent_again(
    case: Case, lights: Body, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = facts_of(case.city).others[0]
    monkeypatch.setenv(KEY, "salah")
    person = make_person("petugas@example.org", totp=True)
    give(person, "officer", lights)
    desk, address = sign_in(Client(), person, code=True), f"/kerja/kasus/{case.code}/"
    assert "Kirim ke sistem itu" in desk.get(address).content.decode()
    assert desk.post(address + "teruskan/").status_code == 302
    assert "Sedang dikirim" in desk.get(address).content.decode()
    send_waiting(actor=ME)
    page = desk.get(address).content.decode()
    assert "status 403: api_key is missing or not valid." in page
    assert "Kirim lagi" in page
    connect(monkeypatch)
    assert right.key_env == KEY
    assert desk.post(address + "teruskan/").status_code == 302
    assert send_waiting(actor=ME) == 1
    assert there().code in desk.get(address).content.decode()
    assert wire.posts == 2


@pytest.mark.parametrize("is_accused", [True, False])
def test_a_body_that_lost_the_case_closes_nothing_here(
    case: Case, lights: Body, wire: Wire, is_accused: bool
) -> None:
    city = case.city
    boss = officer(Body.objects.get(public_id=f"{city}-dinkominfo"), "coordinator")
    forward(actor=officer(lights), city=city, code=case.code)
    send_waiting(actor=ME)
    assert wire.posts == 1
    case.refresh_from_db()
    if is_accused:
        said = Complaint(lights.public_id, f"{city}-dlh", case.version)
        name_accused(actor=boss, city=city, code=case.code, said=said)
    else:
        made.step(case, boss, "assign", body=f"{city}-dlh", public="Urusan lingkungan.")
    asked: list[str] = []

    def says(question: Outgoing, _parts: SplitResult, _address: str) -> Answer:
        asked.append(question.address)
        gone = {"service_request_id": there().code, "status": "closed", "status_notes": "Selesai."}
        return Answer(200, {}, json.dumps([gone]).encode(), question.address)

    with http.using(says):
        assert later(30, ask_others) == (0 if is_accused else 1)
    case.refresh_from_db()
    assert case.state == "assigned"
    assert bool(asked) is not is_accused
    heard = Step.objects.filter(case=case, verb__in=("outside", "relay")).values_list("verb", flat=True)
    assert list(heard) == ([] if is_accused else ["outside"])


def test_what_the_other_system_says_comes_back_as_its_words(case: Case, lights: Body, wire: Wire) -> None:
    forward(actor=officer(lights), city=case.city, code=case.code)
    send_waiting(actor=ME)
    number = there().code
    status = {"status": "open", "status_notes": "Petugas ke lokasi, hubungi 0812-3456-7890."}

    def says(question: Outgoing, _parts: SplitResult, _address: str) -> Answer:
        assert question.address.endswith(
            f"requests.json?service_request_id={number}&jurisdiction_id=bandarkecil"
        )
        body = json.dumps([{"service_request_id": number, **status}])
        return Answer(200, {}, body.encode(), question.address)

    assert later(6, ask_others) == 0  # open there, and no words: no news
    assert wire.posts == 1
    with http.using(says):
        assert [later(minutes, ask_others) for minutes in (7, 30, 60)] == [0, 1, 0]
        status |= {"status": "closed", "status_notes": "Sudah diganti."}
        assert [later(minutes, ask_others) for minutes in (90, 150)] == [1, 0]
    case.refresh_from_db()
    assert case.state == "answered"  # closed there is an answer here, not a solution
    first, last = Step.objects.filter(case=case, verb__in=("outside", "relay")).order_by("id")
    assert first.public.startswith(f"Kata sistem {lights.name} ({number}): Petugas ke lokasi")
    assert "3456" not in first.public
    assert "Sudah diganti." in last.public
    page = Client().get(f"/kasus/{case.code}/").content.decode()
    assert "Kabar dari sistem lain" in page
    assert Forward.objects.get().state == Forward.State.CLOSED
    assert Entry.objects.filter(verb="case.heard").count() == 1
