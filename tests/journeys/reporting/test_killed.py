"""The browser is killed in the middle of sending a photo; opened again, it delivers once, with the photo (U-03)."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import CHROMIUM
from tests.journeys.reporting.conftest import FLAGS, photos, reports, until
from tests.journeys.reporting.steps import RECEIVED, noisy_photo, to_review
from tests.support.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SLOW_BYTES_PER_S = 12_000  # a photo of 200 KB then takes longer than the test waits before it kills


@contextmanager
def real_browser(driver: Browser, profile: Path) -> Iterator[tuple[Browser, "subprocess.Popen[bytes]"]]:
    """Start Chromium on its own profile, as a person does; whatever is left of it is killed at the end."""
    port_file = profile / "DevToolsActivePort"
    port_file.unlink(missing_ok=True)
    command = [CHROMIUM, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}", *FLAGS]
    child = subprocess.Popen(
        [*command, "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until(lambda: port_file.exists() and len(port_file.read_text().splitlines()) > 1)
        address = f"http://127.0.0.1:{port_file.read_text().split()[0]}"
        yield driver.browser_type.connect_over_cdp(address), child
    finally:
        kill(child)


def kill(child: "subprocess.Popen[bytes]") -> None:
    """End the browser and all its processes at once, as an empty battery does."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def wait_on_disk(house: Site, before: int) -> None:
    """Wait until the words are stored and the photo is under way."""
    until(lambda: reports(house) == before + 1)
    time.sleep(1.5)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    return tmp_path / "profile"


def fill_in(page: Page, house: Site) -> None:
    """Walk to the last page and take a photo."""
    page.goto(f"{house.url}/lapor/")
    to_review(page)
    page.set_input_files("#photo", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": noisy_photo()})
    page.wait_for_selector("[data-photo-says]:has-text('KB')")


def test_a_browser_killed_while_its_photo_is_under_way_delivers_once(
    browser: Browser, profile: Path, house: Site
) -> None:
    before, pictures = reports(house), photos(house)
    with real_browser(browser, profile) as (own, child):
        page = own.contexts[0].new_page()
        fill_in(page, house)
        wire = own.contexts[0].new_cdp_session(page)
        wire.send("Network.enable")
        slow = {
            "offline": False,
            "latency": 20,
            "downloadThroughput": -1,
            "uploadThroughput": SLOW_BYTES_PER_S,
        }
        wire.send("Network.emulateNetworkConditions", slow)
        with page.expect_request(lambda request: request.method == "PUT", timeout=90_000):
            page.click("[data-send]")
        wait_on_disk(house, before)
        assert photos(house) == pictures
        kill(child)
    with real_browser(browser, profile) as (own, _child):
        page = own.contexts[0].new_page()
        page.goto(f"{house.url}/saya/laporan/")
        page.wait_for_selector(RECEIVED, timeout=30_000)
    assert reports(house) == before + 1
    assert photos(house) == pictures + 1


def test_a_browser_killed_before_the_words_are_out_delivers_them_later(
    browser: Browser, profile: Path, house: Site
) -> None:
    before = reports(house)
    with real_browser(browser, profile) as (own, child):
        page = own.contexts[0].new_page()
        page.route("**/api/v1/reports", lambda _route: None)  # never answered
        fill_in(page, house)
        page.click("[data-send]")
        page.wait_for_selector("[data-item]")
        kill(child)
    assert reports(house) == before
    with real_browser(browser, profile) as (own, _child):
        page = own.contexts[0].new_page()
        page.goto(f"{house.url}/lapor/")
        until(lambda: reports(house) == before + 1, page)
        page.goto(f"{house.url}/saya/laporan/")
        page.wait_for_selector(RECEIVED, timeout=30_000)
    assert reports(house) == before + 1
