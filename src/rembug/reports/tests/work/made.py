"""Offices, people at work and reports of a made-up city, all made through the real actions."""

import itertools
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client
from lxml import html

from rembug.audit.models import Entry
from rembug.lib.actor import ANONYMOUS, Actor, Grant, system
from rembug.lib.ids import keyed
from rembug.people.models import Body, BodyArea, Person
from rembug.people.tests.town import give, make_body, make_person, sign_in
from rembug.reports.actions.process import process_waiting, settle
from rembug.reports.actions.receive import receive_one
from rembug.reports.models import Incident, Report
from rembug.reports.rules.submission import Receipt, Submission

NORTH, SOUTH = "99.01.01.1001", "99.01.01.1002"  # Pasirlor, Pasirkidul
HERE, THERE = (109.671, -6.879), (109.691, -6.879)
_phones = itertools.count()


@dataclass(frozen=True, slots=True)
class Town:
    """Two offices of one city: one for all of it, one for a kelurahan."""

    city: str
    office: Body
    ward: Body


def make_town(slug: str) -> Town:
    office = make_body("Dinas Contoh", city=slug, categories=["rob", "light"])
    ward = make_body("Kelurahan Pasirlor", city=slug, kind="kelurahan", level="kelurahan")
    BodyArea.objects.create(body=office, area_code="99.01")
    BodyArea.objects.create(body=ward, area_code=NORTH)
    return Town(slug, office, ward)


def worker(role: str, body: Body, area: str = "") -> tuple[Client, Person]:
    """Sign somebody in with one role and a second factor."""
    person = make_person(f"{role}-{uuid4().hex[:8]}@example.org", totp=True)
    give(person, role, body, area)
    return sign_in(Client(), person, code=True), person


def actor(role: Any, body: Body, area: str = "", person: Person | None = None) -> Actor:
    """Return an actor with one role, without signing in."""
    made = person or make_person(f"{uuid4().hex[:8]}@example.org")
    return Actor(made.public_id, "person", (Grant(role, body.city, body.public_id, area),), made.pk)


def phone() -> Actor:
    """Return a phone that nobody has seen before."""
    return Actor("device", "device", device_hash=keyed("test", "device", str(next(_phones))))


def send(city: str, *, by: Actor = ANONYMOUS, at: tuple[float, float] = HERE, **said: Any) -> Receipt:
    """Send one report of rob and let it be judged."""
    given: dict[str, Any] = {
        "category": "rob",
        "depth_class": "knee",
        "setting": "street",
        "located_by": "map",
    }
    lon, lat = at
    submission = Submission(client_id=uuid4(), city=city, lon=lon, lat=lat, **(given | said))
    receipt: Receipt = receive_one(submission, actor=by)
    judge()
    return receipt


def judge() -> None:
    """Let everything that waits be judged."""
    process_waiting(actor=system("test"))
    settle(actor=system("test"))


def report(receipt: Receipt) -> Report:
    return Report.objects.select_related("incident").get(code=receipt.code)


def incident_of(receipt: Receipt) -> Incident:
    found = report(receipt).incident
    assert found is not None
    return found


def acts(verb: str) -> int:
    """Return how often this was written to the log."""
    return Entry.objects.filter(verb=verb).count()


def page(answer: Any) -> Any:
    """Return an answer as a tree."""
    return html.fromstring(answer.content.decode())


def text(answer: Any) -> str:
    """Return the words of a page's main part."""
    return " ".join(page(answer).cssselect("main")[0].text_content().split())
