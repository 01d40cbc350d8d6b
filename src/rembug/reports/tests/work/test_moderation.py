"""Masking, taking down, joining and setting apart: by people, with reasons, originals never lost."""

import pytest
from django.test import Client

from rembug.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from rembug.reports.actions.link import merge, separate
from rembug.reports.actions.moderate import mask_text, restore, take_down
from rembug.reports.models import IncidentLink
from rembug.reports.tests.work.made import (
    HERE,
    SOUTH,
    Town,
    actor,
    acts,
    incident_of,
    judge,
    phone,
    report,
    send,
    text,
    worker,
)

pytestmark = pytest.mark.usefixtures("town")
FAR = (HERE[0] + 0.004, HERE[1])  # about 440 m: another incident in the same kelurahan


def test_a_moderator_masks_words_and_the_original_stays_for_handlers(town: Town) -> None:
    sent = send(town.city, by=phone(), text="Di depan rumah Bu Siti")
    client, _ = worker("verifier", town.office)
    path = f"/kerja/periksa/{sent.code}/"
    assert client.post(path + "tutup-kata/", {"text_public": "Di depan rumah warga"}).status_code == 303
    client.post(path + "tutup-kata/", {"text_public": "Di depan rumah warga"})
    assert acts("report.masked") == 1
    public = text(Client().get(f"/laporan/{sent.code}/"))
    assert "rumah warga" in public
    assert "Siti" not in public
    assert "Bu Siti" in text(client.get(path))
    judge()
    assert report(sent).text_public == "Di depan rumah warga"


def test_too_long_a_mask_is_told_and_kept_in_the_field(town: Town) -> None:
    sent = send(town.city, by=phone(), text="Rob")
    client, _ = worker("verifier", town.office)
    answer = client.post(f"/kerja/periksa/{sent.code}/tutup-kata/", {"text_public": "y" * 2401})
    assert answer.status_code == 422
    assert "Paling banyak 2400 huruf" in text(answer)
    assert "y" * 2401 in answer.content.decode()


def test_a_report_is_taken_down_with_a_reason_and_can_come_back(town: Town) -> None:
    sent = send(town.city, by=phone(), text="Kata-kata kasar")
    client, _ = worker("verifier", town.office)
    path = f"/kerja/periksa/{sent.code}/"
    assert client.post(path + "turunkan/", {}).status_code == 422
    assert client.post(path + "turunkan/", {"reason": "insult"}).status_code == 303
    client.post(path + "turunkan/", {"reason": "insult"})
    assert "kasar" not in text(Client().get(f"/laporan/{sent.code}/"))
    assert (report(sent).state, acts("report.taken_down")) == ("removed", 1)
    assert "sudah diturunkan" in text(client.get(path))
    assert client.post(path + "tampilkan/").status_code == 303
    assert (report(sent).state, acts("report.restored")) == ("active", 1)


def test_reports_can_be_set_apart_and_incidents_joined(town: Town) -> None:
    first, second = send(town.city, by=phone()), send(town.city, by=phone())
    assert incident_of(first) == incident_of(second)
    client, _ = worker("verifier", town.office)
    path = f"/kerja/periksa/{second.code}/pisahkan/"
    assert client.post(path, {"reason": "Jalan lain"}).status_code == 303
    assert client.post(path).status_code == 303
    assert acts("report.separated") == 1
    judge()
    apart = [incident_of(first).code, incident_of(second).code]
    assert apart[0] != apart[1]
    assert client.post(path).status_code == 409
    assert client.post("/kerja/kejadian/", {"do": "merge", "incident": apart}).status_code == 303
    judge()
    assert incident_of(first) == incident_of(second)
    assert acts("incident.merged") == 1


def test_joining_twice_is_once(town: Town) -> None:
    codes = [incident_of(send(town.city, by=phone(), at=at)).code for at in (HERE, FAR)]
    for _ in range(2):
        merge(actor=actor("officer", town.office), incidents=codes)
    assert (IncidentLink.objects.count(), acts("incident.merged")) == (1, 1)


def test_what_cannot_be_joined_is_told(town: Town) -> None:
    rob = incident_of(send(town.city, by=phone())).code
    lamp = incident_of(
        send(town.city, by=phone(), category="light", depth_class="", answers={"kind": "off"})
    ).code
    officer = actor("officer", town.office)
    with pytest.raises(Invalid):
        merge(actor=officer, incidents=[rob])
    with pytest.raises(NotFound):
        merge(actor=officer, incidents=[rob, "NONE"])
    with pytest.raises(Conflict):
        merge(actor=officer, incidents=[rob, lamp])
    with pytest.raises(NotAllowed):
        merge(actor=actor("member", town.office), incidents=[rob, lamp])
    client, _ = worker("officer", town.office)
    answer = client.post("/kerja/kejadian/", {"do": "merge", "incident": [rob]}, follow=True)
    assert "Pilih dua sampai 20 kejadian." in text(answer)


def test_others_may_not_moderate(town: Town) -> None:
    sent = send(town.city, by=phone())
    for who in (actor("member", town.office), actor("verifier", town.office, SOUTH), phone()):
        with pytest.raises(NotAllowed):
            take_down(actor=who, code=sent.code, reason="insult")
        with pytest.raises(NotAllowed):
            restore(actor=who, code=sent.code)
        with pytest.raises(NotAllowed):
            mask_text(actor=who, code=sent.code, text_public="")
        with pytest.raises(NotAllowed):
            separate(actor=who, report=sent.code)
    with pytest.raises(NotFound):
        take_down(actor=actor("verifier", town.office), code="NONE", reason="insult")
    client, _ = worker("member", town.office)
    assert client.post(f"/kerja/periksa/{sent.code}/turunkan/", {"reason": "insult"}).status_code == 403
    assert report(sent).state == "active"
