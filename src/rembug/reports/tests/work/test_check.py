"""Verifiers work a queue, most informative first; a person's decision always wins."""

from typing import Any

import pytest
from django.test import Client

from rembug.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from rembug.reports.actions.decide import decide
from rembug.reports.actions.own import withdraw
from rembug.reports.models import Decision
from rembug.reports.tests.work.made import (
    NORTH,
    SOUTH,
    THERE,
    Town,
    actor,
    acts,
    judge,
    page,
    phone,
    report,
    send,
    text,
    worker,
)

pytestmark = pytest.mark.usefixtures("town")


def put(client: Client, code: str, choice: str, seen: int = 0, **more: str) -> Any:
    return client.post(f"/kerja/periksa/{code}/putusan/", {"choice": choice, "seen": seen, **more})


def test_a_decision_without_its_reason_keeps_the_note(town: Town) -> None:
    sent = send(town.city, by=phone())
    client, _ = worker("verifier", town.office)
    answer = put(client, sent.code, "", words="Foto dari <kemarin>")
    assert answer.status_code == 422
    assert 'value="Foto dari &lt;kemarin&gt;"' in answer.content.decode()


def test_the_queue_shows_reports_of_own_areas_only(town: Town) -> None:
    north, south = send(town.city, by=phone()), send(town.city, by=phone(), at=THERE)
    client, _ = worker("verifier", town.ward, NORTH)
    listed = client.get("/kerja/periksa/").content.decode()
    assert north.code in listed
    assert south.code not in listed
    assert client.get(f"/kerja/periksa/{south.code}/").status_code == 403


def test_the_queue_can_be_narrowed_to_one_kelurahan_and_kind(town: Town) -> None:
    north, south = send(town.city, by=phone()), send(town.city, by=phone(), at=THERE)
    client, _ = worker("verifier", town.office)
    listed = client.get("/kerja/periksa/", {"wilayah": SOUTH, "jenis": "rob"}).content.decode()
    assert south.code in listed
    assert north.code not in listed
    assert "Tidak ada yang cocok" in text(client.get("/kerja/periksa/", {"jenis": "light"}))
    assert client.get("/kerja/periksa/", {"jenis": "x", "wilayah": "y"}).status_code == 200


def test_a_verifier_sees_true_place_original_words_neighbours_and_reasons(town: Town) -> None:
    sent = send(
        town.city, by=phone(), setting="house", text="Telepon saya 0812 3456 7890", landmark="Masjid Besar"
    )
    send(town.city, by=phone())
    send(town.city, by=phone(), claim="absent", depth_class="dry")
    judge()
    client, _ = worker("verifier", town.office)
    shown = text(client.get(f"/kerja/periksa/{sent.code}/"))
    for words in (
        "-6.87900, 109.67100",
        "0812 3456 7890",
        "Masjid Besar",
        "Mendukung",
        "Berlawanan",
        "Kering",
    ):
        assert words in shown
    assert page(client.get(f"/kerja/periksa/{sent.code}/")).cssselect(".reasons li")


def test_a_decision_counts_is_signed_by_the_body_and_leads_to_the_next_report(town: Town) -> None:
    first, second = send(town.city, by=phone()), send(town.city, by=phone(), at=THERE)
    client, _ = worker("verifier", town.office)
    answer = put(client, first.code, "true:seen", words="Saya lewat sana")
    assert (answer.status_code, answer["Location"]) == (303, f"/kerja/periksa/{second.code}/")
    judge()
    assert report(first).rung == "verified"
    assert acts("report.decided") == 1
    assert "Dinas Contoh memastikan laporan ini benar." in text(client.get(f"/laporan/{first.code}/"))
    assert first.code not in client.get("/kerja/periksa/").content.decode()
    assert first.code in client.get("/kerja/periksa/", {"keadaan": "decided"}).content.decode()
    assert put(client, second.code, "false:joke")["Location"] == "/kerja/periksa/"


