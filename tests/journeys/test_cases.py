"""An officer on a phone answers and proves, a community contradicts; a coordinator at a desk sees all and directs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rembug.cases.tests import made_papers
from rembug.lib.images.tests import corpus
from tests.journeys import site as ask
from tests.journeys.conftest import Axe
from tests.journeys.test_passkey import words_of
from tests.support.site import Site, site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE, DESK = {"width": 360, "height": 640}, {"width": 1280, "height": 900}
OFFICE, COMMUNITY = "Kantor contoh (demo)", "Komunitas contoh (demo)"


@pytest.fixture(scope="module")
def house() -> Iterator[Site]:
    """A site with demo people and a dead street light, of which a case has opened."""
    with site(settings={"REMBUG_SIMULATED": "1"}) as made:
        made.command("demo", "people")
        ask.report(made, category="light", lon=109.6792, lat=-6.8899, text="Lampu di pojok gang mati.")
        ask.wait_for(made, "/kasus/?keadaan=all", "Lampu jalan mati, Kauman")
        ask.report(made, category="road", lon=109.6735, lat=-6.8712, text="Jalan berlubang di depan pasar.")
        ask.wait_for(made, "/kasus/?keadaan=all", "Jalan rusak, Padukuhan Kraton")
        yield made


def signed_in(house: Site, browser: Browser, role: str, size: dict[str, int]) -> Page:
    """Return the browser of a demo person, at their cases."""
    context = browser.new_context(base_url=house.url, locale="id-ID", viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    email, password = words_of(house, role)
    page.goto("/masuk/")
    page.get_by_label("Alamat e-mail").fill(email)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    if role != "verifier":
        page.get_by_label("Kode dari aplikasi").fill(house.command("demo", "code", role).strip())
        page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page).not_to_have_url(re.compile("/masuk/"), timeout=15_000)
    return page


def at_case(page: Page, axe: Axe, name: str = "Lampu") -> None:
    """Open a case from the queue."""
    page.goto("/kerja/kasus/")
    assert axe(page) == []
    page.get_by_role("link", name=re.compile(name)).first.click()
    expect(page.get_by_role("heading", name="Perjalanan kasus")).to_be_visible()
    assert axe(page) == []


def contradicted(house: Site, browser: Browser, axe: Axe, code: str) -> None:
    """Let the community near by say on a phone that it is not settled."""
    neighbour = signed_in(house, browser, "verifier", PHONE)
    neighbour.goto(f"/kasus/{code}/")
    expect(neighbour.get_by_role("img", name="Foto hasil kerja")).to_be_visible()
    assert axe(neighbour) == []
    neighbour.get_by_label("Atas nama").select_option(label=COMMUNITY)
    neighbour.get_by_label("Bila belum: apa yang belum beres?").fill("Malamnya mati lagi.")
    neighbour.get_by_role("button", name="Belum tuntas").click()
    expect(neighbour.get_by_text("Kabar Anda sudah dicatat.")).to_be_visible()
    page = ask.read(house, f"/kasus/{code}/")
    assert "Malamnya mati lagi." in page
    assert "Dibuka lagi" in page
    neighbour.context.close()


def narrowed_to_roads(desk: Page, axe: Axe) -> None:
    """Keep a filter, use it, and look at what it leaves on the map."""
    desk.goto("/kerja/kasus/")
    desk.get_by_text("Cari dan saring").click()
    desk.get_by_label("Jenis").select_option(label="Jalan rusak")
    desk.get_by_role("button", name="Saring", exact=True).click()
    desk.get_by_text("Simpan saringan ini").click()
    desk.get_by_label("Nama saringan").fill("Jalan saja")
    desk.get_by_role("button", name="Simpan", exact=True).click()
    desk.get_by_role("link", name="Jalan saja").click()
    expect(desk.get_by_role("link", name=re.compile("Lampu"))).to_have_count(0)
    assert axe(desk) == []

    desk.get_by_role("link", name="Peta", exact=True).last.click()
    expect(desk.get_by_role("heading", name="1 kasus di peta")).to_be_visible()
    expect(desk.locator(".leaflet-container canvas")).to_be_visible()
    assert axe(desk) == []


def attach_letter(phone: Page, axe: Axe, folder: Path) -> None:
    """Attach a letter to a note, and show it to everybody."""
    phone.get_by_label("Catatan baru (tidak publik)").fill("Surat tugas terlampir.")
    note = phone.get_by_role("region", name="Catatan kerja")
    note.get_by_text("Lampirkan berkas").click()
    letter = folder / "surat tugas.pdf"
    letter.write_bytes(made_papers.pdf())
    note.get_by_label("PDF, Word, Excel").set_input_files(letter)
    assert axe(phone) == []
    phone.get_by_role("button", name="Simpan catatan").click()
    expect(phone.get_by_role("link", name="surat tugas")).to_be_visible()
    expect(phone.get_by_text("· tertutup")).to_be_visible()
    phone.get_by_role("button", name="Tampilkan: surat tugas").click()
    expect(phone.get_by_text("· untuk umum")).to_be_visible()
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_officer_on_a_phone_answers_proves_and_is_contradicted(
    house: Site, browser: Browser, axe: Axe, tmp_path: Path
) -> None:
    desk = signed_in(house, browser, "coordinator", DESK)
    at_case(desk, axe)
    desk.get_by_label("Serahkan kepada").select_option(label=OFFICE)
    desk.get_by_label("Kalimat untuk warga").fill("Lampu ini dirawat kantor contoh.")
    desk.get_by_role("button", name="Serahkan").click()
    expect(desk.get_by_text("Langkah dicatat.")).to_be_visible()
    code = desk.url.rstrip("/").split("/")[-1]

    phone = signed_in(house, browser, "officer", PHONE)
    at_case(phone, axe)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_text("Kalimat siap pakai").click()
    phone.get_by_role("link", name=re.compile("Petugas kami datang")).click()
    phone.get_by_role("button", name="Mulai kerja").click()
    expect(phone.get_by_text("Langkah dicatat.")).to_be_visible()
    phone.goto("/kerja/kasus/")
    phone.get_by_role("link", name=re.compile("Saya pegang 1")).click()
    phone.get_by_role("link", name=re.compile("Lampu")).first.click()
    attach_letter(phone, axe, tmp_path)
    phone.get_by_label("Kalimat untuk warga").fill("Lampu kami ganti pagi ini.")
    phone.get_by_role("button", name="Selesai dikerjakan").click()
    expect(phone.get_by_role("alert")).to_contain_text("Sertakan foto")
    photo = tmp_path / "lampu.jpg"
    photo.write_bytes(corpus.encoded(corpus.scene(640, 480, 7)))
    phone.get_by_label("Kalimat untuk warga").fill("Lampu kami ganti pagi ini.")
    phone.get_by_label("Foto hasil kerja").set_input_files(photo)
    phone.get_by_role("button", name="Selesai dikerjakan").click()
    expect(phone.get_by_text("Langkah dicatat.")).to_be_visible(timeout=20_000)
    assert axe(phone) == []

    desk.goto("/kerja/foto/")
    assert axe(desk) == []
    desk.get_by_role("button", name="Tampilkan").first.click()
    expect(desk.get_by_text("Foto ditampilkan untuk umum.")).to_be_visible()
    desk.goto("/kerja/kasus/angka/")
    expect(desk.get_by_role("rowheader", name=OFFICE)).to_be_visible()
    assert axe(desk) == []

    contradicted(house, browser, axe, code)
    for one in (desk, phone):
        one.context.close()


def test_a_coordinator_at_a_desk_sees_all_and_directs(house: Site, browser: Browser, axe: Axe) -> None:
    desk = signed_in(house, browser, "coordinator", DESK)
    narrowed_to_roads(desk, axe)
    at_case(desk, axe, "Jalan rusak")
    desk.get_by_label("Serahkan kepada").select_option(label=OFFICE)
    desk.get_by_role("button", name="Serahkan").click()
    expect(desk.get_by_role("alert")).to_contain_text("alasan")
    desk.get_by_label("Kalimat untuk warga").fill("Jalan ini dirawat kantor contoh.")
    desk.get_by_label("Serahkan kepada").select_option(label=OFFICE)
    desk.get_by_role("button", name="Serahkan").click()
    expect(desk.get_by_text("Langkah dicatat.")).to_be_visible()
    code = desk.url.rstrip("/").split("/")[-1]
    desk.get_by_text("Kasus ini tentang sebuah pihak").click()
    desk.get_by_label("Pihak yang dikeluhkan").select_option(label=OFFICE)
    desk.get_by_label("Yang menangani").select_option(index=1)
    assert axe(desk) == []
    desk.get_by_role("button", name="Catat", exact=True).click()
    expect(desk.get_by_text("Dicatat. Pihak yang dikeluhkan")).to_be_visible()
    assert axe(desk) == []

    accused = signed_in(house, browser, "officer", DESK)
    accused.goto("/kerja/kasus/")
    accused.get_by_role("link", name=code).click()
    accused.get_by_label("Jawaban Anda, untuk semua orang").fill("Jalan itu sudah kami jadwalkan.")
    assert axe(accused) == []
    accused.get_by_role("button", name="Kirim jawaban").click()
    expect(accused.get_by_text("Jalan itu sudah kami jadwalkan.")).to_be_visible()
    assert axe(accused) == []

    desk.goto("/kerja/kasus/angka/")
    for name in ("Jenis", "Wilayah"):
        desk.get_by_role("link", name=name, exact=True).click()
        expect(desk.get_by_role("columnheader", name=name)).to_be_visible()
        assert axe(desk) == []
    for one in (desk, accused):
        one.context.close()
