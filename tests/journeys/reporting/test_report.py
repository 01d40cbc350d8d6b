"""From the first tap to the receipt, with and without script (U-01, U-02, U-06)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route

from tests.journeys.reporting.conftest import reports, rows, until
from tests.journeys.reporting.steps import RECEIVED, WARD, report, to_review
from tests.support.site import Site

pytestmark = pytest.mark.browser
Phone = Callable[..., BrowserContext]


def test_without_script_five_taps_lead_to_a_receipt(phone: Phone, house: Site) -> None:
    page = phone(java_script_enabled=False).new_page()
    before = reports(house)
    page.goto("/lapor/")
    for tap in ("[value=rob]", ".depths [value=thigh]", "button[value=morning]", WARD, "[data-send]"):
        page.click(tap)
    assert "/r/" in page.url
    assert "Laporan Anda sudah kami terima" in page.inner_text("main")
    assert reports(house) == before + 1
    page.click("button[value=gone]")
    assert "Kabar Anda sudah dicatat." in page.inner_text("main")
    assert rows(house, "SELECT value FROM reports_followup")[-1] == ("gone",)


def test_each_choice_is_as_wide_as_its_words(phone: Phone) -> None:
    page = phone(java_script_enabled=False).new_page()
    page.goto("/lapor/")
    for tap in ("[value=rob]", ".depths [value=thigh]", "button[value=morning]"):
        boxes = page.locator(".pick")
        for box in boxes.all():
            inside, outside = box.evaluate("e => [e.scrollWidth, e.clientWidth]")
            assert inside <= outside, box.inner_text()
            assert box.evaluate("e => e.getBoundingClientRect().height") >= 48
        page.click(tap)


def test_without_script_the_browsers_back_button_shows_the_question_before(phone: Phone) -> None:
    page = phone(java_script_enabled=False).new_page()
    page.goto("/lapor/")
    page.click("[value=rob]")
    page.click(".depths [value=calf]")
    page.wait_for_selector("button[value=now]")
    page.go_back()
    assert page.inner_text("h1") == "Seberapa dalam airnya?"
    page.click(".depths [value=waist]")
    page.click("button[value=now]")
    page.click(WARD)
    assert "sepinggang" in page.inner_text("[data-public]")


def test_with_script_five_taps_end_in_a_number(phone: Phone, house: Site) -> None:
    page = phone().new_page()
    page.goto("/lapor/")
    page.click("[value=rob]")
    page.click(".depths [value=knee]")
    page.click("button[value=now]")
    page.click("[data-locate]")
    page.wait_for_selector("[data-public]")
    assert "selutut" in page.inner_text("[data-public]")
    page.click("[data-send]")
    page.wait_for_selector(RECEIVED)
    code, by, lon = rows(house, "SELECT code, located_by, lon FROM reports_report ORDER BY id DESC LIMIT 1")[
        0
    ]
    assert page.get_attribute(RECEIVED, "data-receipt-of") == code
    assert (by, lon) == ("gps", 109.6898)
    page.click(f"{RECEIVED} a")
    page.wait_for_url("**/r/*/")
    assert page.inner_text("main").count(f"{code[:3]}-{code[3:6]}-{code[6:]}") >= 1


def test_two_taps_on_the_map_are_a_place_with_script_too(phone: Phone, house: Site) -> None:
    page = phone().new_page()
    page.goto("/lapor/")
    page.click("[value=rob]")
    page.click(".depths [value=dry]")
    page.click(".city-map", position={"x": 140, "y": 140})
    page.wait_for_selector(".city-map[src*=wilayah]")
    page.click(".city-map", position={"x": 140, "y": 140})
    page.wait_for_selector("[data-public]")
    page.click("[data-send]")
    page.wait_for_selector(RECEIVED)
    claim, by = rows(house, "SELECT claim, located_by FROM reports_report ORDER BY id DESC LIMIT 1")[0]
    assert (claim, by) == ("absent", "map")


def test_a_tap_on_the_map_counts_while_its_code_is_still_on_the_way(phone: Phone) -> None:
    page = phone(service_workers="block").new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/reports/prepare*.js", hold)
    page.goto("/lapor/")
    page.click("[value=rob]")
    page.click(".depths [value=dry]")
    page.click(".city-map", position={"x": 140, "y": 140})
    until(lambda: held, page)
    for request in held:
        request.continue_()
    page.wait_for_selector(".city-map[src*=wilayah]")


def test_a_draft_outlives_a_reload_at_every_step(phone: Phone) -> None:
    page = phone().new_page()
    page.goto("/lapor/")
    to_review(page)
    page.click("summary:has-text('Tambah kata-kata')")
    page.fill("#text", "Depan pasar, air masuk toko")
    page.reload()
    page.wait_for_selector("[data-public]")
    assert page.input_value("#text") == "Depan pasar, air masuk toko"
    page.go_back()
    assert page.inner_text("h1") == "Di mana?"


def test_words_of_need_show_112_as_they_are_typed(phone: Phone) -> None:
    """L-06."""
    page = phone().new_page()
    page.goto("/lapor/")
    to_review(page)
    page.click("summary:has-text('Tambah kata-kata')")
    assert page.is_hidden("[data-emergency]")
    page.fill("#text", "Ada anak Hanyut di kali")
    assert page.is_visible("[data-emergency] a[href='tel:112']")


@pytest.mark.parametrize("tongue", ["id", "en", "jv"])
def test_nothing_is_wider_than_a_small_screen(phone: Phone, house: Site, tongue: str) -> None:
    context = phone(viewport={"width": 320, "height": 568})
    context.add_cookies([{"name": "language", "value": tongue, "url": house.url}])
    page = context.new_page()
    page.goto("/lapor/")
    assert page.get_attribute("html", "lang") == tongue
    for tap in ("[value=rob]", ".depths [value=knee]", "button[value=now]", WARD, "[data-send]"):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.inner_text("h1")
        page.click(tap)
    page.click(f"{RECEIVED} a")
    page.wait_for_url("**/r/*/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_first_load_weighs_at_most_60_kb_in_8_requests(phone: Phone) -> None:
    page = phone(service_workers="block").new_page()
    wire = page.context.new_cdp_session(page)
    seen: dict[str, float] = {}
    wire.on(
        "Network.loadingFinished", lambda event: seen.update({event["requestId"]: event["encodedDataLength"]})
    )
    wire.send("Network.enable")
    page.goto("/lapor/", wait_until="networkidle")
    assert len(seen) <= 8
    assert sum(seen.values()) <= 60_000


def test_a_receipt_is_never_kept_by_the_service_worker(phone: Phone) -> None:
    page = phone().new_page()
    report(page)
    page.click(f"{RECEIVED} a")
    page.wait_for_url("**/r/*/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    kept = page.evaluate(
        "(async () => (await Promise.all((await caches.keys()).map(async (name) => "
        "(await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat())()"
    )
    assert "/lapor/" in kept
    assert not [path for path in kept if path.startswith("/r/")]
