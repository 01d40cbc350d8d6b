"""R-04: fair limits; a proof of work opens the way once, and only while it is fresh."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import altcha
import pytest
import time_machine
from django.test import Client

from rembug.api.v1.tests.conftest import Phone, said
from rembug.lib import clock
from rembug.reports.actions import receive
from rembug.reports.models import Report, SpentProof
from rembug.reports.rules.limits import Limits

FAIR = Limits(per_device=3, per_proof=2, new_per_cell=5, surge_spots=4, new_per_cell_in_surge=1000)


@pytest.fixture(autouse=True)
def _small_budgets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive, "city_limits", lambda _city: FAIR)


def solve(challenge: dict[str, Any]) -> str:
    """Solve a challenge as a phone does; return what goes into X-Proof."""
    given = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(given)
    assert solution is not None
    return base64.b64encode(json.dumps(altcha.Payload(given, solution).to_dict()).encode()).decode()


def used_up(phone: Phone) -> dict[str, Any]:
    """Send until the budget is used up; return the refusal."""
    for _ in range(FAIR.per_device):
        assert phone.post().status_code == 201
    refused = phone.post()
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    problem: dict[str, Any] = said(refused)
    return problem


def test_a_phone_over_its_budget_gets_a_challenge_whose_solution_opens_the_way(phone: Phone) -> None:
    problem = used_up(phone)
    assert problem["code"] == "too-many"
    proof = solve(problem["challenge"])
    assert phone.post(head={"X-Proof": proof}).status_code == 201
    assert phone.post().status_code == 201  # one proof widens the budget by two
    assert phone.post().status_code == 429
    assert SpentProof.objects.count() == 1


def test_a_solution_is_taken_once_whoever_sends_it_again(phone: Phone, client: Client) -> None:
    proof = solve(used_up(phone)["challenge"])
    phone.post(head={"X-Proof": proof})
    phone.post()
    assert phone.post(head={"X-Proof": proof}).status_code == 429
    other = Phone(client, 2)
    used_up(other)
    assert other.post(head={"X-Proof": proof}).status_code == 429
    spelled = base64.b64encode(base64.b64decode(proof) + b" ").decode()
    assert other.post(head={"X-Proof": spelled}).status_code == 429


def test_an_expired_solution_is_refused(phone: Phone) -> None:
    with time_machine.travel(clock.now(), tick=False) as then:
        proof = solve(used_up(phone)["challenge"])
        then.shift(timedelta(minutes=9, seconds=50))
        assert phone.post(head={"X-Proof": proof}).status_code in {201, 429}
        then.shift(timedelta(minutes=1))
        SpentProof.objects.all().delete()
        used = used_up(Phone(phone.client, 3))
        assert used["code"] == "too-many"
        assert Phone(phone.client, 3).post(head={"X-Proof": proof}).status_code == 429


@pytest.mark.parametrize("proof", ["x", "e30=", base64.b64encode(b"[]").decode(), "A" * 5000])
def test_a_made_up_solution_is_refused_and_nothing_breaks(phone: Phone, proof: str) -> None:
    used_up(phone)
    assert phone.post(head={"X-Proof": proof}).status_code in {422, 429}


def test_a_repeat_of_a_stored_report_is_answered_although_the_budget_is_used_up(phone: Phone) -> None:
    first = phone.post("01990000-0000-7000-8000-0000000000aa")
    for _ in range(4):
        phone.post()
    again = phone.post("01990000-0000-7000-8000-0000000000aa")
    assert (again.status_code, said(again)) == (200, said(first))


def test_new_phones_at_one_spot_are_held_but_a_crowd_at_many_spots_is_not(client: Client, city: str) -> None:  # noqa: ARG001
    one_spot = [Phone(client, n).post().status_code for n in range(10, 20)]
    assert one_spot.count(201) == FAIR.new_per_cell
    spread = [Phone(client, n).post(lon=109.676 + n * 0.0005).status_code for n in range(20, 40)]
    assert spread[-10:] == [201] * 10  # the crowd stands at many spots by then: a flood, not a flood of spam
    assert Report.objects.count() >= 15


def test_a_phone_known_before_is_not_held_by_the_crowd_around_it(client: Client, phone: Phone) -> None:
    assert phone.post().status_code == 201
    for n in range(10, 20):
        Phone(client, n).post()
    assert phone.post().status_code == 201
