"""axe-core finds nothing on any question, in any language; a keyboard alone is enough (U-01)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import Axe
from tests.journeys.reporting.conftest import reports
from tests.journeys.reporting.steps import RECEIVED, WARD
from tests.support.site import Site

pytestmark = pytest.mark.browser
Phone = Callable[..., BrowserContext]
SLOW_MODES = (("light", "en"), ("light", "jv"), ("dark", "id"), ("dark", "en"), ("dark", "jv"))
TAPS = ("[value=rob]", ".depths [value=knee]", "button[value=now]", WARD)


@pytest.mark.parametrize(
    ("scheme", "tongue"),
    [("light", "id"), *(pytest.param(*mode, marks=pytest.mark.slow) for mode in SLOW_MODES)],
)
def test_axe_finds_nothing_from_the_first_question_to_the_receipt(
    phone: Phone, house: Site, axe: Axe, tongue: str, scheme: Any
) -> None:
    context = phone(color_scheme=scheme)
    context.add_cookies([{"name": "language", "value": tongue, "url": house.url}])
    page = context.new_page()
    found: dict[str, list[str]] = {}
    page.goto("/lapor/")
    for tap in TAPS:
        found[page.inner_text("h1")] = axe(page)
        page.click(tap)
    page.wait_for_selector("[data-public]")
    page.click("details.more summary")
    found["review"] = axe(page)
    page.click("[data-send]")
    page.wait_for_selector(RECEIVED)
    found["sent"] = axe(page)
    page.click(f"{RECEIVED} a")
    page.wait_for_url("**/r/*/")
    found["receipt"] = axe(page)
    page.goto("/saya/laporan/")
    page.wait_for_selector(RECEIVED)
    found["mine"] = axe(page)
    page.goto("/luring/")
    found["offline"] = axe(page)
    assert [f"{name}: {fault}"[:160] for name, faults in found.items() for fault in faults] == []


def press(page: Page, target: str) -> None:
    """Reach a control with the tabulator and press it."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("(target) => document.activeElement.matches(target)", target):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{target} cannot be reached with the keyboard")


def test_a_keyboard_alone_is_enough(phone: Phone, house: Site) -> None:
    page = phone().new_page()
    before = reports(house)
    page.goto("/lapor/")
    for target in (
        "[value=rob]",
        "[value=calf]",
        "[value=yesterday]",
        "button[name=area_code]",
        "[data-send]",
    ):
        press(page, target)
        page.wait_for_timeout(200)
    page.wait_for_selector(RECEIVED)
    assert reports(house) == before + 1
