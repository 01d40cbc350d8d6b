"""Surveys: answered without account and once, counted in from paper, frozen without small cells."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from rembug.audit.models import Entry
from rembug.evidence.models import Survey, SurveyBatch, SurveySheet, SurveyTally, SurveyText, Version
from rembug.evidence.queries.datasets import version
from rembug.evidence.queries.rebuild import rebuild
from rembug.evidence.queries.survey_results import frozen_rows
from rembug.evidence.tests import work
from rembug.lib import clock
from rembug.people.models import Body
from rembug.people.tests.town import give, make_body, make_person, sign_in

HERE, THERE = "33.75.03.1010", "33.75.03.1009"


@pytest.fixture
def asker(body: Body) -> Client:
    """The browser of the group's facilitator."""
    person = make_person("tanya@example.org", totp=True)
    give(person, "facilitator", body)
    return sign_in(Client(), person, code=True)


def form(body: Body, **more: Any) -> dict[str, Any]:
    """Return a survey with one question of each kind."""
    today = timezone.localtime(clock.now()).date()
    said: dict[str, Any] = {
        "action_id": str(uuid4()),
        "body": body.public_id,
        "title": "Pompa di kampung",
        "asker": "Ketua",
        "purpose": "Untuk rapat dengan dinas.",
        "area": "",
        "dimensions": ["living"],
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=7)).isoformat(),
        "ask-TOTAL_FORMS": "10",
        "ask-INITIAL_FORMS": "0",
    }
    rows = (
        ("Apakah pompa menyala?", "one", "Ya\nTidak"),
        ("Apa yang perlu?", "many", "Pompa\nTanggul"),
        ("Seberapa puas?", "scale", ""),
        ("Berapa hari banjir?", "number", ""),
        ("Pesan Anda?", "text", ""),
    )
    for place in range(10):
        ask, kind, options = rows[place] if place < len(rows) else ("", "one", "")
        said |= {f"ask-{place}-ask": ask, f"ask-{place}-kind": kind, f"ask-{place}-options": options}
        said |= {f"ask-{place}-low": "0", f"ask-{place}-high": "30"}
    return said | more


def sheet(**more: Any) -> dict[str, Any]:
    """Return one filled-in sheet."""
    return {"q1": "0", "q2": ["0", "1"], "q3": "4", "q4": "3", "q5": "", "area": HERE} | more


@pytest.fixture
def code(asker: Client, body: Body) -> str:
    """An open survey."""
    assert asker.post("/kerja/survei/baru/", form(body)).status_code == 302
    return Survey.objects.get().code


def send(code: str, said: dict[str, Any], client: Client | None = None) -> int:
    """Send a sheet from a phone of its own."""
    phone = client or Client()
    phone.get(f"/survei/{code}/")
    return phone.post(f"/survei/{code}/", said).status_code


def pile(code: str, asker: Client, sheets: int, **more: Any) -> Any:
    """Count a pile in."""
    said = {"action_id": str(uuid4()), "label": "RW 05", "sheets": str(sheets), "area": HERE} | more
    return asker.post(f"/kerja/survei/{code}/", said)


def test_a_survey_is_opened_once_and_only_by_its_own_people(asker: Client, body: Body) -> None:
    said = form(body)
    assert [asker.post("/kerja/survei/baru/", said).status_code for _ in range(2)] == [302, 302]
    assert Survey.objects.count() == Entry.objects.filter(verb="survey.opened").count() == 1
    other = make_body("Dinas lain")
    assert asker.post("/kerja/survei/baru/", form(other)).status_code == 422
    assert "Pompa di kampung" in Client().get("/survei/").content.decode()


@pytest.mark.parametrize("wrong", [{"ask-0-options": "Ya"}, {"ask-3-high": "0"}, {"ask-0-ask": "x" * 241}])
def test_what_cannot_be_asked_is_refused(asker: Client, body: Body, wrong: dict[str, str]) -> None:
    assert asker.post("/kerja/survei/baru/", form(body, **wrong)).status_code == 422
    assert Survey.objects.count() == 0


def test_a_phone_answers_without_account_and_counts_once(code: str) -> None:
    phone = Client()
    assert send(code, sheet(gender="f"), phone) == 303
    assert send(code, sheet(q1="1"), phone) == 303
    assert SurveySheet.objects.count() == Entry.objects.filter(verb="survey.answered").count() == 1
    tallies = {(row.question, row.choice): row.number for row in SurveyTally.objects.all()}
    assert tallies["", ""] == tallies["q1", "0"] == tallies["q2", "0"] == tallies["gender", "f"] == 1
    assert ("q1", "1") not in tallies
    assert "sudah dihitung" in phone.get(f"/survei/{code}/").content.decode()


