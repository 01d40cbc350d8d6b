"""Whoever contributed sees where it went: a report into data and decisions, a voice into a proposal's way."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client

from rembug.deliberation.tests import made
from rembug.deliberation.tests.conftest import body_of, speaker
from rembug.evidence.tests import work
from rembug.people.tests.town import give, house, make_person, sign_in
from rembug.web.tests.test_thread import city

__all__ = ["city", "house"]


def test_a_report_is_followed_into_data_and_proposal(city: str) -> None:
    codes = [work.report(number, lon=109.6753, lat=-6.8637) for number in range(6)]
    work.judge()
    group = body_of(city, "contoh-pantau-rob")
    slug = work.question(group, title="Rob Panjang Baru")
    assert "Belum ada kumpulan data beku" in made.text(f"/jejak/laporan/{codes[0]}/")
    work.frozen_version(group, slug)
    incident = Client().get(f"/laporan/{codes[0]}/").content.decode().split("/kejadian/")[1].split("/")[0]
    rw = body_of(city, "contoh-rw")
    made.proposed(speaker(rw, "coordinator", "rw@example.org"), rw, dataset=slug, incidents=incident)
    page = made.text(f"/jejak/laporan/{codes[0]}/")
    for words in ("Rob Panjang Baru, versi 1", "satu dari 6 baris", "Pompa untuk gang Kusuma"):
        assert words in page
    later = work.report(9, lon=109.6753, lat=-6.8637)
    work.judge()
    assert "Rob Panjang Baru" not in made.text(f"/jejak/laporan/{later}/").split("Sesudah itu")[0]
    assert Client().get("/jejak/laporan/TIDAKADA/").status_code == 404


def test_a_phone_finds_its_own_voices_and_nobody_elses(city: str) -> None:
    rw = body_of(city, "contoh-rw")
    code = made.proposed(speaker(rw, "coordinator", "rw@example.org"), rw)
    phone, other = Client(), Client()
    for one in (phone, other):
        one.get(f"/usulan/{code}/")
        one.get("/lapor/")
    assert phone.post(f"/usulan/{code}/dukung/", {"area": ""}).status_code in {302, 303}
    mine, theirs = (one.get("/jejak/") for one in (phone, other))
    assert f"/alur/usulan/{code}/" in mine.content.decode()
    assert f"/alur/usulan/{code}/" not in theirs.content.decode()
    assert mine["Cache-Control"] == "private, no-store"
    assert "Belum ada dukungan" in Client().get("/jejak/").content.decode()


def test_whoever_wrote_a_reason_finds_it_again(city: str) -> None:
    rw = body_of(city, "contoh-rw")
    code = made.proposed(speaker(rw, "coordinator", "rw@example.org"), rw)
    person = make_person("ani@example.org")
    give(person, "member", body_of(city, "contoh-pantau-rob"))
    client = sign_in(Client(), person)
    said = {
        "action_id": str(uuid4()),
        "words": "Airnya masuk ke rumah tiap bulan.",
        "side": "for",
        "body": "",
    }
    assert client.post(f"/usulan/{code}/alasan/", said).status_code in {302, 303}
    assert "Airnya masuk ke rumah" in client.get("/jejak/").content.decode()
    assert "Airnya masuk ke rumah" not in Client().get("/jejak/").content.decode()
