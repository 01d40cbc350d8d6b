"""Every page of a city that is lived in, found by its links: accessible in both languages, sound, light, no dead link.

A page that is added later is found by itself. One to which no link leads must stand in `ELSEWHERE`, with the test that
looks at it; so a new page without axe fails here.
"""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from rembug.config.access import TABLE
from tests.journeys.conftest import Axe
from tests.standards.conftest import Everything, made_up, may_see
from tests.support.site import ROOT, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGE_BYTES = 150_000
OWN_FILES = re.compile(r"""(?:src|href)="(/static/[^"]+\.(?:css|js|svg|woff2))\"""")
ELSEWHERE = {
    **dict.fromkeys(
        (
            "meetings:door",
            "meetings:invitation",
            "meetings:work-meeting",
            "calls:watch",
            "calls:work-call",
            "calls:work-sheet",
            "calls:joined",
            "learning:work-class",
            "learning:class-lesson",
            "learning:class-done",
            "learning:class-questions",
        ),
        "its axe: tests/journeys/test_network.py",
    ),
    **dict.fromkeys(
        ("reports:receipt",),
        "its axe: tests/journeys/reporting/test_access.py",
    ),
    **dict.fromkeys(
        (
            "confidential:work-box",
            "confidential:work-matter",
        ),
        "its axe: tests/journeys/test_confidential.py",
    ),
    **dict.fromkeys(
        (
            "cases:of-receipt",
            "people:accept",
            "people:invitation",
        ),
        "its axe: tests/journeys/test_loop.py",
    ),
    **dict.fromkeys(
        (
            "calls:event",
            "cases:paper",
            "mfa_download_recovery_codes",
            "water:scenario-picture",
            "water:choose",
            "audit:tile",
            "alerts:confirm",
        ),
        "a file or a move to another page, linked only where there is one",
    ),
    **dict.fromkeys(
        ("evidence:dossier-version",),
        "the page of evidence:dossier, of an earlier version",
    ),
}
"""Pages to which no link leads -> where they are judged."""
CONTENT = {
    "evidence:workshop",
    "evidence:workshop-work",
    "evidence:survey-work",
    "cases:work-reply",
    "web:trail-report",
    "reports:work-reply",
    "people:revoke-invitation",
    "people:registration",
    "alerts:work-alert",
    "mfa_view_recovery_codes",
    "water:compare",
    "meetings:position",
    "evidence:survey",
    "evidence:dataset",
    "evidence:version",
    "evidence:dossier",
    "commitments:need",
    "commitments:grant",
    "commitments:promise",
    "deliberation:proposal",
    "deliberation:answer",
    "deliberation:letter",
    "web:thread",
    "web:press",
    "web:thread-press",
    "web:works",
    "web:balance-body",
    "web:sheet",
    "cases:case",
    "meetings:meeting",
    "calls:call",
}
"""Pages of a thing, which exist only where a city has one."""


def test_the_walk_meets_things_and_not_only_empty_lists(everything: Everything) -> None:
    assert CONTENT - set(everything.pages) == set()


def test_every_page_is_found_or_judged_elsewhere(everything: Everything) -> None:
    """What answers with a file, with JSON, or to nothing but a form is no page."""
    missing = {}
    for name in TABLE.keys() - everything.pages.keys():
        who = may_see(name)
        answer = everything.read(who, made_up(name))
        told = everything.others.get(name, "")
        is_file = told.startswith("200") and "html" not in told
        is_part = answer.status == 200 and not answer.is_page
        is_html = answer.kind.startswith("text/html")
        if is_html and answer.status != 405 and not (is_file or is_part):
            missing[name] = f"{name} ({answer.status} for {who}; {told or 'no link'})"
    new = [told for name, told in missing.items() if name not in ELSEWHERE]
    assert new == [], "\n".join(new)
    assert [name for name in ELSEWHERE if name not in TABLE] == []


def test_no_link_of_ours_leads_nowhere(everything: Everything) -> None:
    assert everything.dead == [], "\n".join(everything.dead)


@pytest.mark.parametrize(("tongue", "scheme", "width"), [("id", "light", 360), ("en", "dark", 1280)])
def test_axe_finds_nothing_on_any_page(
    everything: Everything, city: Site, axe: Axe, tongue: str, scheme: str, width: int
) -> None:
    faults = []
    for name, (path, who) in everything.pages.items():
        page = dressed(everything.browsers[who], city, tongue, scheme, width)
        page.goto(path)
        faults += [f"{name} {path}: {fault}" for fault in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{name} {path}: scrolls sideways at {width} px")
    assert faults == [], "\n".join(faults)


def dressed(page: Page, city: Site, tongue: str, scheme: str, width: int) -> Page:
    """Give a browser its language, its colours and its width."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.context.add_cookies([{"name": "language", "value": tongue, "url": city.url}])
    page.set_viewport_size({"width": width, "height": 640 if width < 500 else 900})
    return page


def test_every_page_is_light(everything: Everything) -> None:
    """HTML and own files, compressed as they travel; photos and the map's library apart."""
    sizes: dict[str, int] = {}
    heavy = []
    for name, (path, who) in everything.pages.items():
        text = everything.read(who, path).text
        total = len(gzip.compress(text.encode()))
        for file in set(OWN_FILES.findall(text)):
            if "leaflet" not in file:
                if file not in sizes:
                    body = everything.browsers[who].context.request.get(file).body()
                    sizes[file] = len(body if file.endswith("woff2") else gzip.compress(body))
                total += sizes[file]
        if total > PAGE_BYTES:
            heavy.append(f"{name} {path}: {total}")
    assert heavy == []


@pytest.mark.parametrize("tongue", ["id", "en"])
def test_vnu_finds_no_error_on_any_page(everything: Everything, tmp_path: Path, tongue: str) -> None:
    jar = next((ROOT / "node_modules" / "vnu-jar").glob("**/vnu.jar"), None)
    if jar is None or shutil.which("java") is None:
        pytest.skip("vnu is not checked: it needs java and node_modules/vnu-jar (make setup-dev)")
    for name, (path, who) in everything.pages.items():
        text = everything.read(who, path, tongue).text
        (tmp_path / f"{name.replace(':', '.')}.html").write_text(text)
    command = ["java", "-jar", str(jar), "--errors-only", "--format", "text", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-6000:]
