"""One running site with simulated months and a week, for all outside judges of this folder; and all of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import pytest
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Browser, Page, expect

from rembug.config.access import TABLE
from tests.standards.lived import live
from tests.support.crawl import Answer, Walk, walk
from tests.support.site import Site, site
from tests.test_permissions import ADDRESSES, SAMPLES

ANYBODY = "anybody"
ROLES = ("coordinator", "administrator", "facilitator", "officer", "approver", "verifier")


@pytest.fixture(scope="session")
def city() -> Iterator[Site]:
    """Give a running site in which a week was lived."""
    with site(worker=False, web=False) as place:
        place.command("demo", "week")
        place.command("demo", "people")
        place.command("worker", "--once")
        place.start("web", "serve", "--no-worker")
        place.wait_until_up()
        yield place


@dataclass
class Everything:
    """A page of each address that links lead to, and the browser of whoever may see it."""

    browsers: dict[str, Page]
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)  # name -> path, who
    others: dict[str, str] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)

    def read(self, who: str, path: str, language: str = "id") -> Answer:
        """Ask for an address as somebody; nothing is followed but a move within the site."""
        asked = self.browsers[who].context.request.get(path, headers={"Accept-Language": language})
        kind = asked.headers.get("content-type", "")
        return Answer(asked.status, kind, asked.text() if kind.startswith("text/html") else "")

    def add(self, who: str, found: Walk) -> None:
        """Keep what somebody found."""
        self.pages |= {name: (path, who) for name, path in found.pages.items()}
        self.others |= found.others
        self.dead += [f"{who}: {one}" for one in found.dead]


def signed_in(city: Site, page: Page, role: str) -> None:
    """Sign a demo person in, with the second factor where the role needs one."""
    logins = city.command("demo", "people").splitlines()
    line = next(one.strip() for one in logins if one.strip().startswith(f"{role}@"))
    email, _, password = line.partition("  TOTP ")[0].partition(" ")
    page.goto("/masuk/")
    page.get_by_label("Alamat e-mail").fill(email)
    page.get_by_label("Kata sandi").fill(password.strip())
    page.get_by_role("button", name="Masuk", exact=True).click()
    if "  TOTP " in line:
        page.get_by_label("Kode dari aplikasi").fill(city.command("demo", "code", role).strip())
        page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page).not_to_have_url(re.compile("/masuk/"), timeout=15_000)


@pytest.fixture(scope="session")
def everything(city: Site, browser: Browser) -> Iterator[Everything]:
    """Walk the whole site: as anybody first, then as each role through what only it may see."""
    found = Everything({})
    for who in (ANYBODY, *ROLES):
        page = browser.new_context(base_url=city.url, locale="id-ID").new_page()
        page.set_default_timeout(30_000)
        found.browsers[who] = page
        starts = ["/", *plain_addresses()]
        if who != ANYBODY:
            signed_in(city, page, who)
            starts = ["/kerja/", *starts, *(path for path, seen in found.pages.values() if seen == ANYBODY)]
        starts += live(who, page)
        found.add(who, _new(walk(partial(found.read, who), starts), found))
    for name in TABLE.keys() - found.pages.keys():  # a page that is shown for a thing that does not exist
        if found.read(may_see(name), made_up(name)).is_page:
            found.pages[name] = made_up(name), may_see(name)
    yield found
    for page in found.browsers.values():
        page.context.close()


def _new(one: Walk, found: Everything) -> Walk:
    """Leave out what somebody before has found; anybody's view of a page is the one that is judged."""
    fresh = {name: path for name, path in one.pages.items() if name not in found.pages}
    return Walk(fresh, one.others, one.dead)


def may_see(name: str) -> str:
    """Return somebody who may call an address."""
    who = TABLE[name].who
    if isinstance(who, str):
        return ANYBODY if who == "public" else ROLES[0]
    return next((role for role in ROLES if role in who), ANYBODY)


def plain_addresses() -> list[str]:
    """Return every address of the table that needs nothing in it, whether a link leads there or not."""
    return [reverse(name) for name in sorted(TABLE) if not ADDRESSES[name] and name not in SAMPLES]


def made_up(name: str) -> str:
    """Return an address of this name: of a thing that need not exist."""
    try:
        return reverse(name, kwargs=ADDRESSES[name])
    except NoReverseMatch:
        return reverse(name, kwargs=SAMPLES[name](None))  # type: ignore[arg-type]
