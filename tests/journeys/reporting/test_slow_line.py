"""On a slow network the page stands before its code: what a person taps or chooses meanwhile counts all the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route, expect

from tests.journeys.reporting.conftest import photos, reports, rows, until
from tests.journeys.reporting.steps import RECEIVED, WARD, noisy_photo, report, to_review
from tests.support.site import Site

pytestmark = pytest.mark.browser
Phone = Callable[..., BrowserContext]
LAST = "reports_report ORDER BY id DESC LIMIT 1"


@contextmanager
def held_back(page: Page, address: str) -> Iterator[None]:
    """Hold back what fits the address until the end of the block."""
    held: list[Route] = []
    is_open = False

    def hold(route: Route) -> None:
        route.continue_() if is_open else held.append(route)

    page.route(address, hold)
    yield
    is_open = True
    for route in held:
        with suppress(Error):  # asked by a page that is no more
            route.continue_()


def test_answers_tapped_before_the_script_came_are_kept_when_it_comes(phone: Phone, house: Site) -> None:
    before = reports(house)
    page = phone(service_workers="block").new_page()
    with held_back(page, "**/reports/flow*.js"):
        page.goto("/lapor/", wait_until="commit")
        page.click("[value=rob]", no_wait_after=True)
        page.wait_for_selector(".depths [value=knee]")
    page.wait_for_function("() => history.state?.step === 'depth'")
    page.click(".depths [value=knee]")
    page.click("[name=since][value=now]")
    page.click(WARD)
    page.click("[data-send]")
    page.wait_for_selector(RECEIVED)
    assert reports(house) == before + 1
    assert rows(house, f"SELECT depth_class FROM {LAST}") == [("knee",)]


def test_i_see_it_too_joins_that_happening_with_script(phone: Phone, house: Site) -> None:
    page = phone(service_workers="block").new_page()
    report(page)
    page.wait_for_selector(RECEIVED)
    happenings = "SELECT code FROM reports_incident LIMIT 1"
    house.command("reports", "process")
    [[code]] = rows(house, happenings)
    page = phone(service_workers="block").new_page()
    page.goto(f"/lapor/?kejadian={code}")
    page.click(".depths [value=calf]")
    page.reload()
    page.click("[name=since][value=now]")
    page.click(WARD)
    with page.expect_request("**/api/v1/reports") as asked:
        page.click("[data-send]")
    assert (asked.value.post_data_json or {})["joins_incident"] == code
    page.wait_for_selector(RECEIVED)


def test_another_kind_can_be_chosen_after_the_address_named_one(phone: Phone) -> None:
    page = phone().new_page()
    page.goto("/lapor/?hal=waste")
    page.wait_for_function("() => history.state?.step === 'detail'")
    page.click("[data-back]")
    page.click("[name=category][value=light]")
    expect(page.locator("[data-kind=light] h1")).to_be_visible()


def test_a_photo_chosen_before_its_code_came_is_sent(phone: Phone, house: Site) -> None:
    pictures = photos(house)
    page = phone(service_workers="block").new_page()
    page.goto("/lapor/")
    to_review(page)
    with held_back(page, "**/reports/p*.js"):
        page.goto("/lapor/")  # the draft opens where it stopped; its code is on the way
        page.set_input_files("#photo", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": noisy_photo()})
        page.click("[data-send]")
    page.wait_for_selector(RECEIVED)
    until(lambda: photos(house) == pictures + 1, page)


def test_a_tap_whose_code_never_came_says_so_and_can_be_tapped_again(phone: Phone, house: Site) -> None:
    before = reports(house)
    page = phone(service_workers="block").new_page()
    page.goto("/lapor/")
    to_review(page)
    page.route("**/reports/send*.js", lambda route: route.abort())
    page.reload()
    page.click("[data-send]")
    expect(page.get_by_text("Jaringan putus.")).to_be_visible(timeout=15_000)
    page.unroute("**/reports/send*.js")
    page.click("[data-send]")
    page.wait_for_selector(RECEIVED)
    assert reports(house) == before + 1
