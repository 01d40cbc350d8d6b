"""R-07 through the door: the database goes away at each call of a request; nobody is told a lie, a repeat succeeds."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from rembug.reports.tests.flow.walker import Walker
from tests.faults.nth_call import NthCall, every_call, state
from tests.faults.town import Town, make_town

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "01990000-0000-7000-8000-00000000aaaa"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 200
Send = Callable[[], Any]  # the test client's answer knows its request


@pytest.fixture(autouse=True)
def _quick(settings: Settings, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def browser() -> Client:
    """Return a browser that gets error pages instead of our exceptions."""
    return Client(raise_request_exception=False)


def send_report(browser: Client, _town: Town) -> Send:
    body = {"category": "rob", "depth_class": "knee", "lon": 109.676, "lat": -6.872}
    head = {"Idempotency-Key": KEY, "X-Device-Token": "a" * 32}
    return lambda: browser.post(
        "/api/v1/reports", json.dumps(body), content_type="application/json", headers=head
    )


def send_photo(browser: Client, town: Town) -> Send:
    address = f"/api/v1/reports/{town.mine.code}/photos/{KEY}"
    head = {"X-Receipt-Token": town.mine.token}
    return lambda: browser.put(address, JPEG, content_type="image/jpeg", headers=head)


def send_form(browser: Client, _town: Town) -> Send:
    walker = Walker(browser)
    walker.press("category", "rob").press("depth_class", "knee").press("since", "now")
    walker.press("area_code", "33.75.03.1010")
    fields = {**walker.fields(), "send": "1", "text": "Air di depan pasar."}
    return lambda: browser.post("/lapor/", fields)


def tap_still(browser: Client, town: Town) -> Send:
    return lambda: browser.post(f"/r/{town.mine.token}/kabar/", {"tap": KEY, "value": "still"})


def correct(browser: Client, town: Town) -> Send:
    return lambda: browser.post(f"/r/{town.mine.token}/perbaiki/", {"words": "Sampai gang tiga."})


def withdraw(browser: Client, town: Town) -> Send:
    return lambda: browser.post(f"/r/{town.mine.token}/tarik/", {"sure": "yes"})


DOORS = {door.__name__: door for door in (send_report, send_photo, send_form, tap_still, correct, withdraw)}
ORDINARY = ("send_report", "send_form")


def honest(name: str, call: NthCall, answer: Any, untouched: bool) -> None:
    """Check that the answer does not claim what is not stored, and speaks the caller's language."""
    where = f"{name}, call {call.n}: {call.statements[-1]}"
    if answer.status_code < 400:  # the cut hit something beside the act, such as a session or a cache
        assert not untouched, f"{where}: says {answer.status_code} although nothing is stored"
        return
    assert answer.status_code in {500, 503}, where
    if answer.request["PATH_INFO"].startswith("/api/"):
        assert answer["Content-Type"] == "application/problem+json", where
        assert json.loads(answer.content)["code"] in {"unavailable", "broken"}, where
    else:
        words = answer.content.decode()
        assert "tetap aman" in words or "masih di sini" in words, where


def doors() -> list[Any]:
    """Return every door; all but a few are for the long run."""
    return [name if name in ORDINARY else pytest.param(name, marks=pytest.mark.slow) for name in DOORS]


@pytest.mark.parametrize("name", doors())
def test_a_request_that_is_cut_is_answered_honestly_and_can_be_repeated(name: str, browser: Client) -> None:
    send = DOORS[name](browser, make_town())
    before = state()

    def judge(call: NthCall, answer: Any) -> None:
        after = state()
        honest(name, call, answer, untouched=after == before)
        if answer.status_code >= 500:
            changed = [label for label, digest in before.items() if after[label] != digest]
            assert changed == [], f"call {call.n}: {call.statements[-1]}"

    every_call(send, judge)
    last = send()
    assert last.status_code in {200, 201, 302, 303}
    grown = state()
    assert grown != before
    counts = {
        label: int(digest.split(":")[0]) - int(before[label].split(":")[0]) for label, digest in grown.items()
    }
    assert max(counts.values()) == 1, counts
