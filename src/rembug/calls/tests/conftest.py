"""A loaded city with its forecast, a group that calls, its representative."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from rembug.lib.actor import system
from rembug.people.models import Body
from rembug.people.tests.town import give, house, make_body, make_person, sign_in
from rembug.water.actions.forecast import forecast_all
from rembug.water.actions.kings import rank_all

__all__ = ["house"]
PACK = Path(__file__).parents[4] / "cities" / "pekalongan"


@pytest.fixture
def city(house: None) -> str:  # noqa: ARG001 by name
    """The city."""
    call_command("city", "load", str(PACK), verbosity=0)
    return "pekalongan"


@pytest.fixture
def sea(city: str) -> str:
    """The city with a forecast and its king tides."""
    forecast_all(actor=system("test"))
    rank_all(actor=system("test"))
    return city


@pytest.fixture
def group(city: str) -> Body:
    """A group."""
    return make_body("Kelompok bakau", city=city, sphere="civil_society", kind="community")


@pytest.fixture
def host(group: Body) -> Client:
    """The browser of the group's facilitator."""
    person = make_person("pendamping@example.org", totp=True)
    give(person, "facilitator", group)
    return sign_in(Client(), person, code=True)


def words(body: Body, **more: str) -> dict[str, str]:
    """Return what every call says."""
    return {
        "body": body.public_id,
        "title": "Bersihkan saluran Degayu",
        "what": "Angkat sampah dari saluran.",
        "place": "Balai RW 4",
        "area": "33.75.03.1007",
        "wanted": "20",
        "safety": "Pakai sepatu. Jauhi kabel.",
        "role": "Koordinator lapangan",
    } | more
