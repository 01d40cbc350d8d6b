"""(v), L-13: Answer sheets: each body in its own words, silence in public, letters that copy nobody's voice."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import time_machine
from django.test import Client
from django.utils import timezone

from rembug.deliberation.models import AnswerStep, Delivery
from rembug.deliberation.tests import made
from rembug.deliberation.tests.conftest import body_of, join, speaker
from rembug.evidence.actions.dossier import Writing, publish
from rembug.lib import clock
from rembug.lib.actor import Actor, Grant
from rembug.people.models import Body

YES = {"answer": "accept", "words": "Kami setuju.", "will_do": "Survei bulan depan."}


def test_mayor_and_council_answer_apart_and_nobody_writes_for_another(
    author: Client, rw: Body, city: str
) -> None:
    code = made.proposed(author, rw)
    mayor, council = join(body_of(city, "wali-kota")), join(body_of(city, "dprd"))
    office, hall = (
        speaker(mayor, "officer", "wk@example.org"),
        speaker(council, "officer", "dprd@example.org"),
    )
    sheets = {body.pk: made.delivered(author, code, body) for body in (mayor, council)}
    assert made.said(office, sheets[mayor.pk], mayor, "received") == 302
    assert made.said(office, sheets[mayor.pk], mayor, "answered", answer="accept", words="Ya.") == 422
    assert made.said(office, sheets[mayor.pk], mayor, "answered", **YES) == 302
    assert made.said(hall, sheets[mayor.pk], council, "answered", **YES) == 403
    assert made.said(hall, sheets[mayor.pk], mayor, "answered", **YES) == 403
    assert made.said(author, sheets[council.pk], rw, "copied", reference="1/2", **YES) == 403  # it has joined
    assert made.said(author, sheets[mayor.pk], rw, "agreed") == 302
    assert made.said(author, sheets[council.pk], rw, "agreed") == 422  # nothing to agree to yet
    page = made.text(f"/jawaban/{sheets[mayor.pk]}/")
    assert "Menerima disepakati" in page
    assert "Akan dilakukan: Survei bulan depan." in page
    assert {row.body.public_id: row.state for row in Delivery.objects.all()} == {
        mayor.public_id: "agreed",
        council.public_id: "delivered",
    }


def test_a_later_answer_stands_below_the_first_and_changes_no_word(
    author: Client, rw: Body, city: str
) -> None:
    mayor = join(body_of(city, "wali-kota"))
    office = speaker(mayor, "officer", "wk@example.org")
    sheet = made.delivered(author, made.proposed(author, rw), mayor)
    made.said(office, sheet, mayor, "answered", answer="refuse", words="Belum ada anggaran.")
    made.said(office, sheet, mayor, "answered", **YES)
    page = made.text(f"/jawaban/{sheet}/")
    assert page.index("Belum ada anggaran.") < page.index("Kami setuju.")
    assert Delivery.objects.get().answer == "accept"
    assert AnswerStep.objects.count() == 2


def test_a_dossier_is_handed_to_a_ministry_by_its_writers_only(author: Client, rw: Body, city: str) -> None:
    river, other = body_of(city, "bbws-pemali-juana"), body_of(city, "dpupr")
    writer = Actor("writer", "person", (Grant("coordinator", city, rw.public_id),))
    said = Writing(uuid4(), rw.public_id, "Tanggul Kusuma", "BBWS: perbaiki tanggul.", "Tanggulnya bocor.")
    slug = publish(actor=writer, city=city, said=said).slug
    path = f"/kerja/serahkan/dukung/{slug}/"
    form = {"action_id": str(uuid4()), "by": rw.public_id, "body": river.public_id, "letter": "7/RW/2027"}
    form |= {"on": timezone.localtime(clock.now()).date().isoformat(), "post": "Kepala balai"}
    assert author.post(path, form | {"by": other.public_id}).status_code == 403
    assert author.post(path, form | {"body": rw.public_id}).status_code == 422
    assert [author.post(path, form).status_code for _ in range(2)] == [302, 302]
    row = Delivery.objects.get()
    letter = made.text(f"/jawaban/{row.code}/surat/")
    for words in ("7/RW/2027", river.name, "Kepala balai", "Tanggulnya bocor.", "SHA-256"):
        assert words in letter
    assert (
        made.said(author, row.code, rw, "copied", reference="B/12/2027", **YES) == 302
    )  # it does not write here
    assert "Menerima" in made.text(f"/jawaban/dukung/{slug}/")
    assert "B/12/2027" in made.text(f"/jawaban/{row.code}/")
    assert river.name in made.text(f"/alur/dukung/{slug}/")
    with time_machine.travel(clock.now() + timedelta(days=90)):
        assert "Tanggul Kusuma" not in made.text("/jawaban/").split("Yang masih diam")[1]  # it was answered


def test_silence_is_counted_only_for_who_joined_or_got_a_numbered_letter(
    author: Client, rw: Body, city: str
) -> None:
    code = made.proposed(author, rw)
    joined, lettered, neither = join(body_of(city, "dpupr")), body_of(city, "bpbd"), body_of(city, "dlh")
    made.delivered(author, code, joined)
    sheet = made.delivered(author, code, lettered, letter="005/RW-03/I/2027", post="Sekretaris")
    made.delivered(author, code, neither)
    with time_machine.travel(clock.now() + timedelta(days=20)):
        assert "Tidak ada yang diam" in made.text("/jawaban/")
    with time_machine.travel(clock.now() + timedelta(days=27)):
        page = made.text("/jawaban/")
        assert page.count("diam 7 hari lewat tanggal") == 2
        assert neither.name not in page
        assert "belum bergabung" in made.text(f"/usulan/{code}/")
        assert "Birokrasi 3 0 0 0 2" in page
    copy = {"answer": "refuse", "words": "Surat kami: belum bisa."}
    assert made.said(author, sheet, rw, "copied", **copy) == 422  # without the letter's number
    assert made.said(author, sheet, rw, "copied", reference="400/11/2027", **copy) == 302
    with time_machine.travel(clock.now() + timedelta(days=27)):
        assert made.text("/jawaban/").count("diam 7 hari lewat tanggal") == 1
        assert "disalin pengusul" in made.text(f"/jawaban/{sheet}/")


def test_the_day_of_handing_over_stands_in_the_form_as_browsers_read_it(author: Client, rw: Body) -> None:
    page = author.get(f"/kerja/usulan/{made.proposed(author, rw)}/").content.decode()
    assert 'value="2027-01-10"' in page


def test_the_letter_prints_what_was_asked_and_where_to_answer(author: Client, rw: Body, city: str) -> None:
    code = made.proposed(author, rw)
    sheet = made.delivered(author, code, body_of(city, "bbws-pemali-juana"), letter="7/RW/2027")
    page = made.text(f"/jawaban/{sheet}/surat/")
    assert "7/RW/2027" in page
    assert "Kepada BBWS Pemali Juana" in page
    assert f"/jawaban/{sheet}/" in page
    assert made.delivered(author, code, body_of(city, "bbws-pemali-juana")) == sheet  # once a body
    future = {"action_id": "01990000-0000-7000-8000-000000000000", "body": rw.public_id, "on": "2027-05-01"}
    assert author.post(f"/kerja/usulan/{code}/serahkan/", future).status_code == 422
