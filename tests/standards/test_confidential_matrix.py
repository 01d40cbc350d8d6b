"""L-04: *anonim* and *rahasia* are independent, and neither leaks anywhere.

Four combinations are told at once, each with its own canary words. Then every role opens every address of the
permission table (a new one is taken in by itself), and all that the site keeps and writes is looked through: answers,
headers, letters, the log of the server, each column of each table, the database file, the folder of photos.
"""

from __future__ import annotations

import io
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from django.conf import settings as site
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse
from PIL import Image

from rembug.audit import actions as audit
from rembug.confidential.actions import boxes, talk
from rembug.confidential.actions.submit import SENT
from rembug.confidential.models import Matter
from rembug.config.access import TABLE
from rembug.people.models import Body
from rembug.people.tests.town import give, house, make_person, sign_in
from rembug.reports.actions import process
from rembug.reports.models import Incident, Report
from rembug.reports.queries.snapshot import SNAPSHOTS
from tests.faults.town import CITY, TEST, load_city
from tests.standards.test_canaries import body, log, post
from tests.test_permissions import ADDRESSES, NAMES

__all__ = ["house", "log"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

INSPECTORATE, ACCUSED, COORDINATION = (f"{CITY}-{name}" for name in ("inspektorat", "dpupr", "dinkominfo"))
GROUP = f"{CITY}-contoh-pantau-rob"
PHRASE = "perahu biru di muara"
# Who looks: the role and the body at which it is held. The officer is of the very body that is complained about.
ROLES = {
    "stranger": ("", ""),
    "member": ("member", GROUP),
    "verifier": ("verifier", GROUP),
    "officer of the accused body": ("officer", ACCUSED),
    "officer of the recipient": ("officer", INSPECTORATE),
    "coordinator": ("coordinator", COORDINATION),
    "approver": ("approver", COORDINATION),
    "facilitator": ("facilitator", GROUP),
    "administrator": ("administrator", COORDINATION),
}
DEVICE = "kenarihp" * 4
SHOWN = "Bu Kenarishown"  # not anonymous, not confidential: shown because she wants it
# What nobody may find: confidential words and names, by combination; and whatever points to an anonymous phone.
NAMED = ("kenarinamedwords", "Pak Kenariname", "0812-4455-6677", "kenariexif")
UNNAMED = ("kenariunnamedwords",)
ABOUT_RECIPIENT = ("kenaritopwords",)
OWN_PAGES = {"confidential:work-box", "confidential:work-matter"}  # of a recipient whose box is open

SEARCHES = (  # lists are asked for all they have, and for the canaries themselves
    *("/api/v1/log/entries?limit=1000", "/api/v1/map?zoom=18", "/api/v1/map?zoom=8", "/catatan/?q=kenari"),
    *("/peta/?q=kenari&keadaan=all", "/api/v1/reports?limit=100", "/open311/v2/requests.json"),
    *("/open311/v2/requests.xml", "/api/3/action/package_search?q=kenari", "/api/3/action/package_list"),
    "/ogc/collections?f=json",
)


@dataclass(slots=True)
class Told:
    """All four combinations, told."""

    plain: Report  # with a name
    anonymous: Report  # without
    incident: str
    receipts: list[str]  # confidential: with a name, without, and one about the recipient itself
    recipient: Client
    secrets: list[str]


def photo() -> SimpleUploadedFile:
    """Return a photo with words in its metadata."""
    exif, drawer = Image.Exif(), io.BytesIO()
    exif[0x010E] = "kenariexif"
    Image.new("RGB", (64, 64), "teal").save(drawer, "JPEG", exif=exif)
    return SimpleUploadedFile("kenariexif.jpg", drawer.getvalue(), "image/jpeg")


def confide(**more: Any) -> str:
    """Tell something in confidence with a browser that is full of traces; return its receipt."""
    client = Client(
        headers={"X-Device-Token": DEVICE, "User-Agent": "kenariagent"}, REMOTE_ADDR="203.0.113.77"
    )
    form = {"once": str(uuid4()), "kind": "corruption", "accused": ACCUSED, "named": "no", "name": ""}
    page = client.post("/rahasia/lapor/", form | {"contact": ""} | more).content.decode()
    found = re.search(r"(\d{4} ){3}\d{4}", page)
    assert found, page
    return found[0]


def signed_in(role: str) -> Client:
    """Return a browser in which this role is signed in; a page that breaks over a made-up object is judged too."""
    client = Client(raise_request_exception=False)
    name, where = ROLES[role]
    if not name:
        return client
    person = make_person(f"{name}-{where}@example.org", totp=True)
    give(person, name, Body.objects.get(public_id=where))
    return sign_in(client, person, code=True)


@pytest.fixture
def told(house: None, settings: Any, tmp_path: Path) -> Iterator[Told]:  # noqa: ARG001
    """Tell one of each."""
    settings.MEDIA_ROOT = tmp_path
    load_city()
    for memory in (SNAPSHOTS, SENT, talk.GUESSES, boxes.TRIES):
        memory.forget()
    Body.objects.filter(public_id__in=(INSPECTORATE, f"{CITY}-ombudsman")).update(state="confirmed")
    recipient = signed_in("officer of the recipient")
    box = f"/kerja/rahasia/{INSPECTORATE}/"
    assert recipient.post(box, {"passphrase": PHRASE, "again": PHRASE}).status_code == 302
    outside = make_person("luar@example.org", totp=True)
    give(outside, "officer", Body.objects.get(public_id=f"{CITY}-ombudsman"))
    other = sign_in(Client(), outside, code=True)
    other.post(f"/kerja/rahasia/{CITY}-ombudsman/", {"passphrase": PHRASE, "again": PHRASE})
    for name in (SHOWN, ""):
        text = body(signed_name=name, text="Air masuk gang.", landmark="", foreign_ref="")
        answer = post(Client(), text, **{"X-Device-Token": DEVICE})
        assert answer.status_code == 201, answer.content
    process.process_waiting(actor=TEST)
    process.settle(actor=TEST)
    plain, anonymous = Report.objects.order_by("id")
    receipts = [
        confide(words=f"{NAMED[0]} minta uang.", named="yes", name=NAMED[1], contact=NAMED[2], photos=photo()),
        confide(words=f"{UNNAMED[0]} minta uang di kantor."),
        confide(words=f"{ABOUT_RECIPIENT[0]} minta uang di kantor.", accused=INSPECTORATE),
    ]  # fmt: skip
    audit.sequence(actor=TEST)
    incident = Incident.objects.filter(is_public=True)[0].code
    yield Told(plain, anonymous, incident, receipts, recipient, secrets(anonymous, receipts))
    SNAPSHOTS.forget()


def secrets(anonymous: Report, receipts: list[str]) -> list[str]:
    """Return every canary that nobody may meet, except a recipient on the recipient's own pages."""
    digits = [*receipts, *(one.replace(" ", "") for one in receipts)]
    rows = [str(one) for row in Matter.objects.values_list("pk", "code", "lookup", "accused") for one in row]
    traces = [DEVICE, anonymous.source, "kenariagent", "203.0.113.77"]
    return [*NAMED, *UNNAMED, *ABOUT_RECIPIENT, *digits, *rows, *traces, PHRASE]


def paths(name: str, told: Told) -> list[str]:
    """Return addresses of this name: with a made-up object, and with each real one that its parameters can take."""
    made_up = ADDRESSES[name]
    real: list[dict[str, object]] = [{}]
    if "body" in made_up or "public_id" in made_up:
        real = [{"body": INSPECTORATE, "public_id": ACCUSED}]
    for code in (
        told.plain.code,
        told.anonymous.code,
        told.incident,
        *Matter.objects.values_list("code", flat=True),
    ):
        real.append({"code": code, "uid": code, "body": INSPECTORATE, "public_id": INSPECTORATE})
    real += [
        {"slug": "panjang-baru", "format": kind, "suffix": kind} for kind in ("json", "csv", "xml", "geojson")
    ]
    found = set()
    for given in real:
        values = made_up | {part: value for part, value in given.items() if part in made_up}
        try:
            found.add(reverse(name, kwargs=values))
        except Exception:  # noqa: BLE001 - a value that this address does not take
            continue
    return sorted(found)


def said_by(answer: Any) -> str:
    """Return all of an answer: its headers and its bytes."""
    content = b"".join(answer) if answer.streaming else answer.content
    heads = " ".join(f"{key}: {value}" for key, value in answer.headers.items())
    return f"{heads} {answer.cookies.output()} {content.decode(errors='replace')}"


def leaks(text: str, told: Told, path: str) -> list[str]:
    """Return the canaries in a text; what the asker's own address says is no leak."""
    return [one for one in told.secrets if one and one in text.replace(path, "")]


@pytest.mark.parametrize("role", ROLES)
def test_l04_no_role_finds_a_confidential_word_or_an_anonymous_phone_anywhere(
    role: str, told: Told, log: io.StringIO
) -> None:
    client = told.recipient if role == "officer of the recipient" else signed_in(role)
    asked = seen = 0
    met = False
    for name in NAMES:
        if role == "officer of the recipient" and name in OWN_PAGES:
            continue
        for path in paths(name, told):
            answer = client.get(path)
            asked, seen = asked + 1, seen + (answer.status_code == 200)
            text = said_by(answer)
            met = met or SHOWN in text
            assert leaks(text, told, path) == [], f"{role}: {path} ({name})"
    assert asked >= len(TABLE)
    assert seen > 60
    assert met  # real reports were looked at: who wants to be named is
    assert [one for one in told.secrets if one in log.getvalue()] == []
    assert all(one not in f"{letter.subject} {letter.body}" for letter in mail.outbox for one in told.secrets)


def test_l04_lists_and_searches_do_not_know_it(told: Told) -> None:
    for address in SEARCHES:
        answer = Client(raise_request_exception=False).get(address)
        assert answer.status_code in {200, 400, 404, 422}, address
        assert leaks(said_by(answer), told, address) == [], address


def test_l04_the_switches_are_independent(told: Told) -> None:
    shown = Client().get(f"/laporan/{told.plain.code}/").content.decode()
    hidden = Client().get(f"/laporan/{told.anonymous.code}/").content.decode()
    assert SHOWN in shown
    assert SHOWN not in hidden
    assert "nama disembunyikan" in hidden
    named, unnamed, about = (
        Client().post("/rahasia/buka/", {"receipt": one}).content.decode() for one in told.receipts
    )
    assert (NAMED[0] in named, "Nama Anda belum dibuka" in named) == (True, True)
    assert (UNNAMED[0] in unnamed, "Nama Anda belum dibuka" in unnamed) == (True, False)
    assert ABOUT_RECIPIENT[0] in about
    assert Report.objects.count() == 2  # nothing confidential among the reports


def test_l04_the_recipient_reads_words_but_no_name_and_nothing_about_the_own_office(told: Told) -> None:
    box = f"/kerja/rahasia/{INSPECTORATE}/"
    pages = said_by(told.recipient.get(box))
    status = []
    for code in Matter.objects.values_list("code", flat=True):
        answer = told.recipient.get(f"{box}{code}/")
        status.append(answer.status_code)
        pages += said_by(answer)
    assert sorted(status) == [200, 200, 404]
    assert NAMED[0] in pages
    assert UNNAMED[0] in pages
    for canary in (
        *NAMED[1:],
        *ABOUT_RECIPIENT,
        *told.receipts,
        DEVICE,
        "kenariagent",
        "203.0.113.77",
        PHRASE,
    ):
        assert canary not in pages, canary


def test_l04_a_backup_holds_no_word_of_it(told: Told, tmp_path: Path) -> None:
    """A backup is the database and the folder of photos: both are looked through, byte by byte."""
    told.recipient.get(f"/kerja/rahasia/{INSPECTORATE}/")
    digits = [*told.receipts, *(one.replace(" ", "") for one in told.receipts)]
    canaries = [*NAMED, *UNNAMED, *ABOUT_RECIPIENT, *digits, PHRASE, "kenariagent", "203.0.113.77", DEVICE]
    pieces = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # names come from the database itself
            for row in cursor.fetchall():
                pieces += [
                    bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row
                ]
    if connection.vendor == "sqlite":
        pieces.append(cast(sqlite3.Connection, connection.connection).serialize())
    whole = b"\n".join(pieces)
    assert told.plain.code.encode() in whole  # it is the database that we look at
    assert [one for one in canaries if one.encode() in whole] == []
    assert site.CONFIDENTIAL_KEY.encode() not in whole


def test_l04_takes_in_every_address_of_the_table() -> None:
    assert set(NAMES) == set(TABLE)
    assert {name.partition(":")[0] for name in NAMES} >= {
        "confidential",
        "reports",
        "audit",
        "evidence",
        "api",
    }
    assert get_resolver().namespace_dict
