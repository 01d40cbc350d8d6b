"""Classes: opened by a facilitator, answered by nobody in particular, read as sums with intervals (L-10)."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from rembug.audit.models import Entry
from rembug.learning.actions.classes import close_forgotten
from rembug.learning.models import Classroom, Sheet, Tally
from rembug.lib import clock
from rembug.lib.actor import system
from rembug.people.models import Body
from rembug.people.tests.town import give, make_body, make_person, sign_in

SINKING = "mengapa-tanah-turun"
RIGHT = {"faster": "0", "stop": "0", "care": "2"}
WRONG = {"faster": "1", "stop": "1", "care": "0"}


@pytest.fixture
def code(facilitator: Client, school: Body) -> str:
    """The code of an open class."""
    return opened(facilitator, school)


def opened(facilitator: Client, school: Body, **more: str) -> str:
    form = {
        "action_id": str(uuid4()),
        "lesson": SINKING,
        "body": school.public_id,
        "title": "Kelas 8B",
    } | more
    answer = facilitator.post("/kerja/kelas/", form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"].split("/")[-2])


def sheet(code: str, way: str, answers: dict[str, str], token: str = "") -> int:
    """Fill in one sheet on a phone of its own."""
    phone = Client()
    page = phone.get(f"/belajar/kelas/{code}/{way}/").content.decode()
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return phone.post(f"/belajar/kelas/{code}/{way}/", answers | {"token": token or found[1]}).status_code


def test_thirty_phones_take_a_lesson_and_the_facilitator_reads_what_changed(
    facilitator: Client, code: str
) -> None:
    for number in range(30):
        assert sheet(code, "awal", RIGHT if number < 9 else WRONG) == 302
    assert "Mengapa tanah kita turun" in Client().get(f"/belajar/kelas/{code}/").content.decode()
    for number in range(30):
        assert sheet(code, "akhir", RIGHT if number < 27 else WRONG) == 302
    page = facilitator.get(f"/kerja/kelas/{code}/").content.decode()
    assert "30 lembar sebelum, 30 lembar sesudah." in page
    assert "30% → 90%" in page
    assert "Naik; hampir pasti bukan kebetulan." in page
    assert "Tidak ada jawaban benar" in Client().get(f"/belajar/kelas/{code}/selesai/").content.decode()


def test_a_sheet_sent_twice_is_counted_once(code: str) -> None:
    token = str(uuid4())
    assert [sheet(code, "awal", RIGHT, token) for _ in range(3)] == [302, 302, 302]
    assert Sheet.objects.count() == 1
    assert sum(Tally.objects.values_list("number", flat=True)) == len(RIGHT)


def test_a_missing_answer_is_asked_for_and_what_was_chosen_stays(code: str) -> None:
    for spoilt in ({"faster": "0"}, RIGHT | {"stop": "7"}, RIGHT | {"stop": "x"}):
        assert sheet(code, "awal", spoilt) == 422
    answer = Client().post(f"/belajar/kelas/{code}/awal/", {"faster": "1", "token": str(uuid4())})
    assert "Pilih satu jawaban untuk setiap pertanyaan." in answer.content.decode()
    assert answer.content.decode().count("checked") == 1
    assert Client().post(f"/belajar/kelas/{code}/awal/", RIGHT | {"token": "x"}).status_code == 422
    assert Sheet.objects.count() == 0


def test_fewer_than_five_sheets_show_no_answers(facilitator: Client, code: str) -> None:
    for _ in range(4):
        sheet(code, "awal", RIGHT)
    page = facilitator.get(f"/kerja/kelas/{code}/").content.decode()
    assert "Jawaban tampil mulai dari lima lembar" in page
    assert '<td class="n">4</td>' not in page


def test_nothing_of_a_pupil_is_kept_anywhere(code: str) -> None:
    sheet(code, "awal", RIGHT)
    kept = {field.name for model in (Sheet, Tally) for field in model._meta.get_fields()}
    assert kept == {"id", "classroom", "moment", "question", "choice", "number", "token", "people"}
    entry = Entry.objects.get(verb="class.answered")
    assert entry.actor == "anonymous"
    assert json.loads(entry.data) == {"moment": "before"}
    # L-10: no table of the app knows a person, a birth date, a band, a rank or a phone.
    for model in apps.get_app_config("learning").get_models():
        assert not {"person", "name", "birth", "age", "device", "source", "rank"} & {
            field.name for field in model._meta.get_fields()
        }
    phone = Client()
    phone.get(f"/belajar/kelas/{code}/awal/")
    assert "sessionid" not in phone.cookies


def test_sheets_from_paper_are_typed_in_as_sums(facilitator: Client, code: str) -> None:
    form = {
        "token": str(uuid4()),
        "moment": "before",
        "faster-0": "12",
        "faster-1": "3",
        "stop-0": "10",
        "stop-2": "5",
    }
    form |= {"care-2": "15"}
    address = f"/kerja/kelas/{code}/"
    assert facilitator.post(address, form).status_code == 302
    assert facilitator.post(address, form).status_code == 302
    assert "15 lembar sebelum" in facilitator.get(address).content.decode()
    assert facilitator.post(address, {"token": str(uuid4()), "moment": "before"}).status_code == 422
    huge = form | {"token": str(uuid4()), "faster-0": "900"}
    assert facilitator.post(address, huge).status_code == 422


def test_only_the_leaders_of_the_body_open_see_and_close_its_classes(
    facilitator: Client, school: Body, code: str
) -> None:
    other = make_person("lain@example.org", totp=True)
    give(other, "facilitator", make_body("Kelompok lain", sphere="civil_society", kind="community"))
    stranger = sign_in(Client(), other, code=True)
    assert stranger.get(f"/kerja/kelas/{code}/").status_code == 404
    assert stranger.post(f"/kerja/kelas/{code}/tutup/").status_code == 404
    form = {"action_id": str(uuid4()), "lesson": SINKING, "body": school.public_id, "title": "X"}
    assert stranger.post("/kerja/kelas/", form).status_code == 422
    assert "Kelas 8B" not in stranger.get("/kerja/kelas/").content.decode()
    assert facilitator.post(f"/kerja/kelas/{code}/tutup/").status_code == 302
    assert facilitator.post(f"/kerja/kelas/{code}/tutup/").status_code == 302
    assert Entry.objects.filter(verb="class.closed").count() == 1
    assert Client().get("/belajar/kelas/", {"kode": code}).status_code == 404


def test_a_form_sent_twice_opens_one_class(facilitator: Client, school: Body) -> None:
    same = str(uuid4())
    assert opened(facilitator, school, action_id=same) == opened(facilitator, school, action_id=same)
    assert Classroom.objects.count() == 1
    assert (
        facilitator.post(
            "/kerja/kelas/", {"action_id": same, "lesson": SINKING, "body": school.public_id}
        ).status_code
        == 422
    )


def test_the_code_may_be_written_small_and_a_wrong_one_says_what_to_do(code: str) -> None:
    assert (
        Client().get("/belajar/kelas/", {"kode": code.lower()})["Location"] == f"/belajar/kelas/{code}/awal/"
    )
    answer = Client().get("/belajar/kelas/", {"kode": "ZZZZZZ"})
    assert answer.status_code == 404
    assert "Periksa kodenya." in answer.content.decode()
    assert Client().get("/belajar/kelas/").status_code == 200


def test_a_forgotten_class_closes_itself_after_two_weeks(code: str) -> None:
    assert close_forgotten(actor=system("test")) == 0
    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert close_forgotten(actor=system("test")) == 1
    assert Classroom.objects.get(code=code).closed_at is not None
