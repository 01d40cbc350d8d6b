"""One site for all journeys of reporting; each journey gets its own phone (browser context)."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.reporting.steps import noisy_photo
from tests.support.site import Site, site
from tests.support.slow_line import SlowLine, slow_line

# A sandbox needs a user of its own: only root goes without.
FLAGS = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
HERE = {"longitude": 109.6898, "latitude": -6.8702}
SMALL = {"width": 360, "height": 640}
WORDS_PASS = 60_000  # bytes a connection carries: pages and words pass, a photo does not


@pytest.fixture(scope="session")
def house() -> Iterator[Site]:
    with site(worker=False) as made:
        yield made


@pytest.fixture
def phone(browser: Browser, house: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Make phones: `phone()`; `phone(java_script_enabled=False)`, `phone(locale="en")` …"""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        settings = {"viewport": SMALL, "locale": "id-ID", "geolocation": HERE, "permissions": ["geolocation"]}
        context = browser.new_context(base_url=house.url, **{**settings, **options})
        context.set_default_timeout(15_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def line(house: Site) -> Iterator[SlowLine]:
    """Give a line to the site that holds a photo up until it is no longer `narrow`."""
    with slow_line(house.port, WORDS_PASS) as made:
        yield made


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Return a photo on the phone."""
    path = tmp_path / "IMG_1.jpg"
    path.write_bytes(noisy_photo())
    return path


def rows(house: Site, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Read the site's database from outside."""
    with closing(sqlite3.connect(house.var / "rembug.sqlite3", timeout=20)) as database:
        return database.execute(query, values).fetchall()


def reports(house: Site) -> int:
    """Return how many reports the site holds."""
    return int(rows(house, "SELECT COUNT(*) FROM reports_report")[0][0])


def photos(house: Site) -> int:
    """Return how many photos the site holds."""
    return int(rows(house, "SELECT COUNT(*) FROM reports_photo")[0][0])


def until(truth: Callable[[], object], page: Page | None = None, seconds: float = 20.0) -> None:
    """Wait until something holds; a page goes on living meanwhile."""
    end = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < end, "it never came true"
        page.wait_for_timeout(100) if page else time.sleep(0.1)
