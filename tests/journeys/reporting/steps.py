"""How a person walks through the report flow in a browser."""

import os
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page

from tests.support.driven import Driven

WARD = "button[name=area_code]:visible"
KEPT = "[data-item]"
RECEIVED = "[data-receipt-of]"


def walk(phone: Driven, url: str) -> None:
    """Walk to the last page by kelurahan, without typing, in any engine."""
    phone.go(f"{url}/lapor/")
    phone.click("button[name=category][value=rob]")
    phone.click(".depths button[value=knee]")
    phone.click("button[name=since][value=now]")
    phone.click("button[name=area_code]")
    phone.wait_for("[data-send]")


def noisy_photo() -> bytes:
    """Return a JPEG that stays large when it is made small."""
    made = BytesIO()
    noise = Image.frombytes("RGB", (900, 700), os.urandom(900 * 700 * 3))
    noise.resize((2000, 1500), Image.Resampling.BILINEAR).save(made, "JPEG", quality=90)
    return made.getvalue()


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
