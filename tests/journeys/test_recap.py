"""Each kelurahan prints as one A4 sheet, however much happened there."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys import site as ask
from tests.support.site import Site
from tests.support.site import site as make_site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KINDS = ("rob", "drain", "waste", "road", "light", "other")
INCIDENTS = 18


@pytest.fixture
def full_ward() -> Iterator[Site]:
    """A kelurahan with as many incidents as the sheet lists, and more, of every kind."""
    with make_site() as made:
        for number in range(INCIDENTS):
            kind = KINDS[number % len(KINDS)]
            depth = {"depth_class": "knee", "since": "now", "setting": "street"} if kind == "rob" else {}
            place = {"lon": 109.6733 + 0.002 * (number % 3), "lat": -6.8601 - 0.002 * (number // 3)}
            ask.report(made, category=kind, text=f"Laporan nomor {number}", **place, **depth)
        ask.wait_for(made, "/peta/", f"{INCIDENTS} kejadian")
        yield made


def test_the_recap_of_a_full_month_is_one_sheet(full_ward: Site, browser: Browser) -> None:
    page = browser.new_page(locale="id-ID")
    page.goto(f"{full_ward.url}/wilayah/panjang-baru/rekap/")
    assert page.locator(".scroll tbody tr").count() >= 8
    sheet = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) == 1
    page.close()
