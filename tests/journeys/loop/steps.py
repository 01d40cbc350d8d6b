"""What people of the loop do on the pages of proposals, answers and promises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.journeys.loop.cast import PATIENCE_MS, Person, choose, fill, sees
from tests.journeys.loop.months import BESIDE

RECORDED = "Tercatat di catatan publik"


@dataclass(frozen=True)
class Measured:
    """How a promise will be measured: in which kelurahan, from which days before."""

    area: str
    dataset: str
    base_from: date
    base_to: date


def section(page: Page, heading: str) -> Locator:
    """Return the section of a page under a heading."""
    return page.locator("section", has=page.get_by_role("heading", name=heading, exact=True))


def code_in(page: Page) -> str:
    """Return the code at the end of a page's address."""
    return page.url.split("?")[0].rstrip("/").split("/")[-1]


def decide(person: Person, code: str, post: str, words: str, *, part: str = "") -> None:
    """Decide on a proposal where it stands: agreed, or in part with a reason."""
    page = person.open("/kerja/usulan/")
    page.locator(f"a[href*='/kerja/usulan/{code}/']").first.click()
    fill(page, {"Jabatan yang memutuskan, bukan nama": post, "Alasan": words})
    choose(page, {"Keputusan": "Disetujui sebagian" if part else "Disetujui"})
    if part:
        choose(page, {"Kode alasan (bila tidak disetujui penuh)": part})
    page.get_by_role("button", name="Simpan keputusan").click()
    sees(page, "Keputusan tercatat di catatan publik.")


def hand_over(person: Person, proposal: str, body: str, letter: str) -> None:
    """Hand a proposal to a body, with a numbered letter."""
    page = person.open(f"/kerja/usulan/{proposal}/")
    choose(page, {"Diserahkan kepada": body})
    fill(page, {"Nomor surat (bila ada)": letter})
    page.get_by_role("button", name="Catat penyerahan").click()
    sees(page, "Penyerahan tercatat.")


def answer(person: Person, title: str, verdict: str, words: str, will_do: str) -> str:
    """Receive what was handed over, then answer it; return the number of the sheet."""
    page = person.open("/kerja/usulan/")
    section(page, "Menunggu jawaban pihak Anda").get_by_role("link", name=title).click()
    page.locator("a[href*='/kerja/jawaban/']").first.click()
    page.wait_for_url("**/kerja/jawaban/*/")
    work = page.url
    page.get_by_role("button", name="Sudah kami terima").click()
    sees(page, RECORDED)
    page.goto(work)
    own = section(page, "Jawab")
    own.get_by_label("Jawaban", exact=True).select_option(label=verdict)
    own.get_by_label("Alasan atau isi jawaban").fill(words)
    own.get_by_label("Yang akan dilakukan").fill(will_do)
    own.get_by_role("button", name="Kirim jawaban").click()
    sees(page, RECORDED)
    return code_in(page)


def promise(
    person: Person, said: dict[str, str], chosen: dict[str, str], measured: Measured | None = None
) -> str:
    """Publish a promise; return its number."""
    page = person.open("/kerja/komitmen/baru/")
    fill(page, said)
    choose(page, dict(chosen))
    if measured is not None:
        choose(
            page,
            {
                "Ukuran hasil (bila ada)": "Hari rob",
                "Dari kumpulan data": measured.dataset,
                "Wilayah yang akan berubah": [measured.area],
                "Wilayah pembanding, yang tidak dikerjakan": [street.area for street in BESIDE],
            },
        )
        span = {"Masa sebelum: dari": measured.base_from, "Masa sebelum: sampai": measured.base_to}
        fill(page, {label: day.isoformat() for label, day in span.items()})
        fill(page, {"Akan berkurang berapa persen": "50"})
    page.get_by_role("button", name="Terbitkan janji").click()
    expect(page).to_have_url(re.compile(r"/komitmen/(?!baru)\w+/$"), timeout=PATIENCE_MS)
    return code_in(page)


def step(person: Person, code: str, verb: str, evidence: tuple[str, str], words: str = "") -> None:
    """Move a promise, or confirm one of others, with its evidence."""
    page = person.open(f"/kerja/komitmen/{code}/")
    button = page.get_by_role("button", name=verb, exact=True)
    form = page.locator("form", has=button)
    form.get_by_label("Bukti", exact=True).select_option(label=evidence[0])
    form.get_by_label("Nomor atau alamat bukti").fill(evidence[1])
    form.get_by_label("Keterangan").fill(words)
    button.click()
    sees(page, "Tercatat di catatan publik, bersama buktinya.")


def soon(today: date, days: int) -> str:
    """Return a day so many days later, as forms take it."""
    return (today + timedelta(days=days)).isoformat()
