"""How a person walks through the report flow in a browser."""

from playwright.sync_api import Page

WARD = "button[name=area_code]:visible"
KEPT = "[data-item]"
RECEIVED = "[data-receipt-of]"


def to_review(page: Page, depth: str = "knee") -> int:
    """Walk to the last page by kelurahan, without typing; return the number of taps."""
    page.click("button[name=category][value=rob]")
    page.click(f".depths button[value={depth}]")
    page.click("button[name=since][value=now]")
    page.click(WARD)
    page.wait_for_selector("[data-step=review][data-ready], [data-stage] [data-public]")
    return 4


def report(page: Page) -> int:
    """Open the flow and send; return the number of taps."""
    page.goto("/lapor/")
    taps = to_review(page)
    page.click("[data-send]")
    return taps + 1


def ready_for_no_network(page: Page) -> None:
    """Open the flow and wait until the phone keeps it."""
    page.goto("/lapor/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
