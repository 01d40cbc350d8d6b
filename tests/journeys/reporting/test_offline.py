"""What was sent is delivered exactly once, whatever happens to the network, the browser or the clock (U-03)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.journeys.reporting.conftest import photos, reports, rows, until
from tests.journeys.reporting.steps import (
    KEPT,
    RECEIVED,
    noisy_photo,
    ready_for_no_network,
    report,
    to_review,
)
from tests.support.site import Site

pytestmark = pytest.mark.browser
Phone = Callable[..., BrowserContext]
API = "**/api/v1/reports"
PHOTO = "**/api/v1/reports/*/photos/*"
# What waits, written as an older version of the page wrote it.
AS_BEFORE = """() => new Promise((done) => { indexedDB.open('rembug').onsuccess = ({ target }) => {
  const store = target.result.transaction('outbox', 'readwrite').objectStore('outbox');
  store.getAll().onsuccess = ({ target: { result: [item] } }) => {
    item.photos = item.photos.map(({ id, bytes, type }) => ({ id, blob: new Blob([bytes], { type }) }));
    store.put(item).onsuccess = () => done();
  };
}; })"""


def send_without_network(page: Page) -> None:
    """Keep a report on a phone that has no network."""
    ready_for_no_network(page)
    page.context.set_offline(True)
    page.goto("/lapor/")
    to_review(page)
    page.click("[data-send]")
    page.wait_for_selector(f"{KEPT}[data-state=kept]")


def test_a_report_without_network_is_kept_and_later_delivered_once(phone: Phone, house: Site) -> None:
    page = phone().new_page()
    before = reports(house)
    send_without_network(page)
    page.wait_for_selector(f"{KEPT} >> text=tersimpan di HP")
    page.goto("/saya/laporan/")
    page.wait_for_selector(f"{KEPT} >> text=tersimpan di HP")
    assert reports(house) == before
    page.context.set_offline(False)
    page.wait_for_selector(RECEIVED)
    assert reports(house) == before + 1


def test_a_page_that_was_never_opened_says_what_still_works(phone: Phone) -> None:
    page = phone().new_page()
    ready_for_no_network(page)
    page.context.set_offline(True)
    page.goto("/pihak/")
    assert page.inner_text("h1") == "Belum ada jaringan"


def test_a_lost_answer_is_one_report(phone: Phone, house: Site) -> None:
    page = phone().new_page()
    before = reports(house)
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    page.route(API, lose_the_first)
    report(page)
    page.wait_for_selector(RECEIVED)
    assert lost == [201]
    assert reports(house) == before + 1


def test_a_server_in_trouble_is_asked_again_later(phone: Phone, house: Site) -> None:
    page = phone().new_page()
    before, tries = reports(house), []

    def fail_twice(route: Route) -> None:
        tries.append(1)
        return route.continue_() if len(tries) > 2 else route.fulfill(status=503, body="{}")

    page.route(API, fail_twice)
    report(page)
    page.wait_for_selector(RECEIVED, timeout=30_000)
    assert len(tries) == 3
    assert reports(house) == before + 1


def test_two_tabs_send_once(phone: Phone, house: Site) -> None:
    context = phone()
    first, second = context.new_page(), context.new_page()
    before, sent = reports(house), []
    context.on(
        "response",
        lambda answer: sent.append(answer.status) if answer.url.endswith("/api/v1/reports") else None,
    )
    send_without_network(first)
    second.goto("/saya/laporan/")
    second.wait_for_selector(KEPT)
    context.set_offline(False)
    second.wait_for_selector(RECEIVED)
    first.wait_for_selector(RECEIVED)
    assert sent == [201]  # tries that found no network are not counted: they reached nobody
    assert reports(house) == before + 1


def test_a_full_phone_sends_directly_and_says_so(phone: Phone, house: Site) -> None:
    context = phone()
    page = context.new_page()
    page.add_init_script(
        "const put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function (...all) {"
        " if (this.name === 'receipts') return put.apply(this, all);"
        " throw new DOMException('full', 'QuotaExceededError'); };"
    )
    before = reports(house)
    tries: list[int] = []

    def fail_once(route: Route) -> None:
        tries.append(1)
        return route.continue_() if len(tries) > 1 else route.abort()

    page.route(API, fail_once)
    report(page)
    page.wait_for_selector("text=Belum terkirim. Memori HP penuh")
    assert page.is_visible("[data-send]")
    page.click("[data-send]")
    page.wait_for_selector("[data-outbox] >> text=diterima, nomor")
    assert reports(house) == before + 1


@pytest.mark.parametrize("year", [2001, 2041])
def test_a_wrong_clock_does_not_move_the_report(phone: Phone, house: Site, year: int) -> None:
    page = phone().new_page()
    page.clock.install(time=datetime(year, 5, 1, tzinfo=UTC))
    send_without_network(page)
    page.clock.fast_forward(1800_000)
    page.context.set_offline(False)
    page.wait_for_selector(RECEIVED)
    received, observed = rows(
        house, "SELECT received_at, observed_at FROM reports_report ORDER BY id DESC LIMIT 1"
    )[0]
    age = datetime.fromisoformat(received) - datetime.fromisoformat(observed)
    assert timedelta(minutes=29) < age < timedelta(minutes=33)


def test_signing_out_or_losing_cookies_does_not_lose_what_waits(phone: Phone, house: Site) -> None:
    page = phone().new_page()
    before = reports(house)
    send_without_network(page)
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.wait_for_selector(RECEIVED)
    assert reports(house) == before + 1


def test_a_refused_report_stays_on_the_phone_with_its_reason(phone: Phone) -> None:
    page = phone().new_page()
    refusal: dict[str, Any] = {
        "detail": "Laporan belum bisa diterima.",
        "errors": [{"message": "Pilih tempat."}],
    }
    page.route(API, lambda route: route.fulfill(status=422, json=refusal))
    report(page)
    page.wait_for_selector(f"{KEPT}[data-state=refused]")
    assert "Pilih tempat." in page.inner_text(KEPT)
    assert "wa.me" in (page.get_attribute(f"{KEPT} a", "href") or "")
    page.click(f"{KEPT} button.danger")
    page.wait_for_selector(KEPT, state="detached")


def test_an_unusual_rate_is_answered_by_work_of_the_phone(phone: Phone, house: Site) -> None:
    page = phone().new_page()
    page.goto("/lapor/")
    body = {"category": "rob", "depth_class": "knee", "lon": 109.6898, "lat": -6.8702}
    statuses = page.evaluate(
        "async (body) => { const all = []; for (let n = 0; n < 21; n += 1) { const key = crypto.randomUUID();"
        " const answer = await fetch('/api/v1/reports', { method: 'POST', body: JSON.stringify(body),"
        " headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key } });"
        " all.push(answer.status); } return all; }",
        body,
    )
    assert statuses[-1] == 429
    before, proofs = reports(house), []
    page.on("request", lambda request: proofs.append(request.headers.get("x-proof", "")))
    to_review(page)
    page.click("[data-send]")
    page.wait_for_selector(RECEIVED, timeout=30_000)
    assert any(proofs)
    assert reports(house) == before + 1


def test_an_update_of_the_service_worker_keeps_what_waits(phone: Phone, house: Site) -> None:
    page = phone().new_page()
    before = reports(house)
    send_without_network(page)
    manifest = house.var / "static" / "staticfiles.json"
    old = page.evaluate("caches.keys()")
    text = manifest.read_text()
    name = next(
        part for part in text.split('"') if part.startswith("web/mark.") and len(part) > len("web/mark.svg")
    )
    manifest.write_text(text.replace(f'"web/mark.svg": "{name}"', '"web/mark.svg": "web/mark.svg"'))
    house.kill("web")
    house.start("web", "serve", "--no-worker")
    house.wait_until_up()
    page.route(API, lambda route: route.abort())
    page.context.set_offline(False)
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => true)")
    until(
        lambda: page.evaluate("caches.keys()") not in (old, []) and len(page.evaluate("caches.keys()")) <= 2,
        page,
    )
    assert page.evaluate("caches.keys()") != old
    assert reports(house) == before
    page.unroute(API)
    page.goto("/saya/laporan/")
    page.wait_for_selector(RECEIVED)
    assert reports(house) == before + 1


def send_with_photo(page: Page) -> None:
    """Report with a photo."""
    page.goto("/lapor/")
    to_review(page)
    page.set_input_files("#photo", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": noisy_photo()})
    page.wait_for_selector("[data-photo-says]:has-text('KB')")
    page.click("[data-send]")


def test_a_photo_that_an_older_version_kept_is_delivered(phone: Phone, house: Site) -> None:
    page = phone().new_page()
    before = photos(house)
    page.route(PHOTO, lambda route: route.abort())
    send_with_photo(page)
    page.wait_for_selector(f"{KEPT} >> text=foto masih menunggu")
    page.evaluate(AS_BEFORE)
    page.unroute(PHOTO)
    page.goto("/saya/laporan/")
    page.wait_for_selector(RECEIVED)
    assert photos(house) == before + 1


def test_a_photo_that_the_phone_can_no_longer_read_is_said_to_be_lost(phone: Phone, house: Site) -> None:
    page = phone().new_page()
    page.add_init_script("Blob.prototype.arrayBuffer = () => Promise.reject(new DOMException('gone'));")
    before, pictures = reports(house), photos(house)
    send_with_photo(page)
    page.wait_for_selector(f"{RECEIVED} .warn")
    assert (reports(house), photos(house)) == (before + 1, pictures)
