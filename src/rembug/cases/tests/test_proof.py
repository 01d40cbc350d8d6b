"""Proof of work: a new photo of this very case, its place and time told; a community near by may contradict."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rembug.audit.models import Entry
from rembug.cases.models import Case, Step
from rembug.cases.tests import made
from rembug.cases.tests.made import step
from rembug.lib.actor import Actor
from rembug.lib.ids import keyed
from rembug.lib.images.tests import corpus
from rembug.people.models import Body, BodyArea, Person
from rembug.people.tests.town import give, make_body, make_person, sign_in
from rembug.reports.actions import personal
from rembug.reports.actions.photo import add_photo
from rembug.reports.actions.photos import develop_waiting
from rembug.reports.models import Attached


def picture(seed: int, **more: Any) -> bytes:
    """Return a JPEG of a scene."""
    return corpus.encoded(corpus.scene(640, 480, seed), quality=80, **more)


def upload(data: bytes) -> SimpleUploadedFile:
    """Return a file of a form."""
    return SimpleUploadedFile("bukti.jpg", data, "image/jpeg")


@pytest.fixture
def officer(lights: Body) -> Person:
    """Somebody who works for the office of street lights."""
    person = make_person("petugas@example.org", totp=True)
    give(person, "officer", lights)
    return person


@pytest.fixture
def desk(officer: Person) -> Client:
    """The officer's browser."""
    return sign_in(Client(), officer, code=True)


def started(city: str, lights: Body, number: int = 1) -> Case:
    """Return a case on which the office works."""
    case, _ = made.opened(city, number)
    step(case, made.officer(lights), "triage")
    step(case, made.officer(lights), "start")
    return case


def finish(desk: Client, case: Case, data: bytes | None, action_id: str = "") -> Any:
    """Say at the desk that the work is done."""
    case.refresh_from_db()
    form: dict[str, Any] = {"verb": "finish", "version": case.version, "public": "Lampu sudah diganti."}
    form["action_id"] = action_id or str(uuid4())
    if data is not None:
        form["file"] = upload(data)
    return desk.post(f"/kerja/kasus/{case.code}/langkah/", form)


def test_work_is_done_with_a_new_photo_once_and_shown_after_a_look(
    city: str, lights: Body, desk: Client
) -> None:
    case = started(city, lights)
    assert finish(desk, case, None).status_code == 422
    action = str(uuid4())
    assert [finish(desk, case, picture(1), action).status_code for _ in range(2)] == [302, 302]
    case.refresh_from_db()
    assert case.state == "done"
    photo = Attached.objects.get()
    assert Step.objects.get(case=case, verb="finish").photo == photo.name
    address = f"/foto/{photo.name}-240.jpg"
    page = Client().get(f"/kasus/{case.code}/").content.decode()
    assert "1 foto menunggu dilihat" in page
    assert address not in page
    assert Client().get(address).status_code == 404
    look = {"verdict": "show", "seen": "ready"}
    assert desk.post(f"/kerja/foto/kerja/{photo.name}/", look).status_code == 403  # nobody releases their own
    other = make_person("lain@example.org", totp=True)
    give(other, "verifier", make_body("Kelurahan"))
    eyes = sign_in(Client(), other, code=True)
    assert photo.name in eyes.get("/kerja/foto/").content.decode()
    assert eyes.post(f"/kerja/foto/kerja/{photo.name}/", look).status_code == 303
    page = Client().get(f"/kasus/{case.code}/").content.decode()
    assert address in page
    assert "foto tanpa tempat" in page
    assert Client().get(address).status_code == 200
    verbs = Entry.objects.filter(object_kind="case", verb__startswith="photo.").values_list("verb", flat=True)
    assert sorted(verbs) == ["photo.received", "photo.shown"]


def test_a_photo_that_was_sent_before_proves_nothing(city: str, lights: Body, desk: Client) -> None:
    case, receipt = made.opened(city)
    step(case, made.officer(lights), "triage")
    step(case, made.officer(lights), "start")
    add_photo(actor=made.ME, token=receipt.token, client_id=uuid4(), data=picture(2))
    assert develop_waiting(actor=made.ME) == 1
    again = corpus.encoded(corpus.scene(640, 480, 2).resize((480, 360)), quality=60)
    answer = finish(desk, case, again)
    assert answer.status_code == 422
    assert "pernah dikirim untuk hal lain" in answer.content.decode()
    other = started(city, lights, 2)
    assert finish(desk, other, picture(3)).status_code == 302
    assert finish(desk, case, picture(3)).status_code == 422
    assert finish(desk, case, picture(4)).status_code == 302


