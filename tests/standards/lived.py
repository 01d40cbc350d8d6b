"""What people of the walk do before it, each by the form that everybody uses: so that no page of a thing is missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from rembug.lib import clock

CASE = re.compile(r'"(/kerja/kasus/[0-9A-Z]{9}/)"')
FILL = """form => {
  const words = 'Contoh: halaman ini dinilai.';
  for (const field of form.elements) {
    if (!field.name || !field.required || field.value && !['radio', 'checkbox'].includes(field.type)) continue;
    if (field.type === 'checkbox') field.checked = true;
    else if (field.type === 'radio') form.querySelector(`[name="${field.name}"]:checked`) || (field.checked = true);
    else if (field.tagName === 'SELECT') [...field.options].find(one => one.value).selected = true;
    else if (field.type === 'email') field.value = 'contoh@example.org';
    else field.value = words;
  }
}"""
"""Fills what must be filled and is still empty, as somebody who reads the marks of the form."""


def live(who: str, page: Page) -> list[str]:
    """Let somebody of the walk do what makes their pages; return addresses that no link but a form leads to."""
    return [path for deed in DEEDS.get(who, ()) for path in deed(page)]


def a_group_registers(page: Page) -> list[str]:
    """Somebody without account registers a group, which waits."""
    send(page, "/pihak/daftar/")
    return []


def somebody_is_invited(page: Page) -> list[str]:
    """A coordinator invites, and the invitation stays open."""
    send(page, "/kerja/undangan/")
    return []


def codes_are_kept(page: Page) -> list[str]:
    """A coordinator takes codes for the day on which the phone is lost."""
    send(page, "/akun/pengaman/cadangan/baru/")
    return ["/akun/pengaman/cadangan/"]


def the_busiest_agency_is_complained_about(page: Page) -> list[str]:
    """A coordinator writes that a case is about the agency of the demo officer, who may then reply."""
    page.goto("/kerja/kasus/")
    queue = page.locator("main").inner_text()
    page.goto(CASE.findall(page.content())[0])
    form = page.locator("main form[action$='/tentang/']")
    names = [name for name in form.locator("#about option").all_text_contents() if len(name) > 1]
    agency = max(names, key=lambda name: queue.count(f"· {name} ·"))  # as a row of the queue names it
    page.locator("summary", has_text="Kasus ini tentang sebuah pihak").click()
    form.locator("#about").select_option(label=agency)
    form.locator("#handler").select_option(label=next(name for name in names if name != agency))
    form.locator("button").click()
    expect(page).to_have_url(re.compile("/kasus/"))
    return []


def a_survey_opens(page: Page) -> list[str]:
    """A facilitator asks the city."""
    today = clock.now().date()
    asked = {"$-ask": "Apakah air masuk?", "$-options": "Ya\nTidak"}
    days = {"opens_on": today.isoformat(), "closes_on": (today + timedelta(days=10)).isoformat()}
    send(page, "/kerja/survei/baru/", **days, **asked)
    return []


def two_scenarios_are_asked(page: Page) -> list[str]:
    """A facilitator raises the dyke twice, so that two answers can stand side by side."""
    codes = []
    for crest in ("1.5", "2.0"):
        send(page, "/kerja/skenario/", **{"title": f"Tanggul setinggi {crest} meter", "^crest-": crest})
        codes.append(page.url.rstrip("/").rsplit("/", 1)[-1])
    return ["/rob/skenario/banding/?a={}&b={}".format(*codes)]


def an_office_answers(page: Page) -> list[str]:
    """An officer answers below an incident, so that there is a reply to copy or to take back."""
    page.goto("/kerja/kejadian/?tampil=all")
    page.locator("main a[href^='/kerja/kejadian/']").first.click()
    page.locator("main textarea").first.fill("Kami datang besok pagi.")
    page.get_by_role("button", name=re.compile("[Tt]anggapan|[Kk]irim")).first.click()
    expect(page).to_have_url(re.compile("/tanggapan/"))
    return [page.url]


DEEDS: dict[str, tuple[Callable[[Page], list[str]], ...]] = {
    "anybody": (a_group_registers,),
    "coordinator": (somebody_is_invited, codes_are_kept, the_busiest_agency_is_complained_about),
    "facilitator": (a_survey_opens, two_scenarios_are_asked),
    "officer": (an_office_answers,),
}


def send(page: Page, path: str, **values: str) -> None:
    """Fill a page's own form and send it; `$end` and `^start` mean the first field so named."""
    page.goto(path)
    form = page.locator("main form[method=post]").first
    for name, value in values.items():
        chosen = f"[name{name[0]}='{name[1:]}']" if name[0] in "$^" else f"[name='{name}']"
        form.locator(chosen).first.fill(value)
    form.evaluate(FILL)
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        form.locator("button").last.click()
    page.wait_for_load_state()
    assert told.value.status < 400, (path, told.value.status, page.locator("main").inner_text()[-800:])
    assert not page.locator("main [role=alert]").count(), (path, page.locator("main").inner_text()[-800:])
