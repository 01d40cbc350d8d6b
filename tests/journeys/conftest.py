"""The browser, the site and axe for every journey."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import CHROMIUM, Axe
from tests.journeys import site as ask
from tests.support.site import Site
from tests.support.site import site as make_site

__all__ = ["CHROMIUM", "Axe"]


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A running site with a few reports in it: a flood that three people saw, and a dead street light."""
    with make_site(settings={"REMBUG_SIMULATED": "1"}) as made:
        made.command("water", "forecast")
        for step, depth in enumerate(("calf", "knee", "knee")):
            ask.report(made, depth_class=depth, since="now", setting="street", lon=109.6753 + step * 0.0002)
        ask.report(made, category="light", lon=109.6792, lat=-6.8899, text="Lampu di pojok gang mati.")
        ask.wait_for(made, "/peta/?jenis=rob", "3 laporan")
        ask.wait_for(made, "/peta/?jenis=light", "/kejadian/")
        yield made


@pytest.fixture(scope="session")
def known(site: Site) -> dict[str, str]:
    """Names of what is on the site: an incident, one of its reports, its kelurahan."""
    incident = _first(r"/kejadian/(\w+)/", ask.read(site, "/peta/?jenis=rob"))
    page = ask.read(site, f"/kejadian/{incident}/")
    return {
        "incident": incident,
        "report": _first(r"/laporan/(\w+)/", page),
        "area": _first(r"/wilayah/([\w-]+)/", page),
    }


def _first(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, page
    return found[1]


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of a small phone (360 × 640) that speaks Indonesian; a fault in a script or a policy fails the test."""
    yield from _page(browser, site, 360, 640)


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Page]:
    """The same on a wide screen (1280 × 900)."""
    yield from _page(browser, site, 1280, 900)


def _page(browser: Browser, site: Site, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="id-ID", base_url=site.url
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None
    )
    yield page
    context.close()
    assert faults == []
