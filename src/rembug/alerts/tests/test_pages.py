"""Pages of warnings: the head of every page, the desk, following by letter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client

from rembug.alerts.actions import follow
from rembug.alerts.models import Alert, Follower
from rembug.alerts.tests import made
from rembug.people.models import Body
from rembug.people.tests.town import give, make_person, sign_in

TEXTS = ("headline", "description", "instruction")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """It is noon."""
    with made.at(made.NOON):
        yield


@pytest.fixture
def desk(group: Body) -> Client:
    """The browser of somebody who may approve."""
    return _approver(group, "ani@example.org")


def _approver(body: Body, email: str) -> Client:
    person = make_person(email, totp=True)
    give(person, "approver", body)
    return sign_in(Client(), person, code=True)


def test_every_page_wears_the_warning_until_the_reader_closes_it(
    client: Client, city: str, group: Body
) -> None:
    row = made.released(city, group, group)
    for path in ("/", "/peta/", "/lapor/", "/data/"):
        page = client.get(path).content.decode()
        assert row.words["id"]["headline"] in page
        assert "LATIHAN" in page
    answer = client.post(f"/peringatan/{row.code}/tutup/", {"next": "/data/"})
    assert answer["Location"] == "/data/"
    assert row.words["id"]["headline"] not in client.get("/data/").content.decode()
    assert row.words["id"]["headline"] in Client().get("/data/").content.decode()
    assert client.post(f"/peringatan/{row.code}/tutup/", {"next": "https://evil.example/"})["Location"] == "/"


def test_two_people_release_at_the_desk(desk: Client, city: str, group: Body) -> None:
    (row,) = made.forecast(city, made.danger())
    assert row.words["id"]["headline"] in desk.get("/kerja/peringatan/").content.decode()
    yes = {"body": group.public_id, "revision": "1"}
    assert desk.post(f"/kerja/peringatan/{row.code}/setuju/", yes).status_code == 302
    page = desk.get(f"/kerja/peringatan/{row.code}/").content.decode()
    assert "Orang kedua harus orang lain." in page
    desk.post(f"/kerja/peringatan/{row.code}/setuju/", yes)
    assert Alert.objects.get().state == "draft"
    _approver(group, "budi@example.org").post(f"/kerja/peringatan/{row.code}/setuju/", yes)
    assert Alert.objects.get().state == "released"
    done = desk.post(f"/kerja/peringatan/{row.code}/lanjut/", {"kind": "all-clear"})
    assert done.status_code == 302
    assert Alert.objects.filter(kind="all-clear", state="draft").count() == 1


def test_a_warning_by_hand_keeps_what_was_typed_when_something_is_wrong(desk: Client, city: str) -> None:
    typed = {
        "level": "watch",
        "areas": [made.DEGAYU],
        "onset_at": "2026-11-27T04:00",
        "expires_at": "2026-11-27T03:00",
        **{f"{name}_{tongue}": f"{name} {tongue}" for name in TEXTS for tongue in ("id", "en")},
    }
    page = desk.post("/kerja/peringatan/baru/", typed)
    assert page.status_code == 422
    assert "Waktu selesai harus sesudah mulai" in page.content.decode()
    assert "headline id" in page.content.decode()
    done = desk.post("/kerja/peringatan/baru/", typed | {"expires_at": "2026-11-27T08:00"})
    assert done.status_code == 302
    assert Alert.objects.get(city=city).areas == [made.DEGAYU]


def test_following_needs_a_yes_by_letter_and_stops_by_one_post(
    client: Client, city: str, group: Body
) -> None:
    asked = {"email": "Warga@Example.org", "area": made.DEGAYU}
    assert client.post("/peringatan/ikuti/", asked).status_code == 302
    client.post("/peringatan/ikuti/", asked)
    assert len(mail.outbox) == 1
    assert Follower.objects.get().confirmed_at is None
    path = str(mail.outbox[0].body).split("http://localhost:8000")[1].split()[0]
    assert client.get(path).status_code == 302
    made.released(city, group, group)
    assert follow.deliver(actor=made.ME) == 1
    letter = mail.outbox[-1]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = letter.extra_headers["List-Unsubscribe"].strip("<>").split("http://localhost:8000")[1]
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(stop).status_code == 200
    assert Follower.objects.count() == 1
    assert strict.post(stop).status_code == 200
    assert Follower.objects.count() == 0
    assert strict.post(stop).status_code == 200
    assert client.post("/peringatan/ikuti/", {"email": "bukan alamat"}).status_code == 422


def test_nothing_to_warn_of_is_said_calmly(client: Client, city: str) -> None:
    page = client.get("/peringatan/").content.decode()
    assert "Tidak ada peringatan yang berlaku." in page
    assert client.get("/peringatan/NOSUCH/").status_code == 404
    assert city == "pekalongan"
