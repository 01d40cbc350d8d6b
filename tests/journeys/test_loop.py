"""The whole loop: from a report on a phone to two promises, of which later reports say what came of them.

Ten people and more of all four spheres, each in a browser of their own. Time passes by the site's clock, which the test
moves; everything else goes through public pages and the public interface. Nobody sets an outcome.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rembug.lib.images.tests import corpus
from tests.journeys import site as ask
from tests.journeys.conftest import Axe
from tests.journeys.loop.cast import PATIENCE_MS, PHONE, Cast, Person, choose, fill, sees
from tests.journeys.loop.months import PUMPED, Months
from tests.journeys.loop.steps import (
    Measured,
    answer,
    code_in,
    decide,
    hand_over,
    promise,
    section,
    soon,
    step,
)
from tests.journeys.reporting.steps import RECEIVED
from tests.support.led_site import LedClock, led_site
from tests.support.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
START = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)  # eight in the morning; the meetings of the RW are in January
DAYS_BEFORE, DAYS_AFTER = 60, 42
TITLE, PUMP, DRAIN = "Pompa untuk gang yang selalu rob", "Pompa gang", "Saluran dikeruk"
DATASET = "Rob di utara kota"
WORKS, MAYOR = "Dinas Pekerjaan Umum dan Penataan Ruang Kota Pekalongan", "Wali Kota Pekalongan"
COUNCIL, BUSINESS = "DPRD Kota Pekalongan", "Contoh: Usaha Batik Pesisir"
YOUTH = "Contoh: Pemuda Peduli Iklim"


@dataclass
class Story:
    """What is known of the loop so far."""

    house: Site
    hand: LedClock
    cast: Cast
    months: Months
    axe: Axe
    photo: Path
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day in the city."""
        return (self.hand.now() + timedelta(hours=7)).date()

    def who(self, name: str) -> Person:
        """Somebody, before their browser."""
        return self.cast.people[name]

    def look(self, name: str, path: str = "") -> Page:
        """Open a page, or stay; note what axe finds, and whether it scrolls sideways. At the end nothing is noted."""
        page = self.who(name).open(path) if path else self.who(name).page
        self.cast.faults += [f"{name} at {page.url}: {fault}" for fault in self.axe(page)]
        size = page.viewport_size
        if size and page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            self.cast.faults.append(f"{name} at {page.url}: scrolls sideways")
        return page


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


def somebody_reports_and_others_confirm(story: Story) -> None:
    here = {"longitude": PUMPED.lon, "latitude": PUMPED.lat}
    citizen = story.cast.enter("citizen", PHONE, geolocation=here, permissions=["geolocation"]).page
    citizen.goto("/lapor/")
    for tap in ("[value=rob]", ".depths [value=knee]", "button[value=now]", "[data-locate]"):
        citizen.click(tap)
    citizen.wait_for_selector("[data-public]")
    citizen.click("[data-send]")
    citizen.wait_for_selector(RECEIVED)
    story.codes["report"] = str(citizen.get_attribute(RECEIVED, "data-receipt-of"))
    ask.wait_for(story.house, f"/laporan/{story.codes['report']}/", 'class="reasons"')

    verifier = story.look("verifier", "/kerja/periksa/")
    verifier.get_by_role("link", name=re.compile("^Rob atau banjir")).first.click()
    story.look("verifier")
    verifier.locator("input[value='true:called_witness']").check()
    verifier.get_by_role("button", name="Simpan putusan").click()
    expect(verifier.get_by_text(re.compile("Tidak ada yang menunggu|tersimpan"))).to_be_visible()

    neighbour = story.cast.enter("neighbour", PHONE).page
    neighbour.goto(f"/laporan/{story.codes['report']}/")
    neighbour.locator("a[href^='/kejadian/']").first.click()
    neighbour.wait_for_url("**/kejadian/*/")
    story.codes["incident"] = code_in(neighbour)
    neighbour.get_by_label("Saya berada di dekatnya sekarang").check()
    neighbour.get_by_role("button", name="Benar, masih").click()
    sees(neighbour, "Terima kasih")
    story.look("neighbour")


def the_office_handles_the_case(story: Story) -> None:
    ask.wait_for(story.house, "/kasus/?keadaan=all", f"Rob atau banjir, {PUMPED.area}")
    desk = story.look("coordinator", "/kerja/kasus/")
    desk.get_by_role("link", name=re.compile("Rob")).first.click()
    desk.wait_for_url("**/kerja/kasus/*/")
    story.codes["case"] = code_in(desk)
    choose(desk, {"Serahkan kepada": WORKS})
    desk.get_by_role("button", name="Serahkan").click()
    sees(desk, "Langkah dicatat.")

    officer = story.look("works", f"/kerja/kasus/{story.codes['case']}/")
    officer.get_by_role("button", name="Mulai kerja").click()
    sees(officer, "Langkah dicatat.")
    officer.get_by_label("Kalimat untuk warga").fill("Air kami pompa dengan pompa pinjaman.")
    officer.get_by_label("Foto hasil kerja").set_input_files(story.photo)
    officer.get_by_role("button", name="Selesai dikerjakan").click()
    expect(officer.locator(".lead b").first).to_have_text("Selesai dikerjakan", timeout=PATIENCE_MS)

    citizen = story.who("citizen").page
    citizen.click(f"{RECEIVED} a")
    citizen.get_by_role("link", name="Siapa yang menangani?").click()
    story.look("citizen")
    citizen.get_by_role("button", name="Sudah tuntas").click()
    sees(citizen, "Kabar Anda sudah dicatat.")
    ask.wait_for(story.house, f"/kasus/{story.codes['case']}/", "Tuntas")