def test_what_is_no_photo_is_refused_with_a_remedy(city: str, lights: Body, desk: Client) -> None:
    case = started(city, lights)
    answer = finish(desk, case, b"<svg onload=alert(1)>")
    assert answer.status_code == 422
    assert "bukan foto" in answer.content.decode()
    assert Attached.objects.count() == 0


def test_a_photo_from_far_away_and_from_before_wears_marks(city: str, lights: Body, desk: Client) -> None:
    case = started(city, lights)
    assert finish(desk, case, picture(5, exif=corpus.exif_with_everything())).status_code == 302
    Attached.objects.update(state="public")
    assert Attached.objects.get().exif_m is not None
    page = Client().get(f"/kasus/{case.code}/").content.decode()
    assert "dipotret sebelum kasus dibuka" in page
    assert "m dari sini" in page


@pytest.fixture
def community(city: str) -> Body:
    """A community of the kelurahan."""
    return make_body("Warga peduli lampu", city=city, sphere="civil_society", kind="komunitas")


@pytest.fixture
def neighbour(community: Body) -> Client:
    """The browser of its verifier."""
    person = make_person("warga@example.org", totp=True)
    give(person, "verifier", community)
    return sign_in(Client(), person, code=True)


def test_a_community_near_by_contradicts_with_a_photo_which_reopens(
    city: str, lights: Body, desk: Client, community: Body, neighbour: Client
) -> None:
    case = started(city, lights)
    assert finish(desk, case, picture(6)).status_code == 302
    assert "Periksa hasilnya" in neighbour.get(f"/kasus/{case.code}/").content.decode()
    assert "Periksa hasilnya" not in Client().get(f"/kasus/{case.code}/").content.decode()
    word = {"body": community.public_id, "verb": "dispute", "action_id": str(uuid4())}
    neighbour.post(f"/kasus/{case.code}/periksa/", word)
    case.refresh_from_db()
    assert case.state == "done"  # without words nothing is said
    for _ in range(2):
        form = word | {"words": "Masih gelap.", "photo": upload(picture(7))}
        assert neighbour.post(f"/kasus/{case.code}/periksa/", form).status_code == 302
    case.refresh_from_db()
    assert case.state == "reopened"
    said = Step.objects.get(case=case, verb="dispute")
    assert (said.body, said.by, said.by_citizen) == (community, None, True)
    assert Attached.objects.filter(name=said.photo).count() == 1
    assert "Warga peduli lampu" in Client().get(f"/kasus/{case.code}/").content.decode()


def test_who_handles_a_case_or_looks_after_another_area_does_not_check_it(
    city: str, lights: Body, desk: Client, community: Body, neighbour: Client
) -> None:
    case = started(city, lights)
    assert finish(desk, case, picture(8)).status_code == 302
    BodyArea.objects.create(body=community, area_code="33.75.01.1001")
    word = {"body": community.public_id, "verb": "confirm", "action_id": str(uuid4())}
    assert neighbour.post(f"/kasus/{case.code}/periksa/", word).status_code == 403
    assert desk.post(f"/kasus/{case.code}/periksa/", word | {"body": lights.public_id}).status_code == 403
    assert Client().post(f"/kasus/{case.code}/periksa/", word).status_code in {302, 403}
    case.refresh_from_db()
    assert case.state == "done"


def test_the_reporter_contradicts_with_a_photo_that_goes_when_the_report_is_erased(
    city: str, lights: Body, desk: Client
) -> None:
    case, receipt = made.opened(city)
    step(case, made.officer(lights), "triage")
    step(case, made.officer(lights), "start")
    assert finish(desk, case, picture(9)).status_code == 302
    form = {
        "verb": "dispute",
        "words": "Masih gelap.",
        "action_id": str(uuid4()),
        "photo": upload(picture(10)),
    }
    assert Client().post(f"/kasus/r/{receipt.token}/{case.code}/", form).status_code == 302
    photo = Attached.objects.exclude(receipt="").get()
    assert "0812" not in Client().get(f"/kasus/{case.code}/").content.decode()
    assert Entry.objects.get(verb="case.reopened").actor == "anonymous"
    assert default_storage.exists(f"photos/{photo.name}-240.jpg")
    phone = Actor("device", "device", device_hash=keyed("test", "device", "1"))
    assert personal.erase(actor=phone) == 1
    personal.delete_files(actor=made.ME)
    assert not default_storage.exists(f"photos/{photo.name}-240.jpg")
    assert not Attached.objects.filter(pk=photo.pk).exists()
    assert Attached.objects.count() == 1  # the office's own stays
