"""On another engine (Firefox) too: killed in the middle of a photo, it delivers once, with the photo (U-03)."""

from pathlib import Path

import pytest

from tests.journeys.reporting.conftest import photos, reports, until
from tests.journeys.reporting.steps import RECEIVED, walk
from tests.support.firefox import FIREFOX, firefox
from tests.support.site import Site
from tests.support.slow_line import SlowLine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not FIREFOX, reason="no Firefox here: apt-get install firefox-esr"),
]


def test_a_browser_killed_while_its_photo_is_under_way_delivers_once(
    tmp_path: Path, house: Site, line: SlowLine, photo: Path
) -> None:
    before, pictures = reports(house), photos(house)
    with firefox(tmp_path / "profile") as phone:
        walk(phone, line.url)
        phone.choose("#photo", photo)
        until(lambda: "KB" in phone.run("return document.querySelector('[data-photo-says]').textContent"))
        phone.click("[data-send]")
        until(line.held.is_set, seconds=60)
        until(lambda: reports(house) == before + 1)
        phone.kill()
    assert photos(house) == pictures
    line.narrow = False
    with firefox(tmp_path / "profile") as phone:
        phone.go(f"{line.url}/saya/laporan/")
        phone.wait_for(RECEIVED, seconds=60)
        until(lambda: photos(house) == pictures + 1, seconds=60)
    assert reports(house) == before + 1


def test_a_browser_killed_before_the_words_are_out_delivers_them_later(
    tmp_path: Path, house: Site, line: SlowLine
) -> None:
    before = reports(house)
    with firefox(tmp_path / "profile") as phone:
        line.narrow = False
        walk(phone, line.url)
        phone.run("window.fetch = () => new Promise(() => undefined);")  # never answered
        phone.click("[data-send]")
        phone.wait_for("[data-item]")
        phone.kill()
    assert reports(house) == before
    with firefox(tmp_path / "profile") as phone:
        phone.go(f"{line.url}/lapor/")
        until(lambda: reports(house) == before + 1, seconds=60)
        phone.go(f"{line.url}/saya/laporan/")
        phone.wait_for(RECEIVED, seconds=60)
    assert reports(house) == before + 1