def the_rw_freezes_the_data_and_argues(story: Story) -> None:
    rw = story.look("rw", "/kerja/data/baru/")
    fill(rw, {"Judul": DATASET})
    rw.get_by_label("Penjelasan").fill("Laporan rob dari empat kelurahan di utara, untuk usulan RW kami.")
    choose(rw, {"Jenis": "Rob atau banjir"})
    rw.get_by_label("Lingkungan").check()
    rw.get_by_role("button", name="Simpan dan bekukan").click()
    rw.wait_for_url("**/data/kumpulan/*/")
    story.codes["dataset"] = code_in(rw)
    ask.wait_for(story.house, f"/data/kumpulan/{story.codes['dataset']}/", "Sidik jari berkas")
    story.look("rw", f"/data/kumpulan/{story.codes['dataset']}/")

    story.look("rw", "/kerja/data-dukung/baru/")
    fill(
        rw,
        {
            "Judul": "Mengapa gang ini butuh pompa",
            "Apa yang diminta, dan dari siapa": "Wali Kota dan dinas: satu pompa, tahun ini.",
            "Ringkasan satu halaman": "Air masuk pada terlalu banyak hari. Angkanya dari laporan warga.",
        },
    )
    claim = rw.locator("fieldset", has_text="Pernyataan 1")
    claim.get_by_label(re.compile("Kalimat")).fill("Di Panjang Baru ada air pada [[3%]] hari.")
    claim.get_by_label("Ukuran").select_option(label="Hari rob")
    claim.get_by_label("Wilayah").select_option(label=[PUMPED.area])
    claim.get_by_label("Dari tanggal").fill(soon(story.today, -DAYS_BEFORE))
    claim.get_by_label("Sampai tanggal").fill(soon(story.today, -1))
    rw.get_by_role("button", name="Hitung ulang dan terbitkan").click()
    refusal = rw.get_by_role("alert").filter(has_text="menurut data angkanya")
    expect(refusal).to_be_visible(timeout=PATIENCE_MS)
    told = re.search(r"angkanya (\d+)", refusal.inner_text())
    assert told
    assert int(told[1]) > 50
    share = re.search(r"angkanya ([\d.,]+\d)", refusal.inner_text())
    assert share
    claim.get_by_label(re.compile("Kalimat")).fill(f"Di Panjang Baru ada air pada [[{share[1]}%]] hari.")
    rw.get_by_role("button", name="Hitung ulang dan terbitkan").click()
    expect(rw.get_by_role("heading", name="Mengapa gang ini butuh pompa")).to_be_visible(timeout=PATIENCE_MS)
    story.codes["dossier"] = code_in(rw)
    story.look("rw")

    youth = story.look("youth", f"/data/dukung/{story.codes['dossier']}/")
    youth.get_by_label("Apa yang diperiksa, dan hasilnya").fill("Kami hitung ulang dari berkasnya: sama.")
    youth.get_by_role("button", name="Sesuai", exact=True).click()
    sees(youth, "Pemeriksaan tercatat di catatan publik.")
    expect(section(youth, "Diperiksa pihak lain").get_by_role("link", name=YOUTH)).to_be_visible()
    story.look("youth")


def the_rw_proposes(story: Story) -> None:
    story.hand.to(datetime(2027, 1, 6, 2, 0, tzinfo=UTC))
    rw = story.look(
        "rw", f"/kerja/usulan/baru/?kejadian={story.codes['incident']}&kasus={story.codes['case']}"
    )
    fill(
        rw,
        {
            "Bagaimana warga menyepakatinya": "Rembug RW tanggal 5 Januari, 42 orang hadir.",
            "Judul": TITLE,
            "Masalahnya": "Air masuk pada lebih dari separuh hari.",
            "Yang diminta": "Satu pompa dan saluran yang bersih.",
            "Sumbangan warga (tenaga, bahan, uang)": "Lahan rumah pompa dan penjaga.",
            "Biaya paling rendah (Rp)": "80000000",
            "Biaya paling tinggi (Rp)": "120000000",
        },
    )
    choose(
        rw,
        {
            "Wilayah": PUMPED.area,
            "Data pendukung": DATASET,
            "Risalah data dukung": "Mengapa gang ini butuh pompa",
        },
    )
    rw.get_by_label("Lingkungan").check()
    rw.get_by_role("button", name="Terbitkan", exact=True).click()
    expect(rw.get_by_role("heading", name=TITLE)).to_be_visible(timeout=PATIENCE_MS)
    story.codes["proposal"] = code_in(rw)
    for name in ("citizen", "neighbour"):
        page = story.look(name, f"/usulan/{story.codes['proposal']}/")
        page.get_by_role("button", name="Saya mendukung").click()
        sees(page, "Dukungan dihitung: satu orang satu suara.")
    youth = story.look("youth", f"/usulan/{story.codes['proposal']}/")
    youth.get_by_role("button", name=f"Dukung atas nama {YOUTH}").click()
    sees(youth, "Dukungan dihitung: satu orang satu suara.")
    expect(youth.get_by_text("2 orang", exact=True)).to_be_visible()
    decide(story.who("rw"), story.codes["proposal"], "Ketua RW", "Disepakati rembug warga.")


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
