"""Somebody tells something in confidence on a small phone without JavaScript, and an officer's box is accessible."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Axe
from tests.support.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OPEN_BOX = """
from rembug.confidential.actions.boxes import set_up
from rembug.lib.actor import Actor, Grant
body = "pekalongan-inspektorat"
reader = Actor("JOURNEY", "person", (Grant("officer", "pekalongan", body),))
set_up(actor=reader, city="pekalongan", body=body, passphrase="perahu biru di muara")
"""


@pytest.fixture(scope="module")
def channel(site: Site) -> Iterator[Site]:
    """The site with one open box."""
    site.command("shell", "-c", OPEN_BOX)
    yield site
    site.command("confidential", "close-box", "pekalongan-inspektorat")


@pytest.fixture
def plain(browser: Browser, channel: Site) -> Iterator[Page]:
    """A small phone without JavaScript."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640},
        locale="id-ID",
        base_url=channel.url,
        java_script_enabled=False,
    )
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def fill(page: Page) -> None:
    """Fill the form in."""
    page.goto("/rahasia/")
    page.get_by_role("link", name="Tulis laporan rahasia").click()
    page.get_by_label("Korupsi, suap, atau pungutan liar").check()
    page.get_by_label("Pihak mana yang dilaporkan?").select_option("pekalongan-dpupr")
    page.get_by_label("Apa yang terjadi?").fill("Mandor meminta uang supaya pompa dinyalakan.")


def test_told_opened_and_answered_without_javascript_or_cookie(plain: Page) -> None:
    fill(plain)
    plain.get_by_role("button", name="Kirim secara rahasia").click()
    found = re.search(r"(\d{4} ){3}\d{4}", plain.locator("main").inner_text())
    assert found
    plain.get_by_role("link", name="Buka dengan tanda terima").click()
    plain.get_by_label("Tanda terima, 16 angka").fill(found[0])
    plain.get_by_role("button", name="Buka").click()
    assert "pompa dinyalakan" in plain.locator("main").inner_text()
    plain.get_by_label("Tulis kepada penerima").fill("Terjadi lagi semalam.")
    plain.get_by_role("button", name="Kirim", exact=True).click()
    assert "semalam" in plain.locator("main").inner_text()
    assert found[0].replace(" ", "") not in plain.url


@pytest.mark.usefixtures("channel")
def test_axe_finds_nothing_on_the_way(phone: Page, axe: Axe) -> None:
    fill(phone)
    assert axe(phone) == []
    phone.get_by_role("button", name="Kirim secara rahasia").click()
    found = re.search(r"(\d{4} ){3}\d{4}", phone.locator("main").inner_text())
    assert found
    assert axe(phone) == []
    phone.goto("/rahasia/buka/")
    phone.get_by_label("Tanda terima, 16 angka").fill(found[0])
    phone.get_by_role("button", name="Buka").click()
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
