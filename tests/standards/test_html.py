"""The W3C's own checker (vnu) finds no error in the HTML of a living city."""

import json
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.support.site import ROOT, Site

pytestmark = pytest.mark.slow
PAGES = (
    *("/", "/peta/", "/lapor/", "/data/", "/kalibrasi/", "/catatan/", "/pihak/", "/masuk/", "/tentang/"),
    *("/rahasia/", "/rahasia/buka/"),
    *("/kasus/", "/usulan/", "/fasilitas/", "/hibah/", "/minggu/", "/siaran/", "/lembar-bukti/environment/"),
    *("/pihak/daftar/", "/catatan/checkpoints/", "/data/kumpulan/", "/kalender/"),
    *("/wilayah/panjang-baru/", "/wilayah/panjang-baru/rekap/"),
    *("/rob/", "/rob/degayu/", "/rob/peta/", "/rob/ketepatan/", "/rob/skenario/", "/rob/tempatku/"),
)


def _jar() -> Path:
    jar = next((ROOT / "node_modules" / "vnu-jar").glob("**/vnu.jar"), None)
    if jar is None or shutil.which("java") is None:
        pytest.skip(
            "vnu is not checked: it needs java and node_modules/vnu-jar (make setup-dev; apt-get install default-jre)"
        )
    return jar


def _read(address: str, language: str) -> bytes:
    request = urllib.request.Request(address, headers={"Accept-Language": language})
    with urllib.request.urlopen(request, timeout=30) as answer:
        body: bytes = answer.read()
    return body


def _pages(city: Site) -> list[str]:
    """Return addresses of one page of each kind, those of a report and an incident among them."""
    found = json.loads(_read(f"{city.url}/api/v1/reports?limit=1", "id"))
    rows = found.get("reports") or found.get("items") or found.get("data") or []
    incident = json.loads(_read(f"{city.url}/api/v1/incidents?limit=1", "id"))
    more = incident.get("incidents") or incident.get("items") or incident.get("data") or []
    assert rows
    assert more
    return [*PAGES, f"/laporan/{rows[0]['code']}/", f"/kejadian/{more[0]['code']}/"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_vnu_finds_no_error(city: Site, tmp_path: Path, language: str) -> None:
    jar = _jar()
    for number, page in enumerate(_pages(city)):
        (tmp_path / f"{number:02d}{page.replace('/', '_')}.html").write_bytes(
            _read(city.url + page, language)
        )
    command = [
        "java",
        "-jar",
        str(jar),
        "--errors-only",
        "--format",
        "text",
        *map(str, sorted(tmp_path.glob("*.html"))),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-6000:]
