"""One reply answers many incidents, signed with the office; who opened it has read it."""

from typing import Any

import pytest
from django.test import Client

from rembug.lib.errors import Invalid, NotAllowed, NotFound
from rembug.reports.actions.reply import mark_read, reply, withdraw_reply
from rembug.reports.models import Recipient, Reply
from rembug.reports.tests.work.made import (
    HERE,
    NORTH,
    SOUTH,
    THERE,
    Town,
    actor,
    acts,
    incident_of,
    page,
    phone,
    send,
    text,
    worker,
)

pytestmark = pytest.mark.usefixtures("town")


def answer(client: Client, *codes: str, **more: str) -> Any:
    body = page(client.get("/kerja/kejadian/")).cssselect("input[name=body]")[0].get("value")
    data = {"body": body, "incident": list(codes), "sentence": "", "text": "", "do": "reply", **more}
    return client.post("/kerja/kejadian/", data)


def test_a_body_sees_what_it_received_unread_first(town: Town) -> None:
    north, south = (
        incident_of(send(town.city, by=phone())),
        incident_of(send(town.city, by=phone(), at=THERE)),
    )
    office, _ = worker("officer", town.office)
    listed = office.get("/kerja/kejadian/").content.decode()
    assert north.code in listed
    assert south.code in listed
    office.get(f"/kerja/kejadian/{south.code}/")
    codes = [
        box.get("value") for box in page(office.get("/kerja/kejadian/")).cssselect("input[name=incident]")
    ]
    assert codes == [north.code, south.code]
    ward, _ = worker("officer", town.ward)
    assert south.code not in ward.get("/kerja/kejadian/", {"tampil": "all"}).content.decode()
    # A role without an area of its own reaches no farther than its body does.
    assert ward.get(f"/kerja/kejadian/{south.code}/").status_code == 403
    assert worker("member", town.ward)[0].get(f"/kerja/kejadian/{south.code}/").status_code == 403


def test_opening_it_is_reading_it_and_the_public_sees_that(town: Town) -> None:
    sent = send(town.city, by=phone())
    incident = incident_of(sent)
    client, _ = worker("member", town.ward)
    client.get(f"/kerja/kejadian/{incident.code}/", headers={"Sec-Purpose": "prefetch"})
    assert acts("incident.read") == 0
    client.get(f"/kerja/kejadian/{incident.code}/")
    client.get(f"/kerja/kejadian/{incident.code}/")
    assert acts("incident.read") == 1
    assert Recipient.objects.get(incident=incident, body=town.office).read_at is None
    assert "Kelurahan Pasirlor: dibaca" in text(Client().get(f"/kejadian/{incident.code}/"))
    assert "Kelurahan Pasirlor" in text(Client().get(f"/r/{sent.token}/"))


def test_one_reply_answers_all_that_are_ticked_and_every_receipt_shows_it(town: Town) -> None:
    first, second = send(town.city, by=phone()), send(town.city, by=phone(), at=THERE)
    client, _ = worker("officer", town.office)
    codes = [incident_of(first).code, incident_of(second).code]
    sent = answer(client, *codes, sentence="pump_on", text="Dua unit.")
    assert sent.status_code == 303
    words = "Pompa sudah dinyalakan. Air akan surut bertahap. Dua unit."
    for token in (first.token, second.token):
        assert words in text(Client().get(f"/r/{token}/"))
    shown = client.get(sent["Location"])
    assert words in page(shown).cssselect("textarea#teks")[0].text_content()
    assert "2 kejadian" in text(shown)
    assert (Reply.objects.count(), acts("reply.published")) == (1, 1)
    assert "Semua sudah beres" in text(client.get("/kerja/kejadian/"))


def test_a_ready_sentence_is_public_in_the_citys_language(town: Town) -> None:
    sent = send(town.city, by=phone())
    client, _ = worker("officer", town.office)
    client.post("/bahasa/", {"language": "en", "next": "/"})
    assert answer(client, incident_of(sent).code, sentence="read").status_code == 303
    assert Reply.objects.get().text == "Laporan Anda sudah kami baca. Terima kasih."


