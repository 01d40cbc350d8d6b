"""L-05: a matter of law gets the referral, not an office."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from rembug.audit.models import Entry
from rembug.cases.actions.open import open_new
from rembug.cases.models import Case, Deadline
from rembug.cases.rules.referral import is_of_law
from rembug.cases.tests.made import ME, officer, step
from rembug.lib.actor import Actor
from rembug.lib.ids import keyed
from rembug.people.models import Body
from rembug.reports.actions.process import process_waiting, settle
from rembug.reports.actions.receive import receive_one
from rembug.reports.rules.submission import Receipt, Submission

TERMS = ("korupsi", "pungli", "uang suap")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ada PUNGLI di loket.", True),
        ("Petugas minta uang, ini suap.", True),
        ("Lampu mati.", False),
        ("Punglindo motor parkir", False),
        ("", False),
    ],
)
def test_the_words_of_the_pack_are_found_as_words(words: str, expected: bool) -> None:
    assert is_of_law(words, TERMS) == expected


def told(city: str, words: str, number: int) -> Receipt:
    """Report with these words."""
    said = Submission(
        client_id=uuid4(),
        city=city,
        category="light",
        lon=109.6792 + number * 0.01,
        lat=-6.8899,
        located_by="map",
        text=words,
        answers={},
    )
    phone = Actor("device", "device", device_hash=keyed("test", "device", str(number)))
    receipt: Receipt = receive_one(said, actor=phone)
    process_waiting(actor=ME)
    settle(actor=ME)
    return receipt


def test_l05_corruption_is_answered_by_the_referral_and_reaches_no_office(city: str, lights: Body) -> None:
    receipt = told(city, "Petugas lampu minta pungli.", 1)
    assert open_new(city, actor=ME) == 1
    assert open_new(city, actor=ME) == 0
    case = Case.objects.get()
    assert (case.state, case.body, case.words) == ("referred", None, "")
    assert Deadline.objects.count() == 0
    page = Client().get(f"/kasus/r/{receipt.token}/").content.decode()
    assert "Ini urusan hukum atau korupsi." in page
    public = Client(headers={"accept-language": "en"}).get(f"/kasus/{case.code}/").content.decode()
    assert "This is a matter of law or corruption." in public
    assert "minta pungli" not in public
    assert Entry.objects.filter(verb="case.referred").count() == 1
    step(case, officer(lights, "coordinator"), "reopen", public="Ternyata hanya lampu mati.")
    case.refresh_from_db()
    assert case.state == "reopened"


def test_other_matters_reach_their_office(city: str, lights: Body) -> None:
    told(city, "Lampu mati.", 2)
    open_new(city, actor=ME)
    assert Case.objects.get().body == lights
