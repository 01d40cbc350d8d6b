"""(t): Promises: no step without evidence, delivered is confirmed by another, late is seen, nothing is rewritten."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import time_machine
from django.test import Client

from rembug.audit.models import Entry
from rembug.commitments.actions.move import give_up_late
from rembug.commitments.models import Commitment, Step
from rembug.commitments.tests import made
from rembug.deliberation.tests.conftest import body_of
from rembug.deliberation.tests.made import text
from rembug.lib import clock
from rembug.lib.actor import system
from rembug.people.models import Body


def test_a_range_or_a_share_of_clocks_cannot_be_the_measure_of_a_promise(owner: Client, office: Body) -> None:
    for indicator in ("people_affected", "answered_in_time"):
        said = made.form(office, indicator=indicator, dataset="x", areas=[made.TREATED], target="50")
        assert owner.post("/kerja/komitmen/baru/", said).status_code == 422
    assert Commitment.objects.count() == 0


def test_a_promise_is_public_and_sent_twice_it_is_one(owner: Client, office: Body) -> None:
    said = made.form(office)
    first, again = owner.post("/kerja/komitmen/baru/", said), owner.post("/kerja/komitmen/baru/", said)
    assert first["Location"] == again["Location"]
    page = text(first["Location"])
    assert "dijanjikan" in page
    assert "Rp 90.000.000" in page
    assert "Komitmen ini tidak punya ukuran hasil" in page
    assert "Pompa gang Kusuma" in text("/komitmen/")
    assert "Pompa gang Kusuma" in Client().get("/komitmen/unduh.csv").content.decode()


def test_nobody_promises_for_another_and_faults_are_named(
    owner: Client, watcher: Client, office: Body
) -> None:
    assert watcher.post("/kerja/komitmen/baru/", made.form(office)).status_code in {403, 422}
    for wrong in (
        {"due_on": "2020-01-01"},
        {"role": ""},
        {"indicator": "flood_days"},
        {"milestones": "besok"},
    ):
        assert owner.post("/kerja/komitmen/baru/", made.form(office) | wrong).status_code == 422
    assert Commitment.objects.count() == 0


def test_a_step_that_is_refused_keeps_what_was_typed(owner: Client, office: Body) -> None:
    code = made.promised(owner, office)
    said = {"action_id": str(uuid4()), "verb": "start", "body": office.public_id, "seen": "promised"}
    said |= {"evidence": "case", "evidence_code": "ABC", "words": "Alat sudah <datang>."}
    page = owner.post(f"/kerja/komitmen/{code}/", said).content.decode()
    assert 'value="ABC"' in page
    assert "Alat sudah &lt;datang&gt;.</textarea>" in page
    assert '<option value="case" selected>' in page


def test_no_step_without_evidence_that_exists(owner: Client, office: Body) -> None:
    code = made.promised(owner, office)
    assert made.moved(owner, code, office, "start", "promised", evidence_code="") == 422
    assert made.moved(owner, code, office, "start", "promised", evidence="case", evidence_code="ABC") == 422
    bad = {"evidence": "document", "evidence_code": "javascript:alert(1)"}
    assert made.moved(owner, code, office, "start", "promised", **bad) == 422
    assert Step.objects.count() == 0
    same = {"action_id": str(uuid4())}
    assert made.moved(owner, code, office, "start", "promised", **same) == 302
    assert made.moved(owner, code, office, "start", "promised", **same) == 302
    assert made.moved(owner, code, office, "fund", "promised") == 422  # it is under way by now
    assert Step.objects.count() == 1
    assert "BA/12/2027" in text(f"/komitmen/{code}/")
    assert Entry.objects.get(verb="promise.moved").data


def test_delivered_is_claimed_by_the_owner_and_confirmed_or_disputed_by_another(
    owner: Client, watcher: Client, office: Body, group: Body
) -> None:
    code = made.promised(owner, office, funder=body_of("pekalongan", "kemitraan").public_id)
    assert made.moved(watcher, code, group, "deliver", "promised") == 403
    assert made.moved(owner, code, office, "deliver", "promised") == 302
    assert made.moved(owner, code, office, "confirm", "delivered") == 403
    assert "Menunggu pihak lain memastikan" in text(f"/komitmen/{code}/")
    assert made.moved(watcher, code, group, "dispute", "delivered") == 422  # without words
    assert made.moved(watcher, code, group, "dispute", "delivered", words="Pompa belum menyala.") == 302
    assert Commitment.objects.get().state == "under_way"
    assert made.moved(owner, code, office, "deliver", "under_way") == 302
    assert made.moved(watcher, code, group, "confirm", "delivered") == 302
    row = Commitment.objects.get()
    assert (row.state, row.confirmed) == ("delivered", True)
    assert "Pompa belum menyala." in text(f"/komitmen/{code}/")  # the dispute stays in its history


def test_milestones_are_reached_with_evidence_and_once(owner: Client, office: Body) -> None:
    code = made.promised(owner, office, milestones="2027-03-20 Lahan siap\n2027-04-20 Pompa terpasang")
    assert made.moved(owner, code, office, "reach", "promised", milestone="1") == 302
    assert made.moved(owner, code, office, "reach", "promised", milestone="1") == 422
    page = text(f"/komitmen/{code}/")
    assert "Lahan siap 20 Maret 2027 ✓ 1 Maret 2027" in page
    with time_machine.travel(clock.now() + timedelta(days=60)):
        assert "Pompa terpasang 20 April 2027 terlambat" in text(f"/komitmen/{code}/")


def test_late_is_shown_and_a_year_late_is_broken(owner: Client, office: Body) -> None:
    code, mover = made.promised(owner, office), system("commitments.tend")
    with time_machine.travel(clock.now() + timedelta(days=61)):
        assert "terlambat" in text(f"/komitmen/{code}/")
        assert "Pompa gang Kusuma" in text("/komitmen/?keadaan=late")
        assert give_up_late(actor=mover) == 0
    with time_machine.travel(clock.now() + timedelta(days=60 + 367)):
        assert [give_up_late(actor=mover), give_up_late(actor=mover)] == [1, 0]
        page = text(f"/komitmen/{code}/")
        assert "tidak ditepati" in page
        assert "Setahun lewat tanggalnya." in page
