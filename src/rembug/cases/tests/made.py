"""Steps that tests of cases share."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from rembug.cases.actions.move import Said, move
from rembug.cases.actions.open import open_new
from rembug.cases.models import Case
from rembug.lib.actor import Actor, Grant, Role, system
from rembug.lib.ids import keyed
from rembug.people.models import Body
from rembug.reports.actions.process import process_waiting, settle
from rembug.reports.actions.receive import receive_one
from rembug.reports.rules.submission import Receipt, Submission

ME = system("test")


def light(city: str, number: int = 1, phone: int = 0) -> Receipt:
    """Report a dead street light from a phone of its own (or that one), and let the jobs run."""
    said = Submission(
        client_id=uuid4(),
        city=city,
        category="light",
        lon=109.6792 + number * 0.01,
        lat=-6.8899,
        located_by="map",
        text="Lampu mati di pojok gang.",
        answers={},
    )
    sender = Actor("device", "device", device_hash=keyed("test", "device", str(phone or number)))
    receipt: Receipt = receive_one(said, actor=sender)
    process_waiting(actor=ME)
    settle(actor=ME)
    return receipt


def opened(city: str, number: int = 1) -> tuple[Case, Receipt]:
    """Report, and let the case open."""
    receipt = light(city, number)
    open_new(city, actor=ME)
    return Case.objects.get(incident=_incident(receipt)), receipt


def _incident(receipt: Receipt) -> str:
    from_reports = Case.objects.order_by("-id").values_list("incident", flat=True).first()
    assert receipt.code
    return from_reports or ""


def officer(body: Body, role: Role = "officer", area: str = "") -> Actor:
    """Return somebody who works for a body."""
    return Actor(f"{role}-{body.pk}", "person", (Grant(role, body.city, body.public_id, area),))


def step(case: Case, actor: Actor, verb: str, **more: Any) -> Case:
    """Do one step as it stands now."""
    case.refresh_from_db()
    return move(actor=actor, city=case.city, code=case.code, said=Said(verb, case.version, **more))