def test_the_sheet_leaves_no_trace_of_who_sent_it(code: str) -> None:
    send(code, sheet(q5="Telepon saya 0812-3456-7890"))
    assert {field.name for field in SurveySheet._meta.fields} == {"id", "survey", "source"}
    assert "0812" not in SurveyText.objects.get().words
    entry = Entry.objects.get(verb="survey.answered")
    assert entry.actor_kind == "anonymous"
    assert "Telepon saya" not in Client().get(f"/survei/{code}/").content.decode()


def test_an_answer_that_is_missing_is_asked_for_again(code: str) -> None:
    for wrong in ({"q1": ""}, {"q1": "7"}, {"q3": "6"}, {"q4": "31"}, {"q4": "-1"}, {"area": "33.75.99"}):
        assert send(code, sheet(**wrong)) == 422, wrong
    assert SurveySheet.objects.count() == 0


def test_a_phone_without_token_is_asked_to_open_the_page(code: str) -> None:
    answer = Client().post(f"/survei/{code}/", sheet())
    assert answer.status_code == 403
    assert "Buka halaman ini dari HP Anda" in answer.content.decode()
    assert SurveySheet.objects.count() == 0


def test_one_network_cannot_stuff_the_box(code: str, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"survey_answer": "2/m/ip"}
    assert [send(code, sheet()) for _ in range(3)] == [303, 303, 429]
    assert SurveySheet.objects.count() == 2


def test_paper_is_counted_once_and_never_more_answers_than_sheets(code: str, asker: Client) -> None:
    same = {"action_id": str(uuid4()), "q1-0": "20", "q1-1": "10", "q2-0": "30"}
    assert [pile(code, asker, 30, **same).status_code for _ in range(2)] == [302, 302]
    assert SurveyTally.objects.get(question="").paper == 30
    wrong = pile(code, asker, 5, label="RW <05>", **{"q1-0": "4", "q1-1": "2"})
    assert wrong.status_code == 422
    assert 'value="RW &lt;05&gt;"' in wrong.content.decode()
    assert re.search(r'name="q1-0"[^>]* value="4"', wrong.content.decode())  # a pile is counted by hand once
    assert "RW 05" in asker.get(f"/kerja/survei/{code}/").content.decode()


def test_a_mistyped_pile_is_taken_back_with_a_reason_until_it_is_frozen(code: str, asker: Client) -> None:
    pile(code, asker, 30, **{"q1-0": "20", "q1-1": "10"})
    pile(code, asker, 300, **{"q1-0": "200", "q2-1": "40"})
    wrong = SurveyBatch.objects.get(sheets=300)
    path = f"/kerja/survei/{code}/tumpukan/{wrong.pk}/batal/"
    assert asker.post(path, {"why": "x"}).status_code == 302
    assert SurveyTally.objects.get(question="").number == 330
    for _ in range(2):
        asker.post(path, {"why": "Salah ketik, mestinya 30 lembar"})
    tallies = {(row.question, row.choice): (row.number, row.paper) for row in SurveyTally.objects.all()}
    assert tallies["", ""] == (30, 30)
    assert (tallies["q1", "0"], tallies["q2", "1"]) == ((20, 20), (0, 0))
    assert Entry.objects.get(verb="survey.paper_void").data == '{"sheets":300}'  # the log is public
    assert "Salah ketik, mestinya 30 lembar" in asker.get(f"/kerja/survei/{code}/").content.decode()
    asker.post(f"/kerja/survei/{code}/tutup/")
    right = SurveyBatch.objects.get(sheets=30)
    asker.post(f"/kerja/survei/{code}/tumpukan/{right.pk}/batal/", {"why": "Terlambat membatalkan"})
    right.refresh_from_db()
    assert right.voided_at is None
    assert SurveyTally.objects.get(question="").number == 30


def test_the_answers_of_one_pile_are_forgotten_once_frozen_and_later_piles_still_count(
    code: str, asker: Client, body: Body
) -> None:
    pile(code, asker, 30, **{"q1-0": "20", "q1-1": "10"})
    assert SurveyBatch.objects.filter(counts__q1={"0": 20, "1": 10}).count() == 1
    asker.post(f"/kerja/survei/{code}/tutup/")
    assert SurveyBatch.objects.get().counts is None
    pile(code, asker, 20, **{"q1-0": "10", "q1-1": "10"})
    assert list(SurveyBatch.objects.values_list("counts", flat=True)) == [None, None]
    asker.post(f"/kerja/survei/{code}/tutup/")
    made = Version.objects.order_by("number").last()
    assert made is not None
    assert (made.number, made.state) == (2, "published"), made.why_failed
    rows = frozen_rows(body.city, version(body.city, made.dataset.slug)[1])
    told = {row["answer_code"]: row["people"] for row in rows if row["question"] == "q1"}
    assert (told["0"], told["1"]) == (30, 20)