def test_two_taps_on_the_button_are_one_decision(town: Town) -> None:
    sent = send(town.city, by=phone())
    client, _ = worker("verifier", town.office)
    put(client, sent.code, "true:seen")
    assert put(client, sent.code, "true:seen").status_code == 303
    assert (Decision.objects.count(), acts("report.decided")) == (1, 1)


def test_a_second_verifier_who_was_slower_sees_who_decided_and_may_change_it(town: Town) -> None:
    sent = send(town.city, by=phone())
    put(worker("verifier", town.ward, NORTH)[0], sent.code, "true:seen")
    slow, _ = worker("verifier", town.office)
    answer = put(slow, sent.code, "false:wrong_place")
    assert answer.status_code == 409
    assert "Kelurahan Pasirlor" in text(answer)
    seen = int(page(answer).cssselect("input[name=seen]")[0].get("value"))
    assert put(slow, sent.code, "false:wrong_place", seen).status_code == 303
    assert (report(sent).decided, Decision.objects.count()) == ("false", 2)


def test_a_decision_can_be_taken_back(town: Town) -> None:
    sent = send(town.city, by=phone())
    officer = actor("verifier", town.office)
    decide(actor=officer, code=sent.code, verdict="false", reason="joke")
    decide(actor=officer, code=sent.code, verdict="unsure", reason="mistake")
    judge()
    assert report(sent).decided == ""
    assert report(sent).rung != "refuted"


def test_nobody_sees_a_decide_button_on_their_own_report(town: Town) -> None:
    client, person = worker("verifier", town.office)
    sent = send(town.city, by=actor("verifier", town.office, person=person))
    shown = client.get(f"/kerja/periksa/{sent.code}/")
    assert "Ini laporan Anda sendiri" in text(shown)
    assert not page(shown).cssselect("input[name=choice]")
    assert sent.code not in client.get("/kerja/periksa/").content.decode()
    assert put(client, sent.code, "true:seen").status_code == 403
    assert acts("report.decided") == 0


def test_a_report_from_the_verifiers_own_phone_is_their_own(town: Town) -> None:
    mine = phone()
    sent = send(town.city, by=mine)
    person = actor("verifier", town.office)
    signed_in = type(person)(person.public_id, "person", person.grants, person.person_id, mine.device_hash)
    with pytest.raises(NotAllowed):
        decide(actor=signed_in, code=sent.code, verdict="true", reason="seen")


@pytest.mark.parametrize("choice", ["", "true:joke", "perhaps:seen", "x"])
def test_a_decision_without_a_fitting_reason_is_asked_for_again(town: Town, choice: str) -> None:
    sent = send(town.city, by=phone())
    client, _ = worker("verifier", town.office)
    answer = put(client, sent.code, choice)
    assert answer.status_code == 422
    assert "Pilih hasil dan alasannya." in text(answer)
    assert Decision.objects.count() == 0


def test_wrong_calls_say_what_is_wrong(town: Town) -> None:
    sent = send(town.city, by=phone())
    verifier = actor("verifier", town.office)
    with pytest.raises(Invalid):
        decide(actor=verifier, code=sent.code, verdict="true", reason="joke")
    with pytest.raises(NotFound):
        decide(actor=verifier, code="NONE", verdict="true", reason="seen")
    with pytest.raises(NotAllowed):
        decide(actor=actor("member", town.office), code=sent.code, verdict="true", reason="seen")
    with pytest.raises(NotAllowed):
        decide(actor=actor("verifier", town.office, SOUTH), code=sent.code, verdict="true", reason="seen")
    withdraw(actor=phone(), token=sent.token)
    with pytest.raises(Conflict):
        decide(actor=verifier, code=sent.code, verdict="true", reason="seen")


def test_an_empty_queue_says_so(town: Town) -> None:
    client, _ = worker("verifier", town.office)
    assert "Tidak ada yang menunggu" in text(client.get("/kerja/periksa/"))
    assert "0 laporan menunggu diperiksa" in text(client.get("/kerja/")).replace("0laporan", "0 laporan")
