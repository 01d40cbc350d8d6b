"""A loaded city, a group that teaches, and its facilitator."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from rembug.people.models import Body
from rembug.people.tests.town import give, house, make_body, make_person, sign_in

__all__ = ["house"]
PACK = Path(__file__).parents[4] / "cities" / "pekalongan"


@pytest.fixture
def city(house: None) -> str:  # noqa: ARG001 by name
    """The city with its lessons."""
    call_command("city", "load", str(PACK), verbosity=0)
    return "pekalongan"


@pytest.fixture
def school(city: str) -> Body:
    """A group that teaches."""
    return make_body("Kelompok belajar", city=city, sphere="civil_society", kind="community")


@pytest.fixture
def facilitator(school: Body) -> Client:
    """The browser of the group's facilitator."""
    person = make_person("pendamping@example.org", totp=True)
    give(person, "facilitator", school)
    return sign_in(Client(), person, code=True)
