"""Signing in with a passkey under the real policy of nonces: a virtual key, the real pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.site import Site, site

pytestmark = pytest.mark.browser


@pytest.fixture
def house() -> Iterator[Site]:
    """A site of its own: it gets demo people."""
    with site(worker=False) as made:
        yield made


def words_of(house: Site, role: str) -> tuple[str, str]:
    """Return address and password of a demo login."""
    for line in house.command("demo", "people").splitlines():
        words = line.partition("  TOTP ")[0].split()
        if words and words[0].startswith(f"{role}@"):
            return words[0], " ".join(words[1:])
    raise AssertionError(f"no demo login for {role}")


def plug_in_a_key(context: BrowserContext, page: Page) -> None:
    """Give the browser a key that knows its owner, as a phone with a fingerprint does."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_coordinator_adds_a_passkey_and_comes_back_with_it_alone(house: Site, browser: Browser) -> None:
    # A passkey belongs to a name, never to a number.
    context = browser.new_context(base_url=house.url.replace("127.0.0.1", "localhost"), locale="id-ID")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    plug_in_a_key(context, page)

    email, password = words_of(house, "coordinator")
    page.goto("/kerja/undangan/")
    page.get_by_label("Alamat e-mail").fill(email)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_label("Kode dari aplikasi").fill(house.command("demo", "code", "coordinator").strip())
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", name="Undangan", exact=True)).to_be_visible(timeout=15_000)

    page.goto("/akun/pengaman/kunci/tambah/")
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Nama kunci").fill("HP uji")
    page.get_by_role("button", name="Tambah").click()
    expect(page.get_by_text("Kunci sandi ditambah.")).to_be_visible(timeout=15_000)
    page.goto("/akun/pengaman/kunci/")
    expect(page.get_by_text("HP uji")).to_be_visible(timeout=15_000)

    page.goto("/keluar/")
    page.locator("main").get_by_role("button", name="Keluar").click()
    page.goto("/masuk/?next=/kerja/undangan/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page.get_by_role("heading", name="Undangan", exact=True)).to_be_visible(timeout=15_000)
    assert complaints == []
    context.close()
