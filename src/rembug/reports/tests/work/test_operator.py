"""A message to the city comes in with its number, and the reply goes back as text."""

from typing import Any

import pytest
from django.test import Client

from rembug.lib.errors import Invalid, NotAllowed, NotFound
from rembug.reports.actions.operator import enter, mark_pasted
from rembug.reports.actions.reply import reply
from rembug.reports.models import Report
from rembug.reports.rules.submission import Submission
from rembug.reports.tests.work.made import (
    NORTH,
    SOUTH,
    Town,
    actor,
    acts,
    incident_of,
    judge,
    page,
    send,
    text,
    worker,
)

pytestmark = pytest.mark.usefixtures("town")
MESSAGE = (
    "Min, dari tadi pagi rob sudah selutut di Pasirlor dekat Masjid Besar. Nomor: LA-2291. WA 0812 3456 7890"
)


def fields(answer: Any) -> dict[str, Any]:
    form = page(answer).cssselect("form.entry")[0]
    return {name: value for name, value in form.form_values()}  # noqa: C416 - pairs of lxml, typed Any


def read(client: Client, message: str = MESSAGE) -> Any:
    start = fields(client.get("/kerja/masuk/"))
    return client.post("/kerja/masuk/", {**start, "message": message, "do": "read"})


def enter_it(client: Client, message: str = MESSAGE, **more: str) -> Any:
    return client.post("/kerja/masuk/", {**fields(read(client, message)), **more, "do": "save"})


def test_pasting_a_message_fills_the_fields(town: Town) -> None:
    client, _ = worker("officer", town.office)
    filled = fields(read(client))
    assert filled["category"] == "rob"
    assert filled["depth_class"] == "knee"
    assert filled["since"] == "morning"
    assert filled["number"] == "LA-2291"
    assert filled["area"] == NORTH
    assert filled["landmark"] == "Masjid Besar"


def test_what_the_operator_typed_is_not_overwritten(town: Town) -> None:
    client, _ = worker("officer", town.office)
    start = fields(client.get("/kerja/masuk/"))
    again = client.post("/kerja/masuk/", {**start, "message": MESSAGE, "depth_class": "calf", "do": "read"})
    assert fields(again)["depth_class"] == "calf"


def test_a_saved_message_gives_a_number_and_the_text_to_paste_back(town: Town) -> None:
    client, _ = worker("officer", town.office)
    saved = enter_it(client)
    assert saved.status_code == 303
    row = Report.objects.get()
    assert (row.channel, row.foreign_ref, row.area_code) == ("operator", "LA-2291", NORTH)
    assert (row.lon, row.lat) == (109.671, -6.879)  # the landmark's own point
    shown = client.get(saved["Location"])
    words = page(shown).cssselect("textarea#teks")[0].text_content()
    assert "LA-2291" in words
    receipt = words.splitlines()[-1].rpartition("/r/")[2]
    judge()
    assert Client().get(f"/r/{receipt}").status_code == 200
    assert "0812" not in text(Client().get(f"/laporan/{row.code}/"))


def test_pressing_save_twice_is_one_report(town: Town) -> None:
    client, _ = worker("officer", town.office)
    filled = fields(read(client))
    places = {client.post("/kerja/masuk/", {**filled, "do": "save"})["Location"] for _ in range(2)}
    assert len(places) == 1
    assert Report.objects.count() == 1


def test_a_number_that_is_known_leads_to_what_is_there(town: Town) -> None:
    client, _ = worker("officer", town.office)
    first = enter_it(client)
    again = enter_it(client, message=MESSAGE + " Tolong segera.")
    assert again.status_code == 422
    assert "sudah pernah dimasukkan" in text(again)
    assert first["Location"] in again.content.decode()
    assert Report.objects.count() == 1


def test_messages_without_number_are_voices_of_their_own(town: Town) -> None:
    client, _ = worker("officer", town.office)
    for words in ("Rob selutut di Pasirlor", "Rob sebetis di Pasirlor"):
        assert enter_it(client, message=words).status_code == 303
    assert len(set(Report.objects.values_list("source", flat=True))) == 2


def test_a_point_wins_over_the_kelurahan_and_dry_is_said(town: Town) -> None:
    client, _ = worker("officer", town.office)
    assert (
        enter_it(client, message="Di sini kering", point="-6.88, 109.69", category="rob").status_code == 422
    )
    assert (
        enter_it(client, message="Di sini kering", point="-6.8801, 109.6901", category="rob").status_code
        == 303
    )
    row = Report.objects.get()
    assert (row.claim, row.area_code, row.lat) == ("absent", SOUTH, -6.8801)


def test_what_is_missing_is_said_and_nothing_is_lost(town: Town) -> None:
    client, _ = worker("officer", town.office)
    nowhere = enter_it(client, message="Rob selutut")
    assert nowhere.status_code == 422
    assert "Pilih kelurahan" in text(nowhere)
    assert fields(nowhere)["message"].strip() == "Rob selutut"
    bare = enter_it(client, message="Halo")
    assert bare.status_code == 422
    assert "Lengkapi yang ditandai" in text(bare)


def test_an_operator_of_one_area_enters_only_there(town: Town) -> None:
    client, _ = worker("officer", town.ward, NORTH)
    assert enter_it(client).status_code == 303
    assert enter_it(client, message="Rob selutut di Pasirkidul, no. LA-9").status_code == 403
    assert worker("verifier", town.office)[0].get("/kerja/masuk/").status_code == 403
    said = Submission(
        client_id=Report.objects.get().client_id,
        city=town.city,
        category="rob",
        lon=1,
        lat=1,
        located_by="map",
    )
    with pytest.raises(Invalid):
        enter(said, actor=actor("officer", town.office))
    with pytest.raises(NotAllowed):
        enter(said, actor=actor("member", town.office))


def test_a_reply_waits_to_be_pasted_back_until_it_is_marked(town: Town) -> None:
    client, _ = worker("officer", town.office)
    enter_it(client)
    judge()
    row = Report.objects.select_related("incident").get()
    incident_code = row.incident.code if row.incident else ""
    said = reply(
        actor=actor("officer", town.office),
        body=town.office.public_id,
        incidents=[incident_code],
        text="Pompa menyala pukul 05.10.",
    )
    assert "1balasan" in text(client.get("/kerja/")).replace(" ", "")
    listed = client.get("/kerja/balasan/")
    assert (
        "LA-2291 dari Dinas Contoh:\nPompa menyala pukul 05.10."
        in page(listed).cssselect("textarea")[0].text_content()
    )
    assert "belum disampaikan" in text(client.get(f"/kerja/masuk/{row.code}/"))
    for _ in range(2):
        assert client.post(f"/kerja/balasan/{row.code}/{said.code}/").status_code == 303
    assert acts("reply.pasted") == 1
    assert "Semua balasan sudah disampaikan" in text(client.get("/kerja/balasan/"))


def test_only_replies_to_that_very_message_can_be_marked(town: Town) -> None:
    other = send(town.city)
    said = reply(
        actor=actor("officer", town.office),
        body=town.office.public_id,
        incidents=[incident_of(other).code],
        text="Kami cek.",
    )
    for code in (other.code, "NONE"):
        with pytest.raises(NotFound):
            mark_pasted(actor=actor("officer", town.office), report=code, reply=said.code)
    client, _ = worker("officer", town.office)
    assert client.get(f"/kerja/masuk/{other.code}/").status_code == 404
