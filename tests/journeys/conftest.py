"""The browser, the site and axe for every journey."""

import os
import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.journeys import site as ask
from tests.support.site import ROOT, Site
from tests.support.site import site as make_site

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Axe = Callable[[Page], list[str]]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""


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


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """The driver of browsers: one a process, for a second one finds its event loop taken."""
    if not CHROMIUM:
        pytest.skip("no Chromium here: apt-get install chromium")
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """The system's Chromium; without its sandbox only where the tests run as root."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    running = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
    yield running
    running.close()


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


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Return a function that runs axe-core on a page (target sizes too) and returns its findings as lines."""
    if not AXE.exists():
        pytest.skip("axe-core is missing: npm ci --ignore-scripts")
    source = AXE.read_text()

    def run(page: Page) -> list[str]:
        # Through the debugger, not a script tag: the page's own policy stays in force.
        page.evaluate(source)
        options = {"runOnly": TAGS, "rules": {"target-size": {"enabled": True}}}
        found = page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{fault['id']}: {node['target']} {node.get('failureSummary', '')[:300]}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]

    return run
