"""L-12: A proposal from the neighbourhood to the budget: published, supported, decided, missed, joined."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import time_machine
from django.test import Client
from lxml import html
from openpyxl import load_workbook

from rembug.audit.models import Entry
from rembug.deliberation.actions.decide import advance
from rembug.deliberation.models import Proposal, Voice
from rembug.deliberation.tests import made
from rembug.deliberation.tests.conftest import body_of, join, speaker
from rembug.lib.actor import system
from rembug.people.models import Body
from rembug.people.tests.town import make_person, sign_in


def test_a_form_sent_twice_is_one_proposal_and_a_stranger_may_not(author: Client, rw: Body) -> None:
    form = made.form(rw)
    first, again = author.post("/kerja/usulan/baru/", form), author.post("/kerja/usulan/baru/", form)
    assert (first.status_code, Proposal.objects.count()) == (302, 1)
    assert again.status_code in {200, 302}  # its own twin is shown as alike
    assert (
        Client().post("/kerja/usulan/baru/", made.form(rw)).status_code == 403
    )  # with what was typed, and the door
    assert Proposal.objects.count() == 1
    page = made.text(first["Location"])
    assert "Rembug warga RW 2028" in page
    assert "Rp 80.000.000 – Rp 120.000.000" in page
    assert "Panjang Baru" in page


def test_missing_words_are_named_and_nothing_is_saved(author: Client, rw: Body) -> None:
    answer = author.post("/kerja/usulan/baru/", made.form(rw, mandate="", cost_low="200000000"))
    assert answer.status_code == 422
    answer = author.post("/kerja/usulan/baru/", made.form(rw, cost_low="200000000"))
    assert "Biaya tertinggi harus sama" in answer.content.decode()
    for broken in ({"mandate_meeting": "A/B"}, {"incidents": "ABC ../x"}, {"cases": "<b>"}):
        answer = author.post("/kerja/usulan/baru/", made.form(rw, **broken))
        assert "Tulis nomornya saja" in answer.content.decode()
    assert Proposal.objects.count() == 0


def test_similar_ones_are_shown_before_publishing(author: Client, rw: Body) -> None:
    code = made.proposed(author, rw)
    near = made.form(rw, title="Pompa air untuk gang Kusuma", action_id=str(uuid4()))
    answer = author.post("/kerja/usulan/baru/", near)
    assert answer.status_code == 200
    assert f"/usulan/{code}/" in answer.content.decode()
    assert Proposal.objects.count() == 1
    assert author.post("/kerja/usulan/baru/", near | {"sure": "1"}).status_code == 302
    other = made.form(rw, title="Kelas menjahit", need="Ibu-ibu ingin belajar.", asked="Mesin jahit.")
    assert author.post("/kerja/usulan/baru/", other).status_code == 302
    assert Proposal.objects.count() == 3


def test_one_phone_one_voice_and_areas_only_from_five(author: Client, rw: Body) -> None:
    code = made.proposed(author, rw)
    phones = [Client() for _ in range(5)]
    for phone in (*phones, phones[0]):
        assert phone.post(f"/usulan/{code}/dukung/", {"area": made.AREA}).status_code == 303
    page = made.text(f"/usulan/{code}/")
    assert "5 orang" in page
    assert "Panjang Baru: 5" in page
    assert phones[1].post(f"/usulan/{code}/dukung/", {"verb": "withdraw"}).status_code == 303
    page = made.text(f"/usulan/{code}/")
    assert "4 orang" in page
    assert "Panjang Baru: 4" not in page
    assert author.post(f"/usulan/{code}/dukung/", {"body": rw.public_id}).status_code == 303
    assert Voice.objects.exclude(body=None).count() == 1
    assert phones[2].post(f"/usulan/{code}/dukung/", {"body": rw.public_id}).status_code == 403
    said = " ".join(json.dumps(entry.data) + entry.actor for entry in Entry.objects.all())
    assert not any(one.source in said for one in Voice.objects.all())


def test_reasons_are_masked_hidden_with_a_reason_and_need_an_account(
    author: Client, rw: Body, city: str
) -> None:
    code = made.proposed(author, rw)
    reader = sign_in(Client(), make_person("warga@example.org"))
    said = {"action_id": str(uuid4()), "side": "against", "words": "Hubungi saya di 0812-3456-7890 saja."}
    assert Client().post(f"/usulan/{code}/alasan/", said).status_code == 403
    assert reader.post(f"/usulan/{code}/alasan/", said).status_code == 303
    page = made.text(f"/usulan/{code}/")
    assert "Keberatan" in page
    assert "3456" not in page
    number = Proposal.objects.get().arguments.get().pk
    assert reader.post(f"/kerja/alasan/{number}/", {"why": "x"}).status_code == 403
    assert author.post(f"/kerja/alasan/{number}/", {"why": "Tidak suka."}).status_code == 403  # its own
    keeper = speaker(body_of(city, "dinkominfo"), "coordinator", "kominfo@example.org")
    assert keeper.post(f"/kerja/alasan/{number}/", {"why": ""}).status_code == 302
    assert "disembunyikan" in made.text(f"/usulan/{code}/")  # the number only
    assert keeper.post(f"/kerja/alasan/{number}/", {"why": "Bukan tentang usulan."}).status_code == 302
    page = made.text(f"/usulan/{code}/")
    assert "Hubungi" not in page
    assert "Bukan tentang usulan." in page


def test_each_stage_is_decided_by_its_own_body_with_a_reason(author: Client, rw: Body, city: str) -> None:
    code = made.proposed(author, rw)
    here, there = body_of(city, "kel-panjang-baru"), body_of(city, "kel-medono")
    lurah = speaker(here, "officer", "lurah@example.org")
    stranger = speaker(there, "officer", "lain@example.org")
    made.decided(lurah, code, here, "accepted", seen="rw", status=403)
    made.decided(author, code, rw, "accepted", seen="rw", reason="", post="Ketua RW")
    made.decided(stranger, code, there, "refused", seen="kelurahan", status=403)
    made.decided(lurah, code, here, "refused", seen="kelurahan", words="", status=422)
    made.decided(lurah, code, here, "refused", seen="kelurahan", reason="", status=422)
    made.decided(lurah, code, here, "refused", seen="kelurahan", meeting="A/B", status=422)
    made.decided(lurah, code, here, "refused", seen="kelurahan")
    made.decided(lurah, code, here, "accepted", seen="kelurahan", status=403)  # it is no longer open
    page = made.text("/usulan/tidak-disetujui/")
    assert "Anggaran tidak cukup tahun ini" in page
    assert "Kelurahan Panjang Baru (Lurah)" in page
    assert author.post(f"/kerja/usulan/{code}/langkah/", {"verb": "again"}).status_code == 302
    assert Proposal.objects.get().state == "refused"  # this cycle still runs
    with time_machine.travel(datetime(2027, 2, 20, tzinfo=UTC)):
        author = speaker(rw, "facilitator", "rw2@example.org")
        assert author.post(f"/kerja/usulan/{code}/langkah/", {"verb": "again"}).status_code == 302
        page = made.text(f"/usulan/{code}/")
    row = Proposal.objects.get()
    assert (row.state, row.cycle, row.stage) == ("open", 2029, "rw")
    assert "Anggaran tidak cukup tahun ini" in page  # the refusal stays attached
    assert Entry.objects.filter(verb="proposal.decided").count() == 2


def test_what_missed_its_stage_rolls_over_once_and_says_so(author: Client, rw: Body) -> None:
    code = made.proposed(author, rw)
    mover = system("deliberation.move")
    assert advance(actor=mover) == 0
    with time_machine.travel(datetime(2027, 1, 30, 10, tzinfo=UTC)):
        assert advance(actor=mover) == 0
    with time_machine.travel(datetime(2027, 1, 31, 1, tzinfo=UTC)):
        assert [advance(actor=mover), advance(actor=mover)] == [1, 0]
        page = made.text(f"/usulan/{code}/")
        author = speaker(rw, "facilitator", "rw2@example.org")  # the first session is over by now
        late = made.proposed(author, rw, title="Lampu jalan di tanggul", need="Gelap sekali di sana.")
        late_page = made.text(f"/usulan/{late}/")
    assert "Tahap lewat tanpa keputusan, masuk siklus berikutnya" in page
    assert "Dari siklus 2028 ke 2029" in page
    assert "Datang sesudah tahap siklus 2028 ditutup, jadi masuk siklus 2029" in late_page


def test_two_proposals_are_joined_when_both_want_and_voices_count_once(
    author: Client, rw: Body, city: str
) -> None:
    host = body_of(city, "contoh-pantau-rob")
    other = speaker(host, "coordinator", "pantau@example.org")
    one, into = made.proposed(author, rw), made.proposed(other, host, title="Pompa Panjang Baru")
    phone = Client()
    for code in (one, into):
        phone.post(f"/usulan/{code}/dukung/", {})
    Client().post(f"/usulan/{one}/dukung/", {})
    assert author.post(f"/kerja/usulan/{into}/langkah/", {"verb": "take", "other": one}).status_code == 403
    author.post(f"/kerja/usulan/{one}/langkah/", {"verb": "wish", "other": into})
    assert other.post(f"/kerja/usulan/{into}/langkah/", {"verb": "take", "other": one}).status_code == 302
    assert "2 orang bersama usulan yang digabung" in made.text(f"/usulan/{into}/")
    assert f"Usulan ini digabung ke {into}" in made.text(f"/usulan/{one}/")
    part = made.proposed(other, host, title="Pintu air saja", split_from=into)
    assert into in made.text(f"/usulan/{part}/")


def test_the_rw_form_goes_out_as_a_table_and_comes_in_again(author: Client, rw: Body) -> None:
    made.proposed(author, rw, title="=HYPERLINK(1)", volume="1 unit")
    table = author.get("/usulan/rw1.csv?siklus=2028").content.decode()
    assert "'=HYPERLINK(1)" in table
    assert "Panjang Baru" in table
    asked = {"body": rw.public_id, "text": table, "sure": "1"}
    assert author.post("/kerja/usulan/impor/", asked).status_code == 302
    assert author.post("/kerja/usulan/impor/", asked).status_code == 302
    assert Proposal.objects.count() == 2
    broken = table.replace("33.75.03.1010", "99.99")
    answer = author.post("/kerja/usulan/impor/", asked | {"text": broken})
    assert answer.status_code == 422
    assert "Baris 2: kode_wilayah tidak dikenal" in answer.content.decode()
    assert author.post("/kerja/usulan/impor/", asked | {"text": "a,b\n1,2"}).status_code == 422
    assert Proposal.objects.count() == 2


def test_the_rw_form_goes_out_as_a_workbook_and_comes_in_again(author: Client, rw: Body) -> None:
    made.proposed(author, rw, title="=HYPERLINK(1)", volume="1 unit")
    workbook = author.get("/usulan/rw1.xlsx?siklus=2028").content
    book = load_workbook(BytesIO(workbook))
    assert book.sheetnames == ["RW.1", "Bahan SIPD"]
    cell = book["RW.1"].cell(2, 2)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    assert [cell.value for cell in book["Bahan SIPD"][2]][:2] == [1, 1]
    shown = author.post("/kerja/usulan/impor/", {"body": rw.public_id, "file": BytesIO(workbook)})
    assert "1 usulan terbaca" in shown.content.decode()
    table = html.fromstring(shown.content.decode()).xpath("string(//textarea[@name='text'])")
    assert (
        author.post("/kerja/usulan/impor/", {"body": rw.public_id, "text": table, "sure": "1"}).status_code
        == 302
    )
    assert set(Proposal.objects.values_list("title", flat=True)) == {"=HYPERLINK(1)"}
    broken = {"body": rw.public_id, "file": BytesIO(workbook[:900])}
    assert "tidak terbaca" in author.post("/kerja/usulan/impor/", broken).content.decode()


def test_the_calendar_counts_down_and_is_a_feed(city: str) -> None:
    page = made.text("/usulan/kalender/")
    assert "Musrenbang kelurahan 2028" in page
    feed = Client().get("/usulan/kalender.ics")
    assert feed["Content-Type"].startswith("text/calendar")
    assert "planning-2028-kelurahan@" + city in feed.content.decode().replace("\r\n ", "")


def test_withdrawn_ones_keep_their_page(author: Client, rw: Body) -> None:
    code = made.proposed(author, rw)
    for _ in range(2):
        author.post(f"/kerja/usulan/{code}/langkah/", {"verb": "withdraw"})
    assert "ditarik" in made.text(f"/usulan/{code}/")
    assert Client().post(f"/usulan/{code}/dukung/", {}).status_code == 404
    assert Entry.objects.filter(verb="proposal.withdrawn").count() == 1


def test_the_desk_shows_what_waits_for_ones_bodies(author: Client, rw: Body, city: str) -> None:
    code = made.proposed(author, rw)
    assert "Pompa untuk gang Kusuma" in made.text("/kerja/usulan/", author)
    office = join(body_of(city, "dpupr"))
    officer = speaker(office, "officer", "pu@example.org")
    assert "Pompa untuk gang" not in made.text("/kerja/usulan/", officer)
    made.delivered(author, code, office)
    assert "Pompa untuk gang" in made.text("/kerja/usulan/", officer)
