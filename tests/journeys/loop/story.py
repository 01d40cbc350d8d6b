"""What is known of the loop, and its first half: from a report on a phone to a proposal with supporters."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys import site as ask
from tests.journeys.conftest import Axe
from tests.journeys.loop.cast import PATIENCE_MS, PHONE, Cast, Person, choose, fill, sees
from tests.journeys.loop.months import PUMPED, Months
from tests.journeys.loop.steps import (
    code_in,
    decide,
    section,
    soon,
)
from tests.journeys.reporting.steps import RECEIVED
from tests.support.led_site import LedClock
from tests.support.site import Site

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
    desk.get_by_label("Kalimat untuk warga").fill("Pompa dan saluran di sini dirawat dinas ini.")
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
