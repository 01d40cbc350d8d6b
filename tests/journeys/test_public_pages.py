"""Every public page: light enough, accessible, complete without JavaScript, as narrow as a phone can be."""

import gzip
import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Axe
from tests.support.site import Site

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/peta/",
    "/peta/?keadaan=all&wilayah=xx",
    "/kejadian/{incident}/",
    "/kejadian/{incident}/teks/",
    "/laporan/{report}/",
    "/wilayah/{area}/",
    "/wilayah/{area}/rekap/",
    "/wilayah/medono/",
    "/kalibrasi/",
    "/data/",
    "/tentang/",
    "/tidak-ada/",
)
# These take the whole of `make test-full`; of each app one page stays in the quick run.
QUICK_TOO = ("/rob/", "/peringatan/")
MORE = (
    "/rob/{area}/",
    "/rob/peta/",
    "/rob/ketepatan/",
    "/rob/skenario/",
    "/rob/tempatku/",
    "/data/kumpulan/",
    "/kasus/",
    "/ogc/?f=html",
    "/ajakan/",
    "/sikap/",
    "/minggu/",
    "/pertemuan/",
    "/usulan/",
    "/usulan/kalender/",
    "/usulan/tidak-disetujui/",
    "/jawaban/",
    "/komitmen/",
    "/survei/",
    "/fasilitas/",
    "/hibah/",
    "/lembar-bukti/",
    "/lembar-bukti/living/",
    "/neraca/",
    "/data/dukung/",
    "/neraca/wilayah/{area}/",
    "/neraca/dimensi/environment/",
    "/program-rob/",
    "/tindak-lanjut/",
    "/belajar/",
    "/belajar/mengapa-tanah-turun/?wilayah=33.75.03",
    "/belajar/kelas/",
    "/rahasia/",
    "/rahasia/lapor/",
    "/rahasia/buka/",
    "/catatan/",
    "/catatan/checkpoints/",
    "/pihak/",
    "/pihak/daftar/",
    "/masuk/",
    "/saya/",
    "/siaran/",
    "/kalender/",
)
EVERY = (*PAGES, *QUICK_TOO, *(pytest.param(page, marks=pytest.mark.slow) for page in MORE))
SLOW_MODES = (("en", "light"), ("id", "dark"), ("en", "dark"))
PAGE_BYTES = 150_000
HOME_BYTES = 40_000


@pytest.fixture(params=EVERY)
def path(request: pytest.FixtureRequest, known: dict[str, str]) -> str:
    """The address of one public page of this site."""
    return str(request.param).format(**known)


@pytest.mark.parametrize(
    ("tongue", "scheme"),
    [("id", "light"), *(pytest.param(*mode, marks=pytest.mark.slow) for mode in SLOW_MODES)],
)
def test_axe_finds_nothing(phone: Page, site: Site, axe: Axe, path: str, tongue: str, scheme: str) -> None:
    phone.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    phone.context.add_cookies([{"name": "language", "value": tongue, "url": site.url}])
    phone.goto(path)
    assert phone.locator("html").get_attribute("lang") == tongue
    assert axe(phone) == []


@pytest.mark.slow
def test_axe_finds_nothing_on_a_wide_screen(desk: Page, axe: Axe, path: str) -> None:
    desk.goto(path)
    assert axe(desk) == []


def test_nothing_scrolls_sideways_at_320_px(phone: Page, path: str) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto(path)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.slow
def test_text_twice_as_large_still_fits(phone: Page, path: str) -> None:
    phone.goto(path)
    phone.evaluate("document.documentElement.style.fontSize = '34px'")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_first_visit_is_light_and_asks_nobody_else(phone: Page, site: Site, path: str) -> None:
    weights: dict[str, int] = {}

    def note(answer: object) -> None:
        url = str(answer.url)  # type: ignore[attr-defined]
        sizes = answer.request.sizes()  # type: ignore[attr-defined]
        weights[url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]

    phone.on("requestfinished", lambda asked: note(asked.response()))
    phone.goto(path, wait_until="networkidle")
    assert all(url.startswith((site.url, "data:")) for url in weights)
    assert "leaflet" not in " ".join(weights) or path.startswith("/peta/")
    own = sum(size for url, size in weights.items() if "leaflet" not in url)
    assert own <= (HOME_BYTES if path == "/" else PAGE_BYTES), weights


def test_pages_travel_compressed(site: Site, path: str) -> None:
    asked = urllib.request.Request(site.url + path, headers={"Accept-Encoding": "gzip"})
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            raw, coding = answer.read(), answer.headers["Content-Encoding"]
    except urllib.error.HTTPError as error:
        raw, coding = error.read(), error.headers["Content-Encoding"]
    assert coding == "gzip"
    assert b"</html>" in gzip.decompress(raw)


def test_a_page_is_whole_without_javascript(browser: Browser, site: Site, path: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    page.goto(site.url + path)
    assert page.locator("h1").count() == 1
    assert re.search(r"\w", page.locator("main").inner_text())
    assert (
        page.locator("button:visible:not([name=language])", has_text=re.compile("Salin|Cetak")).count() == 0
    )
    context.close()
