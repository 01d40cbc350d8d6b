"""The recipients' pages: a box that is opened with a passphrase, its matters, the dialogue, the two steps to a name."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from rembug.confidential.models import Box, Matter, Unmasking
from rembug.confidential.tests.conftest import (
    CITY,
    INSPECTORATE,
    OFFICE,
    OMBUDSMAN,
    PHRASE,
    WORDS,
    found,
    tell,
)
from rembug.confidential.tests.test_matters import picture
from rembug.lib import clock
from rembug.people.models import Body
from rembug.people.tests.town import give, make_person, sign_in

BOX = f"/kerja/rahasia/{INSPECTORATE}/"
pytestmark = pytest.mark.usefixtures("city")


def officer_of(*bodies: str, name: str = "satu", role: str = "officer") -> Client:
    """Sign in an officer of these bodies, with the second factor."""
    person = make_person(f"{name}@example.org", totp=True)
    for body in bodies:
        give(person, role, Body.objects.get(public_id=body))
    return sign_in(Client(), person, code=True)


def opened(name: str = "satu", body: str = INSPECTORATE) -> Client:
    """Sign in an officer who sets the box up."""
    client = officer_of(body, name=name)
    answer = client.post(f"/kerja/rahasia/{body}/", {"passphrase": PHRASE, "again": PHRASE})
    assert answer.status_code == 302, answer.content.decode()
    return client


def joined(first: Client, name: str = "dua") -> Client:
    """Sign in a colleague who takes a key by the code of the first."""
    page = first.post(f"{BOX}serah/").content.decode()
    code = re.search(r"<b>((?:[0-9A-Z]{4} ){4}[0-9A-Z]{4})</b>", page)
    assert code
    client = officer_of(INSPECTORATE, name=name)
    assert "Minta kode serah" in client.get(BOX).content.decode()
    answer = client.post(BOX, {"code": code[1], "passphrase": PHRASE, "again": PHRASE})
    assert answer.status_code == 302, answer.content.decode()
    return client


def text(answer: Any) -> str:
    """Return a page."""
    assert answer["Cache-Control"] == "no-store"
    page: str = answer.content.decode()
    return page


def matter_page(code: str = "") -> str:
    """Return the address of the only matter."""
    return f"{BOX}{code or Matter.objects.get().code}/"


def test_the_whole_way_from_box_to_answer() -> None:
    client = opened()
    assert client.get("/kerja/rahasia/")["Location"] == BOX
    assert "Belum ada laporan rahasia" in text(client.get(BOX))
    digits = tell(photos=(picture(),))
    assert "Korupsi" in text(client.get(BOX))
    page = text(client.get(matter_page()))
    assert WORDS in page
    assert "data:image/jpeg;base64," in page
    assert Matter.objects.get().state == "read"
    once = str(uuid4())
    for _ in range(2):
        client.post(f"{matter_page()}tulis/", {"once": once, "words": "Kapan itu?"})
    client.post(f"{matter_page()}tulis/", {"once": str(uuid4()), "words": "", "to": "examined"})
    short = client.post(f"{matter_page()}tulis/", {"once": str(uuid4()), "words": "", "to": "closed"})
    assert short.status_code == 422
    assert "lebih lengkap" in text(short)
    client.post(f"{matter_page()}tulis/", {"once": str(uuid4()), "words": "Tidak ada bukti.", "to": "closed"})
    mine = found(digits).matter
    assert (mine.state, mine.letters.exclude(what="photo").count()) == ("closed", 4)
    assert client.post(f"{matter_page()}tulis/", {"once": "x", "words": "y"}).status_code == 422


def test_two_officers_open_a_name_and_one_cannot() -> None:
    first = opened()
    tell(name="Siti Kenarium", contact="0812")
    second = joined(first)
    page = matter_page()
    assert "Kenarium" not in text(first.get(page))
    asked = {"once": str(uuid4()), "reason": "Penyidik perlu saksi untuk berkas."}
    first.post(f"{page}minta-nama/", asked)
    wish = Unmasking.objects.get().public_id
    assert first.post(f"{page}putuskan/", {"wish": wish, "say": "yes"}).status_code == 403
    assert first.post(f"{page}nama/").status_code == 403
    assert "Setujui nama dibuka" in text(second.get(page))
    second.post(f"{page}putuskan/", {"wish": wish, "say": "yes"})
    assert "Siti Kenarium" in text(first.post(f"{page}nama/"))
    assert "Kenarium" not in text(first.get(page))


def test_a_closed_box_shows_nothing_and_asks_for_the_passphrase() -> None:
    client = opened()
    tell()
    page = matter_page()
    client.post(BOX, {"do": "close"})
    assert "Kotak tertutup" in text(client.get(BOX))
    assert client.get(page)["Location"] == BOX
    for act in ("tulis", "minta-nama", "putuskan", "nama"):
        assert client.post(f"{page}{act}/", {"words": "x"})["Location"] == BOX
    assert client.post(f"{BOX}serah/")["Location"] == BOX
    wrong = client.post(BOX, {"passphrase": "salah sekali ini"})
    assert wrong.status_code == 422
    assert WORDS not in text(wrong)
    client.post(BOX, {"passphrase": PHRASE})
    assert WORDS in text(client.get(page))


def test_a_box_closes_by_itself() -> None:
    client = opened()
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        assert "Kotak tertutup" in text(client.get(BOX))


def test_the_cookie_of_an_open_box_is_worth_nothing_in_another_browser() -> None:
    client = opened()
    box = client.cookies["box"]
    assert (box["httponly"], box["samesite"], box["path"]) == (True, "Strict", "/kerja/rahasia/")
    thief = officer_of(INSPECTORATE, name="maling")
    thief.cookies["box"] = box.value
    assert "Minta kode serah" in text(thief.get(BOX))
    for spoilt in ("", "!", "AAAA", box.value[:-4]):
        client.cookies["box"] = spoilt
        assert "Kotak tertutup" in text(client.get(BOX))


def test_two_different_passphrases_and_weak_ones_set_nothing_up() -> None:
    client = officer_of(INSPECTORATE)
    for first, second in ((PHRASE, PHRASE + "x"), ("pendek", "pendek")):
        assert client.post(BOX, {"passphrase": first, "again": second}).status_code == 422
    assert not Box.objects.exists()


@pytest.mark.parametrize(
    "role", ["member", "verifier", "coordinator", "approver", "facilitator", "administrator"]
)
def test_no_other_role_of_the_same_body_comes_in(role: str) -> None:
    opened(name="pemegang")
    tell()
    client = officer_of(INSPECTORATE, name="lain", role=role)
    for address in (BOX, matter_page()):
        assert client.get(address).status_code == 403
    assert client.post(f"{BOX}serah/").status_code == 403


def test_an_officer_of_another_body_comes_to_no_box() -> None:
    opened(name="pemegang")
    tell()
    client = officer_of(OFFICE, name="lain")
    assert "tidak ditunjuk" in text(client.get("/kerja/rahasia/"))
    for address in (BOX, matter_page(), f"/kerja/rahasia/{OFFICE}/"):
        assert client.get(address).status_code == 403


def test_whoever_is_also_of_the_accused_body_does_not_find_the_matter() -> None:
    holder = opened(name="pemegang")
    tell()
    page = matter_page()
    assert holder.get(page).status_code == 200
    body = Body.objects.get(public_id=OFFICE)
    give(body.role_grants.model.objects.get(body__public_id=INSPECTORATE).person, "member", body)
    assert holder.get(page).status_code == 404
    assert "Belum ada laporan rahasia" in text(holder.get(BOX))


def test_who_reads_in_two_bodies_chooses_the_box() -> None:
    client = officer_of(INSPECTORATE, OMBUDSMAN)
    page = text(client.get("/kerja/rahasia/"))
    assert f"/kerja/rahasia/{OMBUDSMAN}/" in page
    assert BOX in page


def test_without_the_second_factor_an_officer_sees_no_box() -> None:
    person = make_person("tanpa@example.org")
    give(person, "officer", Body.objects.get(public_id=INSPECTORATE))
    client = sign_in(Client(), person)
    assert client.get(BOX).status_code in {302, 403}
    assert CITY
