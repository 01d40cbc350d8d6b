"""R-11: what people entrust to us appears neither in logs nor in addresses, nor in any public answer."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import Settings

from rembug.confidential.actions import boxes
from rembug.lib.actor import Actor, Grant
from rembug.lib.logs import JsonLines, NoPaths
from rembug.reports.actions import process
from rembug.reports.models import Incident, Report
from rembug.reports.queries.snapshot import SNAPSHOTS
from rembug.reports.tests.flow.walker import Walker
from tests.faults.nth_call import failing
from tests.faults.town import CITY, TEST, load_city

PHONE, NIK, PLATE, MAIL = "0812-7733-9911", "3375014507890001", "G 4417 XB", "siti.canary@example.org"
NAME, REF, DEVICE = "Siti Kenarium", "AJIB-778812", "kenari" * 6
LON, LAT = 109.676543, -6.872345
WORDS = f"Air di rumah saya, hubungi {PHONE} atau {MAIL}, NIK {NIK}, mobil {PLATE}."
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city(db: None, settings: Settings, tmp_path: Any) -> Iterator[None]:  # noqa: ARG001
    settings.MEDIA_ROOT = tmp_path
    load_city()
    SNAPSHOTS.forget()
    yield
    SNAPSHOTS.forget()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Catch all that is logged at DEBUG, formatted as servers write it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(NoPaths())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    levels = {name: logging.getLogger(name).level for name in ("django", "rembug")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def body(**more: Any) -> str:
    """Return a report full of canaries."""
    said = {
        "category": "rob",
        "depth_class": "knee",
        "setting": "house",
        "lon": LON,
        "lat": LAT,
        "text": WORDS,
    }
    return json.dumps({**said, "landmark": f"rumah {NAME}", "signed_name": "", "foreign_ref": REF, **more})


def post(client: Client, text: str, **heads: str) -> Any:
    """Send a report with the canary device."""
    head = {"Idempotency-Key": str(uuid4()), "X-Device-Token": DEVICE} | heads
    return client.post("/api/v1/reports", text, content_type="application/json", headers=head)


def test_logs_hold_nothing_of_what_people_send(log: io.StringIO) -> None:
    client = Client(raise_request_exception=False)
    receipt = json.loads(post(client, body()).content)
    token = receipt["receipt_token"]
    post(client, body(depth_class=NAME))
    post(client, body() + NIK)
    post(client, body(), **{"Idempotency-Key": NIK})
    for n in (1, 4, 9):
        with failing(n):
            post(client, body(visibility="private", foreign_ref=""))
        with failing(n):
            client.post(f"/r/{token}/perbaiki/", {"words": WORDS})
    walker = Walker(client).press("category", "rob").press("depth_class", "knee").press("since", "now")
    sent = walker.press("area_code", "33.75.03.1010", landmark=NAME).send(text=WORDS, signed_name=NAME)
    client.post("/masuk/", {"login": MAIL, "password": NIK})
    client.post("/pihak/daftar/", {"name": NAME, "representative": NAME, "contact_email": MAIL})
    paths = (f"r/{token}/", f"r/{token}x/", f"{NIK}/", f"laporan/{NAME}/", f"api/v1/{NIK}", f"lapor/?x={NIK}")
    for path in paths:
        client.get("/" + path, headers={"X-Forwarded-For": "203.0.113.77"})
    process.process_waiting(actor=TEST)
    written = log.getvalue()
    assert "reports:receipt" in written  # requests are there, by the name of their route
    own = sent["Location"].split("/")[2]
    for canary in (
        PHONE,
        NIK,
        PLATE,
        MAIL,
        NAME,
        REF,
        DEVICE,
        str(LON),
        str(LAT),
        token,
        own,
        "203.0.113.77",
    ):
        assert canary not in written, canary
    for line in written.splitlines():
        assert {"time", "level", "logger", "message"} <= set(json.loads(line))


def test_the_log_does_not_know_that_somebody_told_something_in_confidence(log: io.StringIO) -> None:
    reader = Actor("R", "person", (Grant("officer", CITY, "pekalongan-inspektorat"),), 1)
    boxes.set_up(actor=reader, city=CITY, body="pekalongan-inspektorat", passphrase="perahu biru di muara")
    heads = {"User-Agent": "kenari-agent", "X-Forwarded-For": "203.0.113.77", "X-Device-Token": DEVICE}
    client = Client(raise_request_exception=False, headers=heads)
    told = {"once": str(uuid4()), "kind": "corruption", "accused": "pekalongan-dpupr", "named": "yes"}
    told |= {"words": WORDS, "name": NAME, "contact": PHONE}
    client.get("/rahasia/")
    client.get("/rahasia/lapor/")
    client.post("/rahasia/lapor/", told | {"kind": NAME})
    page = client.post("/rahasia/lapor/", told).content.decode()
    found = re.search(r"(\d{4} ){3}\d{4}", page)
    assert found
    client.post("/rahasia/buka/", {"receipt": found[0]})
    client.post("/rahasia/buka/", {"receipt": "1" * 16})
    client.get(f"/rahasia/{NAME}/")
    quiet = log.getvalue()
    assert "confidential:" not in quiet
    assert "/rahasia" not in quiet
    for n in (1, 3, 6):
        with failing(n):
            client.post("/rahasia/lapor/", told | {"once": str(uuid4())})
        with failing(n):
            client.post("/rahasia/buka/", {"receipt": found[0], "do": "write", "words": WORDS, "once": NIK})
    written = log.getvalue()
    assert "confidential:tell" in written  # what breaks is told to the operator, without anything of it
    digits = found[0].replace(" ", "")
    for canary in (PHONE, NIK, PLATE, MAIL, NAME, DEVICE, "kenari-agent", "203.0.113.77", found[0], digits):
        assert canary not in written, canary


def test_addresses_hold_no_personal_data() -> None:
    client = Client()
    walker = Walker(client).press("category", "rob").press("depth_class", "knee").press("since", "now")
    sent = walker.press("area_code", "33.75.03.1010", landmark=NAME).send(text=WORDS, signed_name=NAME)
    assert not any(canary in sent["Location"] for canary in (PHONE, NIK, NAME, MAIL))
    for form in walker.page.iter("form"):
        assert (form.get("method") or "get").lower() == "post", form.get("action")


def public_addresses(code: str, incident: str) -> list[str]:
    """Return every address of ours that shows public data, with real objects in it."""
    given = {"code": code, "slug": "panjang-baru", "uid": "0" * 32}
    found = ["/", "/peta/", "/kalibrasi/", "/catatan/", "/data/", "/pihak/"]
    for space in ("reports", "web", "api", "audit"):
        patterns = get_resolver().namespace_dict[space][1].reverse_dict
        for name in filter(lambda key: isinstance(key, str), patterns):
            if name.startswith("receipt"):
                continue
            wanted = patterns.getlist(name)[0][0][0][1]
            values = {part: given.get(part, "1") for part in wanted}
            if name.startswith("incident") and "code" in values:
                values["code"] = incident
            try:
                found.append(reverse(f"{space}:{name}", kwargs=values))
            except Exception:  # noqa: BLE001 - a made-up value that this address does not take
                continue
    return sorted({*found, "/api/v1/map?zoom=18", "/api/v1/map?zoom=8", "/api/v1/log/entries?limit=1000"})


def test_no_public_answer_holds_what_is_not_public() -> None:
    sender = Client()
    token = json.loads(post(sender, body()).content)["receipt_token"]
    assert post(sender, body(lon=LON + 0.0001, foreign_ref="")).status_code == 201
    process.process_waiting(actor=TEST)
    report = Report.objects.order_by("id")[0]
    private = json.loads(
        post(sender, body(visibility="private", text="Rahasia kenari", foreign_ref="")).content
    )
    process.process_waiting(actor=TEST)
    process.settle(actor=TEST)
    incident = Incident.objects.filter(is_public=True)[0].code
    assert (report.public_lon, report.public_lat) != (LON, LAT)
    secrets = [
        PHONE,
        NIK,
        PLATE,
        MAIL,
        NAME,
        REF,
        DEVICE,
        str(LON),
        str(LAT),
        token,
        "Rahasia kenari",
        report.source,
    ]
    secrets += [
        bytes(report.salt).hex(),
        report.cell,
        private["code"],
        report.payload_hash,
        str(report.client_id),
    ]
    asked = 0
    for address in public_addresses(report.code, incident):
        for language in ("id", "en"):
            answer = Client(raise_request_exception=False).get(address, headers={"Accept-Language": language})
            words = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
            asked += answer.status_code == 200
            for secret in secrets:
                if secret == private["code"] and ("/log/" in address or address.startswith("/catatan/")):
                    continue  # the log names every report by its public code, also those that only handlers read
                assert secret not in words, f"{address} shows {secret}"
    assert asked > 30