def test_the_same_reply_twice_is_one(town: Town) -> None:
    code = incident_of(send(town.city, by=phone())).code
    client, _ = worker("officer", town.office)
    answer(client, code, text="Kami cek.")
    reply(
        actor=actor("officer", town.office), body=town.office.public_id, incidents=[code], text=" Kami  cek. "
    )
    assert (Reply.objects.count(), acts("reply.published")) == (1, 1)


def test_an_empty_or_aimless_reply_says_what_is_missing_and_keeps_the_words(town: Town) -> None:
    code = incident_of(send(town.city, by=phone())).code
    client, _ = worker("officer", town.office)
    empty = answer(client, code)
    assert empty.status_code == 422
    assert "Pilih kalimat siap pakai atau tulis tanggapan." in text(empty)
    assert page(empty).cssselect("input[name=incident][checked]")
    aimless = answer(client, text="Kami cek.")
    assert aimless.status_code == 422
    assert "Kami cek." in page(aimless).cssselect("textarea")[0].text_content()
    gone = answer(client, "NONE", text="Kami cek.")
    assert gone.status_code == 422
    assert Reply.objects.count() == 0


def test_nobody_speaks_for_another_body_or_about_what_it_did_not_receive(town: Town) -> None:
    south = incident_of(send(town.city, by=phone(), at=THERE)).code
    north = incident_of(send(town.city, by=phone())).code
    officer = actor("officer", town.office)
    with pytest.raises(NotAllowed):
        reply(actor=officer, body=town.ward.public_id, incidents=[north], text="Kami cek.")
    with pytest.raises(NotAllowed):
        reply(
            actor=actor("officer", town.ward), body=town.ward.public_id, incidents=[south], text="Kami cek."
        )
    with pytest.raises(NotAllowed):
        reply(
            actor=actor("officer", town.office, SOUTH),
            body=town.office.public_id,
            incidents=[north],
            text="Ya.",
        )
    with pytest.raises(Invalid):
        reply(actor=officer, body=town.office.public_id, incidents=[north], text="x" * 601)
    with pytest.raises(NotFound):
        mark_read(actor=officer, incident="NONE", body=town.office.public_id)
    with pytest.raises(NotAllowed):
        mark_read(actor=officer, incident=north, body=town.ward.public_id)


def test_a_reply_can_be_answered_on_the_page_of_the_incident_and_taken_back(town: Town) -> None:
    sent = send(town.city, by=phone(), at=HERE)
    code = incident_of(sent).code
    client, _ = worker("officer", town.ward, NORTH)
    made = client.post(
        f"/kerja/kejadian/{code}/", {"body": town.ward.public_id, "sentence": "", "text": "Lurah ke sana."}
    )
    assert made.status_code == 303
    assert "Lurah ke sana." in text(Client().get(f"/kejadian/{code}/"))
    other, _ = worker("officer", town.office)
    assert other.get(made["Location"]).status_code == 404
    assert other.post(made["Location"] + "tarik/").status_code == 404
    assert client.post(made["Location"] + "tarik/").status_code == 303
    assert "Lurah ke sana." not in text(Client().get(f"/kejadian/{code}/"))
    said = Reply.objects.get()
    withdraw_reply(actor=actor("officer", town.ward), code=said.code)
    assert acts("reply.withdrawn") == 1
    with pytest.raises(NotFound):
        withdraw_reply(actor=actor("officer", town.ward), code="NONE")


def test_somebody_without_a_body_that_receives_is_told_so(town: Town) -> None:
    client, _ = worker("verifier", town.office)
    assert "Semua sudah beres" in text(client.get("/kerja/kejadian/"))
    assert client.get("/kerja/kejadian/", {"tampil": "odd", "pihak": town.ward.public_id}).status_code == 200
