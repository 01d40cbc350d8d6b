"""The map comes after its list, on a tap where data is dear, and shows what the list shows."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

ANSWER = {
    "cells": [[109.67, -6.87, 12, 3, 2]],
    "points": [["ABC", 109.68, -6.88, 0, 3, 2, 88]],
    "categories": ["rob"],
}


def test_the_map_loads_by_itself_once_it_is_seen(desk: Page) -> None:
    desk.route("**/api/v1/map*", lambda route: route.fulfill(json=ANSWER))
    desk.goto("/peta/")
    desk.locator("[data-map]").scroll_into_view_if_needed()
    desk.wait_for_selector(".leaflet-container")
    expect(desk.locator("[data-map-status]")).to_have_text("13 laporan")


def test_with_save_data_the_map_waits_for_a_tap(phone: Page) -> None:
    phone.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    phone.route("**/api/v1/map*", lambda route: route.fulfill(json=ANSWER))
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto("/peta/")
    phone.locator("[data-map]").scroll_into_view_if_needed()
    phone.wait_for_timeout(500)
    assert not [url for url in asked if "leaflet" in url]
    phone.get_by_role("button", name="Tampilkan peta").click()
    phone.wait_for_selector(".leaflet-container")


def test_the_map_can_be_moved_by_keys_and_left_again(desk: Page) -> None:
    desk.route("**/api/v1/map*", lambda route: route.fulfill(json=ANSWER))
    desk.goto("/peta/")
    desk.locator("[data-map]").scroll_into_view_if_needed()
    desk.wait_for_selector(".leaflet-control-zoom-in")
    desk.locator("[data-map]").focus()
    with desk.expect_request("**/api/v1/map*"):
        desk.keyboard.press("ArrowRight")
    for _ in range(4):
        desk.keyboard.press("Tab")
    assert not desk.evaluate("document.querySelector('[data-map]').contains(document.activeElement)")


def test_a_map_that_does_not_load_says_where_to_read_instead(desk: Page) -> None:
    desk.route("**/leaflet*.js", lambda route: route.abort())
    desk.goto("/peta/")
    desk.locator("[data-map]").scroll_into_view_if_needed()
    expect(desk.locator("[data-map-status]")).to_contain_text("Daftar di atas")


def test_the_list_narrows_by_filters_in_the_address(phone: Page) -> None:
    phone.goto("/peta/")
    phone.get_by_text("Saring", exact=True).click()
    phone.get_by_label("Jenis").select_option("light")
    phone.get_by_role("button", name="Tampilkan", exact=True).click()
    assert "jenis=light" in phone.url
    assert phone.locator(".cards > li").count() == 1
    assert "Lampu" in phone.locator(".cards").inner_text()


def test_the_map_counts_what_the_list_counts(desk: Page) -> None:
    desk.goto("/peta/")
    listed = [
        int(words.split(" laporan")[0])
        for words in desk.locator(".card p", has_text=" laporan").all_inner_texts()
    ]
    desk.locator("[data-map]").scroll_into_view_if_needed()
    expect(desk.locator("[data-map-status]")).to_have_text(f"{sum(listed)} laporan")
