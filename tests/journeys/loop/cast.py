"""The people of the loop: invited, signed in with a second factor of their own, each in a browser of their own."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Axe
from tests.support.site import Site

PHONE, DESK = (360, 640), (1280, 900)
PATIENCE_MS = 30_000
PASSWORD = "perahu di muara pagi"
PERIOD_S, TIME_TO_TYPE_S = 30, 5
NEEDS_CODE = {"officer", "coordinator", "facilitator", "administrator"}
Value = str | list[str] | Literal[True]


@dataclass(frozen=True)
class Part:
    """Who somebody is: the role that they are invited to, for which body, and on what they work."""

    role: str
    body: str
    size: tuple[int, int] = DESK


PARTS = {
    "verifier": Part("verifier", "Contoh: Komunitas Pantau Rob Utara", PHONE),
    "coordinator": Part("coordinator", "Dinas Komunikasi dan Informatika Kota Pekalongan"),
    "works": Part("officer", "Dinas Pekerjaan Umum dan Penataan Ruang Kota Pekalongan", PHONE),
    "rw": Part("facilitator", "Contoh: RW Panjang Baru"),
    "youth": Part("verifier", "Contoh: Pemuda Peduli Iklim", PHONE),
    "kelurahan": Part("officer", "Kelurahan Panjang Baru"),
    "kecamatan": Part("officer", "Kecamatan Pekalongan Utara"),
    "planner": Part("officer", "Bapperida Kota Pekalongan"),
    "mayor": Part("officer", "Wali Kota Pekalongan"),
    "council": Part("officer", "DPRD Kota Pekalongan"),
    "business": Part("verifier", "Contoh: Usaha Batik Pesisir", PHONE),
}
"""Ten people with an office and one of a business; two neighbours without account come to them."""


@dataclass
class Person:
    """Somebody before their browser; with an account they have an address, and most a second factor."""

    page: Page
    email: str = ""
    secret: str = ""
    shown: str = ""  # the last one-time code: none works twice

    def open(self, path: str) -> Page:
        """Go to a page; a session that ended over the months is begun anew."""
        if self.email:
            self.page.goto("/kerja/")
            if "/masuk/" in self.page.url:
                self._sign_in()
        self.page.goto(path)
        return self.page

    def _sign_in(self) -> None:
        self.page.get_by_label("Alamat e-mail").fill(self.email)
        self.page.get_by_label("Kata sandi").fill(PASSWORD)
        self.page.get_by_role("button", name="Masuk", exact=True).click()
        if self.secret:
            self.page.get_by_label("Kode dari aplikasi").fill(self.code())
            self.page.get_by_role("button", name="Masuk", exact=True).click()
        expect(self.page).not_to_have_url(re.compile("/masuk/"), timeout=PATIENCE_MS)

    def code(self) -> str:
        """Return a one-time code that was not shown before."""
        while (code := code_of(self.secret)) == self.shown:
            time.sleep(1)
        self.shown = code
        return code


@dataclass
class Cast:
    """Everybody, each with a browser context of their own."""

    house: Site
    browser: Browser
    axe: Axe
    people: dict[str, Person] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def enter(self, name: str, size: tuple[int, int] = PHONE, **options: object) -> Person:
        """Give somebody a browser; a fault in a script or against the policy is kept."""
        context: BrowserContext = self.browser.new_context(
            base_url=self.house.url,
            locale="id-ID",
            viewport={"width": size[0], "height": size[1]},
            **options,  # type: ignore[arg-type]
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.faults.append(f"{name}: {error}"))
        self.people[name] = Person(page)
        return self.people[name]

    def invite_all(self) -> None:
        """The city's first administrator takes up the link that its server printed, and invites everybody."""
        printed = self.house.command("people", "invite-admin", "admin@kota.example")
        boss = self.enter("administrator", DESK)
        self._take_up(boss, "administrator", "admin@kota.example", printed.split()[-1])
        for name, part in PARTS.items():
            email = f"{name}@kota.example"
            page = boss.open("/kerja/undangan/")
            choose(page, {"Untuk pihak": part.body})
            page.get_by_label("Alamat e-mail").fill(email)
            page.locator("select[name=role]").select_option(part.role)
            page.get_by_role("button", name="Buat undangan").click()
            letter = page.get_by_label("Teks undangan").input_value()
            link = re.search(r"https?://\S+", letter)
            assert link, letter
            self._take_up(self.enter(name, part.size), part.role, email, link[0])

    def _take_up(self, person: Person, role: str, email: str, link: str) -> None:
        page = person.page
        page.goto(link)
        if role == "administrator":
            self.faults += [f"the invitation: {fault}" for fault in self.axe(page)]
        page.get_by_label("Nama Anda").fill(f"Uji {role}")
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.locator("input[type=checkbox][name=consent]").check()
        page.get_by_role("button", name="Buat akun dan terima").click()
        sees(page, "Selamat datang.")
        person.email = email
        if role in NEEDS_CODE:
            page.goto("/akun/pengaman/aplikasi/")
            person.secret = page.locator("code").inner_text()
            page.locator("input[name=code]").fill(person.code())
            page.get_by_role("button", name="Pasang", exact=True).click()
            expect(page).not_to_have_url(re.compile("/aplikasi/"), timeout=PATIENCE_MS)

    def show(self) -> None:
        """Print what everybody has before them, for whoever looks for a fault."""
        for name, person in self.people.items():
            said = person.page.locator("main").inner_text()
            print(f"== {name}: {person.page.url}\n{said[:1500]}")

    def leave(self) -> None:
        """Close every browser; nobody met a fault."""
        for person in self.people.values():
            person.page.context.close()
        assert self.faults == []


def code_of(secret: str) -> str:
    """Return what an authenticator app shows (RFC 6238: SHA-1, 30 s, 6 digits); near its end wait for the next."""
    left = PERIOD_S - time.time() % PERIOD_S
    if left < TIME_TO_TYPE_S:
        time.sleep(left)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // PERIOD_S), "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def choose(page: Page, values: dict[str, Value]) -> None:
    """Choose in lists by their labels."""
    for label, value in values.items():
        page.get_by_label(label, exact=True).select_option(label=value if value is not True else None)


def fill(page: Page, values: dict[str, str]) -> None:
    """Type into fields by their labels."""
    for label, value in values.items():
        page.get_by_label(label, exact=True).fill(value)


def sees(page: Page, words: str) -> None:
    """Wait until somebody reads these words; else show what they read instead."""
    try:
        expect(page.get_by_text(words).first).to_be_visible(timeout=PATIENCE_MS)
    except AssertionError as error:
        said = page.locator("main").inner_text()
        raise AssertionError(f"{page.url} does not say {words!r}:\n{said}") from error
