"""The desk counts what waits for me; the morning sheet says how the city stands."""

from uuid import uuid4

import pytest
from django.test import Client

from rembug.lib import clock
from rembug.lib.actor import system
from rembug.lib.images.tests import corpus
from rembug.reports.actions.photo import add_photo
from rembug.reports.actions.photos import develop_waiting
from rembug.reports.queries import reconcile
from rembug.reports.rules.books import Line
from rembug.reports.tests.work.made import NORTH, THERE, Town, incident_of, page, phone, send, text, worker

pytestmark = pytest.mark.usefixtures("town")


def figures(client: Client) -> dict[str, str]:
    found = page(client.get("/kerja/")).cssselect(".desk a")
    return {one.cssselect("span")[0].text_content(): one.cssselect("b")[0].text_content() for one in found}


def test_the_desk_counts_what_waits_within_my_areas_and_bodies(town: Town) -> None:
    sent = send(town.city, by=phone())
    send(town.city, by=phone(), at=THERE)
    data = corpus.encoded(corpus.scene(320, 240), quality=70)
    add_photo(actor=phone(), token=sent.token, client_id=uuid4(), data=data)
    develop_waiting(actor=system("test"))
    everything, _ = worker("coordinator", town.office)
    assert figures(everything) == {
        "kejadian belum dibaca": "2",
        "kejadian belum ditanggapi": "2",
        "laporan menunggu diperiksa": "2",
        "foto menunggu dilihat": "1",
        "balasan belum disampaikan": "0",
    }
    ward, _ = worker("verifier", town.ward, NORTH)
    assert figures(ward)["laporan menunggu diperiksa"] == "1"
    assert "balasan belum disampaikan" not in figures(ward)
    member, _ = worker("member", town.ward)
    assert list(figures(member)) == ["kejadian belum dibaca", "kejadian belum ditanggapi"]


def test_strangers_are_sent_to_the_door_and_my_page_leads_to_the_desk(town: Town) -> None:
    assert Client().get("/kerja/")["Location"] == "/masuk/?next=/kerja/"
    client, _ = worker("member", town.ward)
    assert page(client.get("/saya/")).cssselect("a[href='/kerja/']")


def test_the_morning_sheet_says_what_is_new_unread_waiting_and_deepest(town: Town) -> None:
    north = send(town.city, by=phone(), depth_class="knee")
    send(town.city, by=phone(), at=THERE, depth_class="waist")
    client, _ = worker("coordinator", town.office)
    client.get(f"/kerja/kejadian/{incident_of(north).code}/")
    sheet = client.get("/kerja/pagi/")
    rows = [[cell.text_content().strip() for cell in row] for row in page(sheet).cssselect("tbody tr")]
    assert rows == [["Pasirkidul", "1", "1", "sepinggang", "1"], ["Pasirlor", "1", "1", "selutut", "0"]]
    assert page(sheet).cssselect("ol li a")[0].text_content() == "sepinggang (81–110 cm)"
    said = {
        one.cssselect("dt")[0].text_content(): one.cssselect("dd")[0].text.strip()
        for one in page(sheet).cssselect(".figures div")
    }
    assert said == {
        "Laporan baru, 24 jam": "2",
        "Kejadian berlangsung": "2",
        "Belum dibaca siapa pun": "1",
        "Belum ditanggapi": "2",
        "Menunggu diperiksa": "2",
        "Foto menunggu": "0",
    }


def test_the_sheet_of_one_area_holds_only_that_area(town: Town) -> None:
    send(town.city, by=phone())
    send(town.city, by=phone(), at=THERE)
    client, _ = worker("coordinator", town.ward, NORTH)
    shown = text(client.get("/kerja/pagi/"))
    assert "Pasirlor" in shown
    assert "Pasirkidul" not in shown


def test_a_quiet_morning_says_so(town: Town) -> None:
    client, _ = worker("coordinator", town.office)
    assert "Malam yang tenang" in text(client.get("/kerja/pagi/"))
    assert worker("officer", town.office)[0].get("/kerja/pagi/").status_code == 403


def test_the_morning_sheet_tells_what_was_received_and_has_not_arrived(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _ = worker("coordinator", town.office)
    assert "tersimpan dan selesai diproses" in text(client.get("/kerja/pagi/"))
    lost = Line(town.city, clock.now(), "web", logged=3, stored=2, processed=2)
    elsewhere = Line("kotalain", clock.now(), "web", logged=9, stored=1, processed=1)
    monkeypatch.setattr(reconcile, "last_hours", lambda _hours=48: [lost, elsewhere])
    shown = text(client.get("/kerja/pagi/"))
    assert "3 dicatat, 2 tersimpan, 2 selesai, 0 menunggu" in shown
    assert "9 dicatat" not in shown


def test_every_page_speaks_english(town: Town) -> None:
    sent = send(town.city, by=phone())
    client, _ = worker("coordinator", town.office)
    client.post("/bahasa/", {"language": "en", "next": "/"})
    paths = {
        "/kerja/": "Desk",
        "/kerja/periksa/": "Check reports",
        "/kerja/foto/": "Look at photos",
        "/kerja/kejadian/": "Incidents we received",
        "/kerja/masuk/": "Enter a citizen's message",
        "/kerja/balasan/": "Replies to pass on",
        "/kerja/pagi/": "Morning sheet",
        f"/kerja/periksa/{sent.code}/": "Decision",
    }
    for path, words in paths.items():
        assert words in text(client.get(path)), path
