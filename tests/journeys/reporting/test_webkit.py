"""On WebKit too: five taps to the receipt; killed in the middle of a photo, it delivers once, with the photo (U-03)."""

from pathlib import Path

import pytest

from tests.journeys.reporting.conftest import photos, reports, until
from tests.journeys.reporting.steps import RECEIVED, walk
from tests.support.site import Site
from tests.support.slow_line import SlowLine
from tests.support.webkit import WebKit, missing, webkit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing()), reason=missing()),
]


def has_photo(phone: WebKit) -> bool:
    """Tell whether the page says that its photo is ready."""
    return "KB" in phone.run("return document.querySelector('[data-photo-says]')?.textContent || ''")


def take(phone: WebKit, photo: Path) -> None:
    """Add a photo and wait until it is small."""
    phone.choose("#photo", photo)
    until(lambda: has_photo(phone))


def test_five_taps_and_a_photo_lead_to_a_receipt(tmp_path: Path, house: Site, photo: Path) -> None:
    before, pictures = reports(house), photos(house)
    with webkit(tmp_path / "phone") as phone:
        walk(phone, house.url)
        take(phone, photo)
        phone.click("[data-send]")
        phone.click(f"{RECEIVED} a")
        phone.wait_for("[data-receipt]")
        assert phone.run("return location.pathname").startswith("/r/")
    assert reports(house) == before + 1
    assert photos(house) == pictures + 1


def test_a_browser_killed_while_its_photo_is_under_way_delivers_once(
    tmp_path: Path, house: Site, line: SlowLine, photo: Path
) -> None:
    before, pictures = reports(house), photos(house)
    with webkit(tmp_path / "phone") as phone:
        walk(phone, line.url)
        take(phone, photo)
        phone.click("[data-send]")
        until(line.held.is_set, seconds=60)
        until(lambda: reports(house) == before + 1)
        phone.kill()
    assert photos(house) == pictures
    line.narrow = False
    with webkit(tmp_path / "phone") as phone:
        phone.go(f"{line.url}/saya/laporan/")
        phone.wait_for(RECEIVED, seconds=60)
        until(lambda: photos(house) == pictures + 1, seconds=60)
    assert reports(house) == before + 1


def test_a_browser_killed_before_the_words_are_out_delivers_them_later_with_the_photo(
    tmp_path: Path, house: Site, line: SlowLine, photo: Path
) -> None:
    before, pictures = reports(house), photos(house)
    line.narrow = False
    with webkit(tmp_path / "phone") as phone:
        walk(phone, line.url)
        take(phone, photo)
        phone.run("window.fetch = () => new Promise(() => undefined);")  # never answered
        phone.click("[data-send]")
        phone.wait_for("[data-item]")
        phone.kill()
    assert reports(house) == before
    with webkit(tmp_path / "phone") as phone:
        phone.go(f"{line.url}/lapor/")
        until(lambda: (reports(house), photos(house)) == (before + 1, pictures + 1), seconds=60)
        phone.go(f"{line.url}/saya/laporan/")
        phone.wait_for(RECEIVED, seconds=60)
    assert (reports(house), photos(house)) == (before + 1, pictures + 1)


def test_without_network_a_report_is_told_kept_and_delivered_when_the_network_is_back(
    tmp_path: Path, house: Site, line: SlowLine, photo: Path
) -> None:
    before, pictures = reports(house), photos(house)
    line.narrow = False
    with webkit(tmp_path / "phone") as phone:
        phone.go(f"{line.url}/lapor/")
        until(lambda: phone.run("return navigator.serviceWorker.controller !== null"))
        line.cut = True
        walk(phone, line.url)
        take(phone, photo)
        phone.kill()
    with webkit(tmp_path / "phone") as phone:
        phone.go(f"{line.url}/lapor/")
        until(lambda: has_photo(phone))
        phone.click("[data-send]")
        phone.wait_for("[data-item][data-state=kept]")
        assert reports(house) == before
        line.cut = False
        phone.wait_for(RECEIVED, seconds=60)
    assert (reports(house), photos(house)) == (before + 1, pictures + 1)
