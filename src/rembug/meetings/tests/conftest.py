"""A loaded city, a group that calls meetings, its representative, an office."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from rembug.meetings.tests import made
from rembug.people.models import Body
from rembug.people.tests.town import give, house, make_body, make_person, sign_in

__all__ = ["house"]
PACK = Path(__file__).parents[4] / "cities" / "pekalongan"


@pytest.fixture
def city(house: None) -> str:  # noqa: ARG001 by name
    """The city."""
    call_command("city", "load", str(PACK), verbosity=0)
    return "pekalongan"


@pytest.fixture
def group(city: str) -> Body:
    """A group."""
    return make_body("Kelompok bakau", city=city, sphere="civil_society", kind="community")


@pytest.fixture
def office(city: str) -> Body:
    """An office."""
    return make_body("Dinas contoh", city=city)


@pytest.fixture
def host(group: Body) -> Client:
    """The browser of the group's facilitator."""
    return speaker(group, "facilitator", "pendamping@example.org")


@pytest.fixture
def code(host: Client, group: Body, office: Body) -> str:
    """A meeting tomorrow with the office, to which the group invited."""
    return made.arranged(host, group, invited=[office.public_id], office=office.public_id)


def speaker(body: Body, role: str, email: str) -> Client:
    """Return the browser of somebody who speaks for a body."""
    person = make_person(email, totp=True)
    give(person, role, body)
    return sign_in(Client(), person, code=True)
