"""(x): A number that the data do not say is refused, what is published never changes, another body reviews."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from rembug.audit.models import Entry
from rembug.evidence.models import Dossier
from rembug.evidence.rules.claims import holds, parts, said_in
from rembug.evidence.tests import work
from rembug.lib import clock
from rembug.people.models import Body
from rembug.people.tests.town import give, make_body, make_person, sign_in
from rembug.reports.models import Report

HERE = "33.75.03.1010"


@pytest.mark.parametrize(
    ("sentence", "value", "holds_so"),
    [
        ("Rob pada [[62%]] hari.", 0.6249, True),
        ("Rob pada [[62%]] hari.", 0.6251, False),
        ("Rata-rata [[3,5]] jam.", 3.46, True),
        ("Rata-rata [[3.5]] jam.", 3.44, False),
        ("Terdalam [[40]] cm.", 40.4, True),
        ("Tanpa angka.", 1.0, None),
        ("Dua angka: [[1]] dan [[2]].", 1.0, None),
        ("Rusak [[12", 12.0, None),
    ],
)
def test_a_number_holds_to_the_decimals_in_which_it_is_said(
    sentence: str, value: float, holds_so: bool | None
) -> None:
    said = said_in(sentence)
    assert (said and holds(said, value)) == holds_so


def test_a_sentence_is_shown_without_its_marks() -> None:
    assert parts("Rob pada [[ 62% ]] hari.") == ("Rob pada ", "62%", " hari.")


@pytest.fixture
def slug(body: Body) -> str:
    """A frozen dataset: ten observed days, six of them wet."""
    today = timezone.localtime(clock.now())
    for number in range(10):
        work.report(number, lon=109.6753, lat=-6.8637)
    work.judge()
    for number, report in enumerate(Report.objects.order_by("id")):
        report.observed_at = today - timedelta(days=number + 1)
        report.claim, report.probability, report.area_code = (
            ("present" if number < 6 else "absent"),
            0.9,
            HERE,
        )
        report.save()
    slug = work.question(body)
    work.frozen_version(body, slug)
    return slug


@pytest.fixture
def writer(body: Body) -> Client:
    """The browser of whoever writes for the group."""
    return speaker(body, "penulis@example.org")


def speaker(body: Body, email: str) -> Client:
    """Return the browser of a facilitator."""
    person = make_person(email, totp=True)
    give(person, "facilitator", body)
    return sign_in(Client(), person, code=True)


def form(
    body: Body, slug: str, sentence: str = "Rob pada [[60%]] hari yang teramati.", **more: Any
) -> dict[str, Any]:
    """Return a dossier with one claim over the last ten days."""
    today = timezone.localtime(clock.now()).date()
    return {
        "action_id": str(uuid4()),
        "body": body.public_id,
        "title": "Rob merusak jalan kami",
        "asked": "Wali Kota: satu pompa tahun ini.",
        "summary": "Enam dari sepuluh hari rob.",
        "claim-TOTAL_FORMS": "3",
        "claim-INITIAL_FORMS": "0",
        "claim-0-sentence": sentence,
        "claim-0-indicator": "flood_days",
        "claim-0-dataset": slug,
        "claim-0-areas": [HERE],
        "claim-0-first": (today - timedelta(days=10)).isoformat(),
        "claim-0-last": (today - timedelta(days=1)).isoformat(),
    } | more


def test_a_wrong_number_is_refused_and_the_right_one_is_named(writer: Client, body: Body, slug: str) -> None:
    answer = writer.post("/kerja/data-dukung/baru/", form(body, slug, "Rob pada [[75%]] hari."))
    assert answer.status_code == 422
    assert "menurut data angkanya 60" in answer.content.decode()
    assert Dossier.objects.count() == 0


def test_a_right_number_is_published_with_its_source_and_once(writer: Client, body: Body, slug: str) -> None:
    said = form(body, slug)
    assert [writer.post("/kerja/data-dukung/baru/", said).status_code for _ in range(2)] == [302, 302]
    page = Client().get("/data/dukung/rob-merusak-jalan-kami/").content.decode()
    assert "<b>60%</b>" in page
    assert "10 dari 10 hari teramati" in page
    assert f"/data/kumpulan/{slug}/1/" in page
    assert Dossier.objects.get().content_hash in page
    assert Dossier.objects.count() == Entry.objects.filter(verb="dossier.published").count() == 1
    assert "Rob merusak jalan kami" in Client().get("/data/dukung/").content.decode()


def test_where_too_little_was_observed_nothing_can_be_claimed(writer: Client, body: Body, slug: str) -> None:
    today = timezone.localtime(clock.now()).date()
    long = {"claim-0-first": (today - timedelta(days=200)).isoformat()}
    answer = writer.post("/kerja/data-dukung/baru/", form(body, slug, **long))
    assert answer.status_code == 422
    assert "datanya terlalu sedikit" in answer.content.decode()


def test_a_new_version_leaves_the_old_one_as_it_was(writer: Client, body: Body, slug: str) -> None:
    writer.post("/kerja/data-dukung/baru/", form(body, slug))
    taken = writer.post("/kerja/data-dukung/baru/", form(body, slug))
    assert taken.status_code == 422  # the same title without saying that it is a new version
    more = form(body, slug, summary="Diperbarui.", note="Ringkasan baru.") | {
        "slug": "rob-merusak-jalan-kami"
    }
    assert writer.post("/kerja/data-dukung/baru/", more).status_code == 302
    assert "Enam dari sepuluh" in Client().get("/data/dukung/rob-merusak-jalan-kami/1/").content.decode()
    newest = Client().get("/data/dukung/rob-merusak-jalan-kami/").content.decode()
    assert "Diperbarui." in newest
    assert "Ringkasan baru." in newest


def test_it_is_reviewed_by_another_body_never_by_its_own(writer: Client, body: Body, slug: str) -> None:
    writer.post("/kerja/data-dukung/baru/", form(body, slug))
    other = make_body("Kelompok kedua", city=body.city, kind="komunitas", sphere="civil_society")
    reader, path = (
        speaker(other, "periksa@example.org"),
        "/kerja/data-dukung/rob-merusak-jalan-kami/1/periksa/",
    )
    said = {"action_id": str(uuid4()), "verdict": "agrees", "words": "Kami hitung ulang: sama."}
    assert writer.post(path, said | {"body": body.public_id}).status_code == 403
    assert reader.post(path, said | {"body": other.public_id, "words": ""}).status_code == 302
    assert reader.post(path, said | {"body": other.public_id}).status_code == 302
    assert reader.post(path, said | {"body": other.public_id}).status_code == 302
    page = Client().get("/data/dukung/rob-merusak-jalan-kami/").content.decode()
    assert page.count("Kami hitung ulang: sama.") == 1


def test_a_dossier_is_a_document_for_a_minister(writer: Client, body: Body, slug: str) -> None:
    text = 'Dua paragraf.\n\n#panic("x") *bukan* $markup$ [[aman]] <b>'
    assert writer.post("/kerja/data-dukung/baru/", form(body, slug, text=text)).status_code == 302
    page = Client().get("/data/dukung/rob-merusak-jalan-kami/").content.decode()
    assert 'aria-label="6 hari ada air, 10 dari 10 hari teramati"' in page
    assert page.count('class="dry"') == 4
    address = "/data/dukung/rob-merusak-jalan-kami/1/dokumen.pdf"
    assert address in page
    first, again = (Client().get(address) for _ in range(2))
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-1.7")
    assert first.content == again.content
    english = Client().get(address, headers={"accept-language": "en"})
    assert english.content != first.content
    assert Client().get("/data/dukung/rob-merusak-jalan-kami/2/dokumen.pdf").status_code == 404
