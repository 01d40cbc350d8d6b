"""A loaded city, an RW that proposes, a kelurahan and an office that decide and answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from rembug.people.models import Body
from rembug.people.tests.town import give, house, make_person, sign_in

__all__ = ["house"]
PACK = Path(__file__).parents[4] / "cities" / "pekalongan"
JANUARY = datetime(2027, 1, 10, 3, tzinfo=UTC)  # the RW stage of the cycle 2028 is open


@pytest.fixture
def city(house: None, settings: Settings, tmp_path: Path) -> Iterator[str]:  # noqa: ARG001 by name
    """The city, in the January in which neighbourhoods meet."""
    settings.MEDIA_ROOT, settings.VAR = tmp_path / "media", tmp_path
    with time_machine.travel(JANUARY):
        call_command("city", "load", str(PACK), verbosity=0)
        yield "pekalongan"


@pytest.fixture
def rw(city: str) -> Body:
    """An RW of Panjang Baru."""
    return body_of(city, "contoh-rw")


@pytest.fixture
def author(rw: Body) -> Client:
    """The browser of whoever speaks for the RW."""
    return speaker(rw, "coordinator", "rw@example.org")


def body_of(city: str, name: str) -> Body:
    """Return a body of the pack."""
    return Body.objects.get(public_id=f"{city}-{name}")


def join(body: Body) -> Body:
    """Let a body of the pack join."""
    body.state = Body.State.CONFIRMED
    body.save()
    return body


def speaker(body: Body, role: str, email: str) -> Client:
    """Return the browser of somebody who speaks for a body."""
    person = make_person(email, totp=True)
    give(person, role, body)
    return sign_in(Client(), person, code=True)