def test_words_are_read_by_the_asking_body_only(code: str, asker: Client, desk: Client) -> None:
    send(code, sheet(q5="Pompanya berisik"))
    assert "Pompanya berisik" in asker.get(f"/kerja/survei/{code}/").content.decode()
    assert desk.get(f"/kerja/survei/{code}/").status_code == 403


def test_fifty_answers_show_shares_with_their_interval(code: str, asker: Client, body: Body) -> None:
    counts = {"q1-0": "40", "q1-1": "20", "q2-0": "60", "q2-1": "3", "q3-4": "30", "q3-5": "30", "q4-0": "60"}
    pile(code, asker, 60, **counts)
    assert asker.post(f"/kerja/survei/{code}/tutup/").status_code == 302
    page = Client().get(f"/survei/{code}/").content.decode()
    assert "67%" in page
    assert "56% – 76%" in page
    assert "disembunyikan" in page  # three of sixty asked for a dyke
    made = Version.objects.get()
    assert made.state == "published"
    assert made.quality["answers"] == 60
    assert made.quality["share_paper"] == 1.0
    assert Entry.objects.filter(verb="dataset.version.published").count() == 1
    slug = made.dataset.slug
    assert all(file.same for file in rebuild(body.city, slug))
    rows = frozen_rows(body.city, version(body.city, slug)[1])
    assert all(row["people"] is None or row["people"] == 0 or row["people"] >= 5 for row in rows)
    assert Client().get(f"/data/kumpulan/{slug}/").status_code == 200
    assert b"Apakah pompa menyala?" in work.download(Client(), f"/data/kumpulan/{slug}/1/csv/")
    assert Client().get("/catalog.jsonld").status_code == 200


def test_below_fifty_no_share_is_shown(code: str, asker: Client) -> None:
    pile(code, asker, 49, **{"q1-0": "49"})
    asker.post(f"/kerja/survei/{code}/tutup/")
    page = Client().get(f"/survei/{code}/").content.decode()
    assert "Belum cukup jawaban" in page
    assert "100%" not in page.split("Belum cukup jawaban")[1]


def test_four_answers_are_never_frozen(code: str, asker: Client) -> None:
    pile(code, asker, 4, **{"q1-0": "4"})
    asker.post(f"/kerja/survei/{code}/tutup/")
    assert Version.objects.get().state == "failed"
    assert "Kurang dari 5 orang" in Version.objects.get().why_failed


def test_a_small_area_is_joined_with_the_next(code: str, asker: Client) -> None:
    pile(code, asker, 40, **{"q1-0": "20", "q1-1": "20"})
    pile(code, asker, 4, area=THERE, **{"q1-0": "4"})
    asker.post(f"/kerja/survei/{code}/tutup/")
    quality = Version.objects.get().quality
    assert quality["areas"] == []
    assert quality["joined_areas"] == sorted([HERE, THERE])


def test_a_closed_survey_takes_no_more_phones_and_forgets_them(code: str, asker: Client) -> None:
    send(code, sheet())
    asker.post(f"/kerja/survei/{code}/tutup/")
    assert SurveySheet.objects.count() == 0
    assert send(code, sheet()) == 404
    assert Client().get("/survei/nicht/").status_code == 404


def test_a_later_version_never_tells_what_a_few_late_sheets_said(
    code: str, asker: Client, body: Body
) -> None:
    pile(code, asker, 60, **{"q1-0": "40", "q1-1": "20"})
    asker.post(f"/kerja/survei/{code}/tutup/")
    pile(code, asker, 3, **{"q1-1": "3"})
    asker.post(f"/kerja/survei/{code}/tutup/")
    assert [one.state for one in Version.objects.order_by("number")] == ["published", "failed"]
    assert "sejak versi sebelumnya" in Version.objects.latest("number").why_failed
    pile(code, asker, 20, **{"q1-0": "20"})  # now 20 more said yes, and three more no
    asker.post(f"/kerja/survei/{code}/tutup/")
    latest = version(body.city, Version.objects.all()[0].dataset.slug)[1]
    assert latest.number == 3
    told = {row["answer"]: row["people"] for row in frozen_rows(body.city, latest) if row["question"] == "q1"}
    assert told["Tidak"] is None
    asker.post(f"/kerja/survei/{code}/tutup/")
    assert Version.objects.latest("number").state == "same"
