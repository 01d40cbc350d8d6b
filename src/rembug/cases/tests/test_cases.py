"""From a verified incident to an answer that can be checked."""

from __future__ import annotations

import pytest
from django.test import Client

from rembug.audit.models import Entry
from rembug.cases.actions.confirm import Word, by_reporter
from rembug.cases.actions.move import Said, answer_many, move, note, split
from rembug.cases.actions.open import open_new
from rembug.cases.models import Case, Deadline, Step
from rembug.cases.queries import faces, work
from rembug.cases.queries.faces import Wanted
from rembug.cases.rules.states import CLOSED, MOVES, NAMES, OPEN
from rembug.cases.tests import made
from rembug.cases.tests.made import ME, officer, step
from rembug.lib import clock
from rembug.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from rembug.people.models import Body
from rembug.people.tests.town import give, make_person, sign_in
from rembug.reports.models import Photo, Reply, Report


def test_an_incident_opens_one_case_with_the_responsible_body(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    assert case.body == lights
    assert case.state == "received"
    assert open_new(city, actor=ME) == 0
    assert Case.objects.count() == 1
    assert {one.kind for one in case.deadlines.all()} == {"verify", "complaint", "promise"}
    assert all(one.basis for one in case.deadlines.all())
    assert Entry.objects.filter(verb="case.opened", object_id=case.code).count() == 1


def test_every_state_can_be_reached_and_left(city: str) -> None:
    assert city
    assert set(NAMES) == set(OPEN) | set(CLOSED)
    assert {move.to for move in MOVES.values()} | {"received"} == set(NAMES)
    assert all(set(move.since) <= set(NAMES) for move in MOVES.values())


def test_the_way_from_received_to_settled(city: str, lights: Body) -> None:
    case, receipt = made.opened(city)
    me = officer(lights)
    step(case, me, "triage")
    step(case, me, "start")
    step(case, me, "answer", public="Lampu diganti hari Kamis.")
    with pytest.raises(Invalid, match="tidak selesai dengan kata-kata"):
        step(case, me, "finish", public="Sudah diganti.")
    photo = _shown_photo(Report.objects.get(code=receipt.code))
    step(case, me, "finish", public="Sudah diganti.", photo=photo.name)
    by_reporter(actor=ME, city=city, code=case.code, token=receipt.token, said=Word("confirm"))
    case.refresh_from_db()
    assert case.state == "settled"
    assert case.settled_at
    assert not Deadline.objects.filter(case=case, met_at=None).exists()
    face = faces.case(city, case.code)
    assert [one.verb for one in face.steps] == ["open", "triage", "start", "answer", "finish", "confirm"]
    page = Client().get(f"/kejadian/{case.incident}/").content.decode()
    assert "Lampu diganti hari Kamis." in page


def _shown_photo(report: Report) -> Photo:
    return Photo.objects.create(
        report=report,
        client_id="0190aaaa-0000-7000-8000-000000000001",
        name="a" * 32,
        state=Photo.State.PUBLIC,
        payload_hash="x",
        bytes=1,
        received_at=clock.now(),
    )


def test_belum_tuntas_reopens_with_new_promises_beside_the_old(city: str, lights: Body) -> None:
    case, receipt = made.opened(city)
    step(case, officer(lights), "triage")
    step(case, officer(lights), "answer", public="Sudah dicek.")
    with pytest.raises(Invalid):
        by_reporter(actor=ME, city=city, code=case.code, token=receipt.token, said=Word("dispute"))
    by_reporter(
        actor=ME, city=city, code=case.code, token=receipt.token, said=Word("dispute", "Masih gelap.")
    )
    case.refresh_from_db()
    assert case.state == "reopened"
    assert Deadline.objects.filter(case=case, met_at=None, replaced_at=None).count() == 3
    assert Deadline.objects.filter(case=case).count() == 6
    with pytest.raises(NotFound):
        by_reporter(actor=ME, city=city, code=case.code, token="salah" * 8, said=Word("confirm"))


def test_two_officers_at_once_never_overwrite_each_other(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    first, second = officer(lights), officer(lights, "administrator")
    move(actor=first, city=city, code=case.code, said=Said("triage", 1))
    with pytest.raises(Conflict):
        move(
            actor=second,
            city=city,
            code=case.code,
            said=Said("reject", 1, public="Bukan urusan", reason="not_public"),
        )
    case.refresh_from_db()
    assert (case.state, case.version) == ("triaged", 2)


def test_a_stranger_has_no_part_in_a_case(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    other = Body.objects.get(public_id=f"{city}-dlh")
    with pytest.raises(NotAllowed):
        step(case, officer(other), "triage")
    with pytest.raises(NotFound):
        work.work(officer(other), city, case.code)
    assert list(work.visible(officer(other), city)) == []
    assert work.work(officer(lights), city, case.code).face.code == case.code


def test_nothing_goes_to_the_body_that_is_complained_about(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    Case.objects.filter(pk=case.pk).update(about_body=lights)
    coordinator = officer(Body.objects.get(public_id=f"{city}-dinkominfo"), "coordinator")
    with pytest.raises(Invalid, match="pihak yang dikeluhkan"):
        step(case, coordinator, "assign", body=lights.public_id, public="Coba saja.")
    other = Body.objects.get(public_id=f"{city}-dlh")
    step(case, coordinator, "assign", body=other.public_id, public="Ini urusan DLH.")
    case.refresh_from_db()
    assert case.body == other
    assert '"from"' in Entry.objects.filter(verb="case.assigned").get().data


def test_parts_go_to_several_bodies_once(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    coordinator = officer(Body.objects.get(public_id=f"{city}-dinkominfo"), "coordinator")
    bodies = [f"{city}-dlh", f"{city}-dpupr"]
    assert len(split(actor=coordinator, city=city, code=case.code, bodies=bodies)) == 2
    split(actor=coordinator, city=city, code=case.code, bodies=bodies)
    assert case.parts.count() == 2
    with pytest.raises(Invalid, match="sudah memegang kasus"):
        split(actor=coordinator, city=city, code=case.code, bodies=[lights.public_id])
    part = case.parts.get(body__public_id=f"{city}-dlh")
    with pytest.raises(Invalid, match="sudah memegang kasus"):
        split(actor=coordinator, city=city, code=part.code, bodies=[f"{city}-dpupr"])
    assert Case.objects.count() == 3


def test_a_long_answer_reaches_reporters_up_to_a_word_with_the_page_of_the_rest(
    city: str, lights: Body
) -> None:
    case, _ = made.opened(city)
    step(case, officer(lights), "triage")
    step(case, officer(lights), "start")
    words = "Lampu di gang ini diganti hari Kamis. " * 30
    step(case, officer(lights), "answer", public=words)
    told = Reply.objects.get().text
    assert len(told) <= 600
    assert told.endswith(f"/kasus/{case.code}/")
    assert told.rpartition(" … ")[0] in words
    assert len(Step.objects.get(verb="answer").public) == len(words.strip())


def test_one_answer_goes_to_many_and_names_what_was_left(city: str, lights: Body) -> None:
    cases = [made.opened(city, number)[0] for number in (1, 2)]
    for case in cases:
        step(case, officer(lights), "triage")
    codes = [case.code for case in cases]
    said = Said("answer", 0, public="Semua lampu diperiksa Jumat.")
    assert answer_many(actor=officer(lights), city=city, codes=[*codes, "NOSUCH"], said=said) == ["NOSUCH"]
    assert set(Case.objects.values_list("state", flat=True)) == {"answered"}


def test_notes_stay_inside(city: str, lights: Body, client: Client) -> None:
    case, _ = made.opened(city)
    note(actor=officer(lights), city=city, code=case.code, words="Hubungi Pak RW dulu.")
    assert "Pak RW" not in client.get(f"/kasus/{case.code}/").content.decode()
    assert "Pak RW" not in client.get(f"/kasus/{case.code}/feed.atom").content.decode()
    assert work.work(officer(lights), city, case.code).notes[0].words == "Hubungi Pak RW dulu."
    assert "Pak RW" not in "".join(Entry.objects.values_list("data", flat=True))


def test_an_officer_answers_at_the_desk_and_a_double_send_is_one_step(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    person = make_person("petugas@example.org", totp=True)
    give(person, "officer", lights)
    desk = sign_in(Client(), person, code=True)
    assert case.code in desk.get("/kerja/kasus/").content.decode()
    assert case.code in b"".join(desk.get("/kerja/kasus/unduh.csv").streaming_content).decode()  # type: ignore[attr-defined]
    posted = {"verb": "triage", "version": "1", "action_id": "0190aaaa-0000-7000-8000-00000000000a"}
    assert desk.post(f"/kerja/kasus/{case.code}/langkah/", posted).status_code == 302
    assert desk.post(f"/kerja/kasus/{case.code}/langkah/", posted).status_code == 302
    assert Step.objects.filter(case=case, verb="triage").count() == 1
    again = desk.post(f"/kerja/kasus/{case.code}/langkah/", {"verb": "start", "version": "1"})
    assert again.status_code == 409
    assert "Baca dulu" in again.content.decode()
    wrong = desk.post(f"/kerja/kasus/{case.code}/langkah/", {"verb": "answer", "version": "2", "public": ""})
    assert wrong.status_code == 422
    assert desk.get("/kerja/kasus/angka/").status_code == 403


def test_the_reporter_sees_and_says_by_the_secret_receipt(city: str, lights: Body, client: Client) -> None:
    case, receipt = made.opened(city)
    step(case, officer(lights), "triage")
    step(case, officer(lights), "answer", public="Sudah dicek.")
    page = client.get(f"/kasus/r/{receipt.token}/").content.decode()
    assert "Belum tuntas" in page
    done = client.post(f"/kasus/r/{receipt.token}/{case.code}/", {"verb": "dispute", "words": "Masih mati."})
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.state == "reopened"
    assert client.get("/kasus/r/" + "x" * 30 + "/").status_code == 200


def test_lists_are_found_by_state_words_and_number(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    assert [one.code for one in faces.listed(city, Wanted(words="lampu"))[0]] == [case.code]
    assert [one.code for one in faces.listed(city, Wanted(words=case.code))[0]] == [case.code]
    assert faces.listed(city, Wanted(state="closed"))[0] == []
    assert faces.listed(city, Wanted(body=lights.public_id, area="33.75"))[0]


def test_one_answer_reaches_everybody_who_reported_the_same_incident(
    city: str, lights: Body, client: Client
) -> None:
    case, first = made.opened(city)
    second = made.light(city, phone=77)
    open_new(city, actor=ME)
    assert Case.objects.count() == 1
    step(case, officer(lights), "triage")
    step(case, officer(lights), "answer", public="Lampu diganti hari Kamis.")
    for receipt in (first, second):
        assert "Lampu diganti hari Kamis." in client.get(f"/kasus/r/{receipt.token}/").content.decode()
        assert f"/kasus/r/{receipt.token}/" in client.get(f"/r/{receipt.token}/").content.decode()


def test_errors_are_said_in_the_readers_language(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    person = make_person("officer@example.org", totp=True)
    give(person, "officer", lights)
    desk = sign_in(Client(headers={"accept-language": "en"}), person, code=True)
    form = {"verb": "answer", "version": case.version, "public": ""}
    step(case, officer(lights), "triage")
    answer = desk.post(f"/kerja/kasus/{case.code}/langkah/", form, headers={"accept-language": "en"})
    assert "Write a sentence for people, at least 3 letters." in answer.content.decode()
