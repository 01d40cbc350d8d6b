"""The whole loop through the pages: seen, proved, proposed, answered, promised, delivered, measured; one thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from rembug.commitments.actions.measure import measure_due
from rembug.commitments.tests import made as pledge
from rembug.commitments.tests.test_measured import seen
from rembug.deliberation.tests import made
from rembug.deliberation.tests.conftest import PACK, body_of, join, speaker
from rembug.evidence.queries import frozen
from rembug.evidence.tests import work
from rembug.lib.actor import system
from rembug.people.tests.town import house
from rembug.reports.models import Report

__all__ = ["house"]
START = datetime(2027, 1, 10, 3, tzinfo=UTC)
METER = system("commitments.measure")


@pytest.fixture
def city(house: None, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    """The city in January, with files of its own."""
    folder = tmp_path_factory.mktemp("thread")
    settings.MEDIA_ROOT, settings.VAR, settings.GROUP_COMMIT = folder / "media", folder, False
    frozen.forget()
    with time_machine.travel(START):
        call_command("city", "load", str(PACK), verbosity=0)
        yield "pekalongan"
    frozen.forget()


def winter(city: str, first: datetime, days: int, *, dried: bool) -> None:
    """Let people report on most days: the area of the works, and two neighbours that stay as they were."""
    chance = np.random.default_rng(11)
    rows = []
    for number in range(days):
        day = (first + timedelta(days=number)).date()
        for area in (pledge.TREATED, *pledge.BESIDE):
            odds = 0.05 if dried and area == pledge.TREATED else 0.7
            if chance.random() < 0.85:
                rows.append(seen(city, area, day, wet=bool(chance.random() < odds)))
    Report.objects.bulk_create(rows)


@dataclass(frozen=True)
class Played:
    """What was made on the way, by its code or address."""

    incident: str
    dataset: str
    proposal: str
    pump: str
    money: str


def seen_and_proved(city: str) -> tuple[str, str]:
    """Let people report, and a group freeze the reports; return the incident and the dataset."""
    for number in range(6):
        work.report(number, lon=109.6753, lat=-6.8637)
    work.judge()
    incident = Report.objects.exclude(incident=None).values_list("incident__code", flat=True)[0]
    winter(city, START - timedelta(days=130), 125, dried=False)
    group = body_of(city, "contoh-pantau-rob")
    slug = work.question(group, title="Rob Panjang Baru")
    work.frozen_version(group, slug)
    return incident, slug


def asked(city: str, incident: str, slug: str) -> str:
    """Let the RW propose and hand it to three; the mayor and the company answer, the office does not."""
    rw = body_of(city, "contoh-rw")
    office, mayor, firm = (join(body_of(city, name)) for name in ("dpupr", "wali-kota", "contoh-usaha"))
    neighbours = speaker(rw, "coordinator", "rw@example.org")
    code = made.proposed(neighbours, rw, dataset=slug, incidents=incident, dimensions=["environment"])
    assert "Belum ada yang berjanji." in made.text(f"/alur/usulan/{code}/")
    sheets = {body.name: made.delivered(neighbours, code, body) for body in (mayor, office, firm)}
    yes = {"answer": "accept", "words": "Kami setuju.", "will_do": "Dikerjakan tahun ini."}
    for body, mail in ((mayor, "wk@example.org"), (firm, "usaha@example.org")):
        voice = speaker(body, "officer", mail)
        assert made.said(voice, sheets[body.name], body, "answered", **yes) == 302
    return code


def promised(city: str, slug: str, code: str) -> tuple[str, str]:
    """Let the office build a pump, confirmed by the group, and the company promise money."""
    office, firm, group = (body_of(city, name) for name in ("dpupr", "contoh-usaha", "contoh-pantau-rob"))
    officer, watchers = (
        speaker(office, "officer", "pu@example.org"),
        speaker(group, "coordinator", "pantau@example.org"),
    )
    company = speaker(firm, "coordinator", "dana@example.org")
    measured = {
        "indicator": "flood_days",
        "dataset": slug,
        "areas": [pledge.TREATED],
        "target": "50",
        "controls": list(pledge.BESIDE),
        "base_from": "2026-09-05",
        "base_to": "2027-01-08",
    }
    pump = pledge.promised(officer, office, proposal=code, dimensions=["environment"], **measured)
    money = pledge.promised(
        company, firm, proposal=code, kind="funding", source="csr", title="Dana rumah pompa"
    )
    assert pledge.moved(officer, pump, office, "deliver", "promised") == 302
    assert pledge.moved(watchers, pump, group, "confirm", "delivered") == 302
    return pump, money


@pytest.fixture
def played(city: str) -> Played:
    """Play the loop up to what was promised, and the months after it."""
    incident, slug = seen_and_proved(city)
    code = asked(city, incident, slug)
    pump, money = promised(city, slug, code)
    winter(city, START + timedelta(days=1), 110, dried=True)
    return Played(incident, slug, code, pump, money)


def test_the_loop_closes_and_every_page_leads_to_its_thread(city: str, played: Played) -> None:
    office = body_of(city, "dpupr")
    threads = {
        "usulan": played.proposal,
        "kejadian": played.incident,
        "data": played.dataset,
        "komitmen": played.pump,
    }
    with time_machine.travel(START + timedelta(days=112)):
        assert measure_due(actor=METER) == 1
        pages = {kind: made.text(f"/alur/{kind}/{code}/") for kind, code in threads.items()}
        pages["money"] = made.text(f"/alur/komitmen/{played.money}/")
        plain = Client().get(f"/alur/usulan/{played.proposal}/?teks").content.decode()
        evidence = Client().get("/lembar-bukti/environment/").content.decode()
        balance = made.text("/neraca/")
        office_page = made.text(f"/neraca/pihak/{office.public_id}/")
    wanted = ("Pompa untuk gang Kusuma", "Rob Panjang Baru", "Pompa gang Kusuma", "Dana rumah pompa")
    for page in pages.values():
        assert "· berhasil ·" in evidence
        assert f"/data/kumpulan/{played.dataset}/" in evidence
        assert [words for words in (*wanted, "berhasil. Berkurang", "Menerima") if words not in page] == []
    assert f"/komitmen/{played.pump}/#hasil" in plain
    assert "diam 92 hari lewat tanggal" in pages["usulan"]  # the office never answered
    assert "Birokrasi 1 0 1 1 1 0 1" in balance
    assert "Dunia usaha 1 1 0 1 0 1" in balance  # its money is late
    assert "Berhasil 1" in office_page
    dimension = with_trends(played)
    assert "Pompa untuk gang Kusuma" in dimension
    assert "Hari rob" in dimension
    assert "masa cukup datanya" in dimension
    for path in (
        *(f"/usulan/{played.proposal}/", f"/kejadian/{played.incident}/"),
        *(f"/komitmen/{played.pump}/", f"/data/kumpulan/{played.dataset}/"),
    ):
        assert "/alur/" in Client().get(path).content.decode()


def with_trends(played: Played) -> str:
    """Return the page of the dimension, from which the thread is one link away."""
    with time_machine.travel(START + timedelta(days=113)):
        raw = Client().get("/neraca/dimensi/environment/").content.decode()
        assert f"/alur/usulan/{played.proposal}/" in raw
        assert "<svg" in raw
        return made.text("/neraca/dimensi/environment/")


def test_an_answer_sheet_and_a_version_lead_to_their_thread_too(city: str) -> None:
    incident, slug = seen_and_proved(city)
    code = asked(city, incident, slug)
    sheet = Client().get(f"/usulan/{code}/").content.decode().split('href="/jawaban/')[1].split("/")[0]
    pages = {
        f"/jawaban/{sheet}/": f"/alur/jawaban/{sheet}/",
        f"/data/kumpulan/{slug}/1/": f"/alur/data/{slug}/",
    }
    for page, thread in pages.items():
        assert thread in Client().get(page).content.decode(), page
        assert "Pompa untuk gang Kusuma" in made.text(thread)
    assert Client().get("/alur/dukung/tidak-ada/").status_code == 404


def test_a_report_that_stands_alone_has_a_thread_too(city: str) -> None:  # noqa: ARG001 by name
    code = work.report(1, category="drain", depth_class="", setting="")
    work.judge()
    page = Client().get(f"/laporan/{code}/").content.decode()
    assert f"/alur/laporan/{code}/" in page
    assert "Dilihat warga" in made.text(f"/alur/laporan/{code}/")


def test_what_belongs_to_no_thread_is_not_found_and_empty_pages_say_so(city: str) -> None:
    for path in (
        *("/alur/usulan/ABC/", "/alur/orang/ABC/", "/alur/laporan/ABC/", "/neraca/dimensi/uang/"),
        *("/neraca/pihak/tidak-ada/", "/neraca/wilayah/atlantis/"),
    ):
        assert Client().get(path).status_code == 404, path
    assert "belum diminta" in made.text("/neraca/")
    assert "Belum ada pekerjaan yang dicatat" in made.text("/program-rob/")
    assert "Belum ada usulan, jawaban, atau komitmen di sini." in made.text("/neraca/dimensi/environment/")
    assert body_of(city, "dlh").name in made.text(f"/neraca/pihak/{body_of(city, 'dlh').public_id}/")


def test_works_of_any_owner_stand_in_the_rob_programme(city: str) -> None:
    partner = join(body_of(city, "kemitraan"))
    client = speaker(partner, "facilitator", "mitra@example.org")
    code = pledge.promised(
        client, partner, title="Tanggul Degayu", area="33.75.03.1007", source="partner", source_code=""
    )
    page = made.text("/program-rob/")
    assert "Degayu Tanggul Degayu" in page
    assert partner.name in page
    assert "Tanggul Degayu" in made.text("/neraca/wilayah/degayu/")
    assert "Belum ada usulan. RW atau kelompok bisa mengusulkan." in made.text(f"/alur/komitmen/{code}/")
