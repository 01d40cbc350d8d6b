"""The browser and axe, made once a process for all that needs them: a second driver finds its event loop taken."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.support.site import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Axe = Callable[[Page], list[str]]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""


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
