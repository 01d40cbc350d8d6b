"""The whole loop: from a report on a phone to two promises, of which later reports say what came of them.

Ten people and more of all four spheres, each in a browser of their own. Time passes by the site's clock, which the test
moves; everything else goes through public pages and the public interface. Nobody sets an outcome.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from rembug.lib.images.tests import corpus
from tests.journeys import site as ask
from tests.journeys.conftest import Axe
from tests.journeys.loop.cast import Cast, sees
from tests.journeys.loop.months import PUMPED, Months
from tests.journeys.loop.steps import (
    Measured,
    answer,
    decide,
    hand_over,
    promise,
    soon,
    step,
)
from tests.journeys.loop.story import (
    BUSINESS,
    COUNCIL,
    DATASET,
    DAYS_AFTER,
    DAYS_BEFORE,
    DRAIN,
    MAYOR,
    PUMP,
    START,
    TITLE,
    WORKS,
    YOUTH,
    Story,
    somebody_reports_and_others_confirm,
    the_office_handles_the_case,
    the_rw_freezes_the_data_and_argues,
    the_rw_proposes,
)
from tests.support.led_site import led_site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def story(browser: Browser, axe: Axe, tmp_path: Path) -> Iterator[Story]:
    """A city on an evening in November, with everybody invited."""
    photo = tmp_path / "pompa.jpg"
    photo.write_bytes(corpus.encoded(corpus.scene(640, 480, 7)))
    with led_site(START, {"REMBUG_SIMULATED": "1"}) as (house, hand):
        cast = Cast(house, browser, axe)
        told = Story(house, hand, cast, Months(house, hand), axe, photo)
        cast.invite_all()
        yield told
        cast.leave()


def test_the_whole_loop(story: Story) -> None:
    try:
        play(story)
    except BaseException:
        story.cast.show()
        raise


def play(story: Story) -> None:
    """All of it, in the order in which it happens."""
    somebody_reports_and_others_confirm(story)
    the_office_handles_the_case(story)
    story.months.live(DAYS_BEFORE)
    the_rw_freezes_the_data_and_argues(story)
    the_rw_proposes(story)
    four_spheres_answer(story)
    bodies_promise(story)
    the_works_are_delivered_and_confirmed(story)
    story.months.live(DAYS_AFTER, built=True, each=lambda day: decisions_of_spring(story, day))
    the_data_say_what_came_of_it(story)
    everybody_finds_the_thread(story)
    the_budget_is_decided_and_nobody_looks_any_more(story)


def four_spheres_answer(story: Story) -> None:
    rw, proposal = story.who("rw"), story.codes["proposal"]
    for place, body in enumerate((WORKS, MAYOR, COUNCIL, BUSINESS, YOUTH)):
        hand_over(rw, proposal, body, f"0{place + 1}/RW/I/2027")
    story.hand.to(story.hand.now() + timedelta(days=2))
    for name, verdict, words in (
        ("works", "Menerima", "Kami pasang satu pompa tahun ini."),
        ("mayor", "Menerima sebagian", "Pompa kami dukung, saluran dibahas."),
        ("council", "Meneruskan", "Kami bawa ke komisi."),
        ("business", "Menerima", "Kami keruk saluran di sebelah."),
    ):
        code = answer(story.who(name), TITLE, verdict, words, f"Langkah {name} bulan ini.")
        story.look(name, f"/jawaban/{code}/")
    sees(story.look("works", f"/kerja/jawaban/{code}/"), "Kata pihak lain tidak bisa ditulis")
    story.hand.to(story.hand.now() + timedelta(days=1))


def bodies_promise(story: Story) -> None:
    days = {
        "base_from": story.today - timedelta(days=DAYS_BEFORE),
        "base_to": story.today - timedelta(days=1),
    }
    proposal = story.codes["proposal"]
    due = soon(story.today, 20)
    common = {"Paling lambat": due, "Untuk usulan nomor (bila ada)": proposal}
    story.look("works", "/kerja/komitmen/baru/")
    story.codes["pump"] = promise(
        story.who("works"),
        {
            **common,
            "Judul": PUMP,
            "Yang dijanjikan": "Satu pompa 50 liter per detik.",
            "Jabatan penanggung jawab, bukan nama": "Kepala bidang",
            "Jumlah (Rp)": "90000000",
            "Kode anggaran (bila ada)": "1.03.02",
            "Tonggak, satu baris satu: tanggal lalu apa": f"{soon(story.today, 3)} Lahan siap",
        },
        {"Jenis": "Pekerjaan fisik", "Wilayah": PUMPED.area, "Sumber dana": "APBD"},
        Measured(PUMPED.area, DATASET, **days),
    )
    story.codes["drain"] = promise(
        story.who("business"),
        {
            **common,
            "Judul": DRAIN,
            "Yang dijanjikan": "Saluran sepanjang 200 meter dikeruk.",
            "Jabatan penanggung jawab, bukan nama": "Manajer pabrik",
            "Jumlah (Rp)": "40000000",
        },
        {"Jenis": "Pekerjaan fisik", "Wilayah": "Panjang Wetan", "Sumber dana": "CSR perusahaan"},
        Measured("Panjang Wetan", DATASET, **days),
    )
    for name, kind, source in (
        ("mayor", "Dana", "APBD"),
        ("council", "Dana", "APBD lewat Pokir"),
        ("rw", "Tenaga warga", "Swadaya warga"),
    ):
        story.codes[name] = promise(
            story.who(name),
            {
                **common,
                "Judul": f"Janji {name} untuk pompa",
                "Yang dijanjikan": "Ikut menjaga agar pompa berjalan.",
                "Jabatan penanggung jawab, bukan nama": "Penanggung jawab program",
            },
            {"Jenis": kind, "Wilayah": PUMPED.area, "Sumber dana": source},
        )


def the_works_are_delivered_and_confirmed(story: Story) -> None:
    works, business, youth = (story.who(name) for name in ("works", "business", "youth"))
    paper = "Dokumen (nomor atau alamat https)"
    step(works, story.codes["pump"], "Dana tersedia", (paper, "SPM/17/2027"))
    step(works, story.codes["pump"], "Mulai dikerjakan", ("Usulan", story.codes["proposal"]))
    step(works, story.codes["pump"], "Tonggak tercapai", (paper, "BA/11/2027"))
    step(works, story.codes["pump"], "Dinyatakan selesai oleh pemilik", (paper, "BA/12/2027"))
    step(business, story.codes["drain"], "Dinyatakan selesai oleh pemilik", (paper, "BA/13/2027"))
    story.look("works", f"/komitmen/{story.codes['pump']}/")
    sees(works.page, "Menunggu pihak lain memastikan.")
    step(youth, story.codes["pump"], "Dipastikan pihak lain", (paper, "BA/14/2027"), "Pompa sudah berputar.")
    step(youth, story.codes["drain"], "Dipastikan pihak lain", (paper, "BA/15/2027"))


def decisions_of_spring(story: Story, day: int) -> None:
    if day == 30:
        decide(story.who("kelurahan"), story.codes["proposal"], "Lurah", "Masuk daftar prioritas kelurahan.")
    if day == 40:
        decide(story.who("kecamatan"), story.codes["proposal"], "Camat", "Diteruskan ke forum.")


def the_data_say_what_came_of_it(story: Story) -> None:
    """The worker asks the data each week; nobody else does."""
    story.hand.to(story.hand.now() + timedelta(days=8))
    for code, said in (
        (story.codes["pump"], "Berhasil."),
        (story.codes["drain"], "Belum terlihat hasilnya."),
    ):
        ask.wait_for(story.house, f"/komitmen/{code}/", f"<b>{said}</b>")
        story.look("citizen", f"/komitmen/{code}/")


def everybody_finds_the_thread(story: Story) -> None:
    for name, path in (
        ("citizen", f"/alur/laporan/{story.codes['report']}/"),
        ("mayor", f"/alur/usulan/{story.codes['proposal']}/"),
        ("business", f"/alur/komitmen/{story.codes['drain']}/"),
    ):
        page = story.look(name, path)
        for words in (PUMP, DRAIN, DATASET, TITLE, "berhasil", "belum terlihat hasilnya"):
            expect(page.locator("main").get_by_text(re.compile(words)).first).to_be_visible()


def the_budget_is_decided_and_nobody_looks_any_more(story: Story) -> None:
    proposal = story.codes["proposal"]
    for name, moment, post in (
        ("works", (2027, 3, 2), "Kepala dinas"),
        ("planner", (2027, 3, 17), "Kepala Bapperida"),
        ("mayor", (2027, 6, 10), "Wali Kota"),
        ("council", (2027, 7, 15), "Ketua Badan Anggaran"),
        ("council", (2027, 10, 12), "Ketua DPRD"),
        ("works", (2028, 2, 1), "Kepala dinas"),
    ):
        story.hand.to(datetime(*moment, 2, 0, tzinfo=UTC))
        decide(story.who(name), proposal, post, "Disetujui sesuai data.")
    story.look("citizen", f"/usulan/{proposal}/")
    sees(story.who("citizen").page, "terwujud")
    page = ask.wait_for(story.house, f"/komitmen/{story.codes['pump']}/", "<b>Belum cukup data.</b>")
    assert "Pengamatan sesudah pekerjaan terlalu jarang." in page
    assert ": berhasil." in page
    balance = ask.read(story.house, "/neraca/")
    assert "Dunia usaha" in balance
