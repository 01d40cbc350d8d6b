"""A facilitator's months: a class of thirty phones, a king tide watched offline, a meeting whose plan is chased."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.journeys.conftest import Axe
from tests.journeys.test_passkey import words_of
from tests.support.site import Site, site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE: ViewportSize = {"width": 360, "height": 640}


@pytest.fixture(scope="module")
def house() -> Iterator[Site]:
    """A site with demo people and a forecast."""
    with site(settings={"REMBUG_SIMULATED": "1"}) as made:
        made.command("demo", "people")
        made.command("water", "forecast")
        yield made


@pytest.fixture(scope="module")
def leader(house: Site, browser: Browser) -> Iterator[Page]:
    """The facilitator at a desk, signed in once: a code of the second factor works once."""
    context = browser.new_context(base_url=house.url, locale="id-ID", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    email, password = words_of(house, "facilitator")
    page.goto("/kerja/kelas/")
    page.get_by_label("Alamat e-mail").fill(email)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_label("Kode dari aplikasi").fill(house.command("demo", "code", "facilitator").strip())
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", name="Kelas", exact=True)).to_be_visible(timeout=15_000)
    yield page
    context.close()


def phone(browser: Browser, house: Site) -> BrowserContext:
    """A phone of somebody without account."""
    return browser.new_context(base_url=house.url, locale="id-ID", viewport=PHONE)


def test_a_class_of_thirty_takes_a_lesson_on_phones_without_accounts(
    house: Site, leader: Page, browser: Browser, axe: Axe
) -> None:
    leader.get_by_label("Nama kelas, bukan nama orang").fill("Kelas 8B")
    leader.get_by_role("button", name="Buka kelas").click()
    expect(leader.get_by_role("heading", name="Kelas 8B")).to_be_visible()
    code = leader.url.rstrip("/").split("/")[-1]
    for number in range(30):
        context = phone(browser, house)
        page = context.new_page()
        page.goto(f"/belajar/kelas/?kode={code}")
        for right in (number < 10, True):
            for group in page.locator("fieldset").all():
                group.locator("input").nth(0 if right else 1).check()
            if number == 0:
                assert page.evaluate("document.documentElement.scrollWidth") <= 360
                assert axe(page) == []
            page.get_by_role("button", name="Kirim").click()
            again = page.get_by_role("link", name="Jawab lagi pertanyaannya")
            expect(again.or_(page.get_by_role("heading", name="Terima kasih")).first).to_be_visible()
            if again.count():
                again.click()
                expect(page.get_by_role("button", name="Kirim")).to_be_visible()
        expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
        context.close()
    leader.reload()
    expect(leader.get_by_text("30 lembar sebelum, 30 lembar sesudah.")).to_be_visible()
    expect(leader.get_by_text("Naik; hampir pasti bukan kebetulan.").first).to_be_visible()
    assert axe(leader) == []


def test_a_group_watches_a_high_water_with_the_network_gone_in_the_middle(
    house: Site, leader: Page, browser: Browser, axe: Axe
) -> None:
    leader.goto("/kerja/ajakan/pantau/")
    leader.get_by_label("Nama ajakan").fill("Pantau pasang tinggi")
    leader.get_by_label("Apa yang dikerjakan").fill("Lihat titik masing-masing saat air tinggi.")
    leader.get_by_label("Tempat berkumpul").fill("Balai kelurahan")
    leader.get_by_label("Perlu berapa orang").fill("8")
    leader.get_by_label("Keselamatan: sepatu, air dalam, kabel, arus").fill("Jangan masuk air di atas lutut.")
    leader.get_by_label("Penanggung jawab di tempat: jabatan, bukan nama").fill("Koordinator lapangan")
    leader.get_by_label("Berapa titik").fill("6")
    assert axe(leader) == []
    leader.get_by_role("button", name="Buat ajakan").click()
    expect(leader.get_by_role("heading", name="Pantau pasang tinggi")).to_be_visible()
    code = leader.url.rstrip("/").split("/")[-1]

    context = phone(browser, house)
    page = context.new_page()
    page.goto(f"/ajakan/{code}/")
    page.get_by_role("button", name="Saya ikut memantau").click()
    expect(page.get_by_role("heading", name="Titik saya")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []
    points = page.locator("form[data-keep]")
    context.set_offline(True)
    for number in range(2):
        points.nth(number).locator("input[value=calf]").check()
        points.nth(number).get_by_role("button").click()
        expect(page.get_by_text("Tersimpan di HP ini.")).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_text("Terkirim.")).to_be_visible(timeout=20_000)
    page.reload()
    expect(page.get_by_text("sudah dilihat")).to_have_count(2)
    points.nth(2).locator("input[value=dry]").check()
    points.nth(2).get_by_role("button").click()
    expect(page.get_by_text("sudah dilihat")).to_have_count(3)
    page.goto(f"/ajakan/{code}/")
    expect(page.get_by_text(re.compile(r"[23] titik dilihat, [12] basah"))).to_be_visible()
    assert axe(page) == []
    context.close()


def guests(house: Site, browser: Browser, axe: Axe, invitation: str, door: str) -> None:
    """Answer an invitation and come, the first one without network at the door."""
    context = phone(browser, house)
    page = context.new_page()
    page.goto(invitation)
    page.get_by_label("datang", exact=True).check()
    page.get_by_label("Berapa orang?").fill("3")
    page.get_by_role("button", name="Simpan jawaban").click()
    expect(page.get_by_text("Jawaban tersimpan:")).to_be_visible()
    assert axe(page) == []
    page.goto(door)
    assert axe(page) == []
    context.set_offline(True)
    page.get_by_role("button", name="Saya hadir").click()
    expect(page.get_by_text("Tersimpan di HP ini.")).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_text("Terkirim.")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Saya hadir").click()
    expect(page.get_by_text("Anda sudah dihitung.")).to_be_visible()
    context.close()


def test_a_meeting_of_twenty_groups_ends_in_a_plan_that_is_chased(
    house: Site, leader: Page, browser: Browser, axe: Axe
) -> None:
    leader.goto("/kerja/pertemuan/baru/")
    leader.get_by_label("Nama pertemuan").fill("Rembug saluran")
    leader.get_by_label("Tempat").fill("Balai kota")
    leader.get_by_label("Tanggal").fill("2030-01-15")
    leader.get_by_label("Mulai").fill("09:00")
    leader.get_by_label("Acara, satu baris satu butir").fill("Data rob\nRencana")
    leader.locator("summary#undang").click()
    boxes = leader.locator("input[name=invited]")
    for number in range(20):
        boxes.nth(number).check()
    assert axe(leader) == []
    leader.get_by_role("button", name="Buat undangan").click()
    expect(leader.get_by_role("heading", name="Rembug saluran")).to_be_visible()
    work = leader.url
    door = leader.locator("a[href*='/pertemuan/hadir/']").get_attribute("href") or ""
    invitation = leader.locator("a[href*='/pertemuan/undangan/']").first.get_attribute("href") or ""
    assert leader.locator("a[href*='/pertemuan/undangan/']").count() >= 20
    assert axe(leader) == []

    guests(house, browser, axe, invitation, door)
    leader.reload()
    leader.get_by_label("Apa yang dibicarakan").fill("Saluran utara mampet.")
    leader.get_by_role("button", name="Simpan notulensi").click()
    expect(leader.get_by_text("Notulensi disimpan.")).to_be_visible()
    leader.goto(work)
    leader.get_by_text("Tambah rencana").click()
    leader.get_by_label("Apa", exact=True).fill("Bersihkan saluran utara")
    leader.get_by_label("Paling lambat").fill("2026-01-05")
    leader.get_by_role("button", name="Tambah", exact=True).click()
    expect(leader.get_by_role("link", name="Bersihkan saluran utara")).to_be_visible()
    leader.goto("/tindak-lanjut/")
    expect(leader.get_by_text("Terlambat", exact=True)).to_be_visible()
    assert axe(leader) == []
    leader.get_by_role("link", name="Bersihkan saluran utara").click()
    assert axe(leader) == []
    leader.goto(work.replace("/kerja", ""))
    expect(leader.get_by_text("2 orang hadir.")).to_be_visible()
    assert axe(leader) == []


def test_lessons_open_without_network_once_the_list_was_seen(house: Site, browser: Browser) -> None:
    context = phone(browser, house)
    page = context.new_page()
    page.goto("/belajar/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    links = page.locator('main a[href^="/belajar/"]:not([href*="kelas"])')
    wanted, first = links.count(), str(links.first.get_attribute("href"))
    assert wanted >= 6
    page.reload()
    kept = "caches.open('rembug-lessons').then((one) => one.keys()).then((all) => all.length)"
    page.wait_for_function(f"() => {kept}.then((n) => n > {wanted})", timeout=20_000)
    context.set_offline(True)
    page.goto(first)
    page.get_by_text("Lihat jawaban").first.click()
    expect(page.locator("details[open] p b").first).to_be_visible()
    page.goto("/belajar/kelas/")
    expect(
        page.get_by_role("heading", name=re.compile("jaringan|luring", re.IGNORECASE)).first
    ).to_be_visible()
    context.close()
