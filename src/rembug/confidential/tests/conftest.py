"""A city with an inspectorate and an ombudsman whose boxes are open."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import pytest

from rembug.confidential.actions import boxes, talk
from rembug.confidential.actions.load import load_confidential
from rembug.confidential.actions.submit import SENT, Telling, submit
from rembug.confidential.queries.boxes import Held
from rembug.lib.actor import ANONYMOUS, Actor, Grant, system
from rembug.lib.pack import Pack, read
from rembug.lib.pack.tests.made import PEKALONGAN
from rembug.people.actions.bodies import load_bodies
from rembug.people.tests.town import house
from rembug.places.actions import load_city

__all__ = ["house"]
CITY = "pekalongan"
INSPECTORATE, OMBUDSMAN, OFFICE = (f"{CITY}-{name}" for name in ("inspektorat", "ombudsman", "dpupr"))
PHRASE = "perahu biru di muara"
WORDS = "Mandor kenari meminta uang supaya pompa dinyalakan."
TEST = system("test")


@dataclass(frozen=True, slots=True)
class Office:
    """Two officers of the inspectorate, one of the ombudsman, and their open boxes."""

    first: Actor
    second: Actor
    outside: Actor
    inside: Held
    over: Held


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The real pack."""
    return read(PEKALONGAN)


@pytest.fixture
def city(pack: Pack, house: None) -> str:  # noqa: ARG001
    """A loaded city."""
    load_city(actor=TEST, pack=pack)
    load_bodies(actor=TEST, city=CITY, bodies=pack.bodies)
    load_confidential(actor=TEST, city=CITY, facts=pack.confidential)
    for gate in (boxes.TRIES, talk.GUESSES, SENT):
        gate.forget()
    return CITY


def officer(name: str, *bodies: str) -> Actor:
    """Return an officer of bodies."""
    return Actor(name, "person", tuple(Grant("officer", CITY, body) for body in bodies), 1)


@pytest.fixture
def office(city: str) -> Office:
    """Both boxes open."""
    first, second = officer("FIRST", INSPECTORATE), officer("SECOND", INSPECTORATE)
    outside = officer("OUTSIDE", OMBUDSMAN)
    inside = boxes.set_up(actor=first, city=city, body=INSPECTORATE, passphrase=PHRASE)
    over = boxes.set_up(actor=outside, city=city, body=OMBUDSMAN, passphrase=PHRASE + " luar")
    return Office(first, second, outside, inside, over)


def telling(**more: object) -> Telling:
    """Return something told about an office."""
    values: dict[str, object] = {"once": uuid4(), "kind": "corruption", "words": WORDS, "accused": OFFICE}
    return Telling(**(values | more))  # type: ignore[arg-type]


def tell(**more: object) -> str:
    """Tell it; return the receipt."""
    return submit(actor=ANONYMOUS, city=CITY, said=telling(**more))


def found(digits: str) -> talk.Found:
    """Open it with its receipt."""
    return talk.find(actor=ANONYMOUS, city=CITY, typed=digits, caller="x")
