"""The forecast on a phone: my place, the hour slider, and the last forecast without network."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_my_place_is_chosen_by_a_tap_and_kept_by_the_phone_only(phone: Page) -> None:
    phone.goto("/rob/tempatku/")
    picture = phone.locator("#peta img")
    box = picture.bounding_box()
    assert box
    picture.click(position={"x": box["width"] * 0.45, "y": box["height"] * 0.2})
    expect(phone).to_have_url(re.compile(r"/rob/titik/109\.\d{3},-6\.\d{3}/$"))
    expect(phone.locator("h1")).to_contain_text("Tempat saya")
    phone.goto("/rob/tempatku/")
    phone.locator("#buka").click()
    expect(phone.locator("h1")).to_contain_text("Tempat saya")
    phone.goto("/rob/tempatku/")
    phone.locator("#hapus").click()
    expect(phone.locator("#simpanan")).to_be_hidden()


def test_the_slider_exchanges_picture_and_table(phone: Page) -> None:
    phone.goto("/rob/peta/?jam=0")
    before = phone.locator("#saat").inner_text()
    phone.locator("#jam").fill("7")
    expect(phone.locator("#saat")).not_to_have_text(before)
    expect(phone.locator("#peta-jam")).to_have_attribute("src", re.compile(r"/rob/peta/7\.png"))
    expect(phone).to_have_url(re.compile(r"\?jam=7$"))


def test_without_network_the_last_forecast_says_its_age(phone: Page) -> None:
    phone.goto("/lapor/")
    phone.evaluate("navigator.serviceWorker.ready")
    phone.wait_for_function("navigator.serviceWorker.controller !== null")
    phone.goto("/rob/degayu/")
    phone.reload()
    phone.wait_for_load_state("networkidle")
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("h1")).to_contain_text("Rob di Degayu")
    expect(phone.get_by_text("Tanpa jaringan. Prakiraan dibuat")).to_be_visible()
    phone.context.set_offline(False)
