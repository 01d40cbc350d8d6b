"""A loaded city, reports in it, a body that publishes, and files of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from rembug.evidence.queries import frozen
from rembug.people.models import Body, Person
from rembug.people.tests.town import give, house, make_body, make_person, sign_in

__all__ = ["house"]
PACK = Path(__file__).parents[4] / "cities" / "pekalongan"


@pytest.fixture
def city(house: None, settings: Settings, tmp_path: Path) -> Iterator[str]:  # noqa: ARG001 by name
    """The city, with a folder of its own for files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.VAR = tmp_path
    settings.GROUP_COMMIT = False
    frozen.forget()
    call_command("city", "load", str(PACK), verbosity=0)
    yield "pekalongan"
    frozen.forget()


@pytest.fixture
def body(city: str) -> Body:
    """A group that publishes."""
    return make_body("Kelompok Tani Tambak", city=city, kind="komunitas", sphere="civil_society")


@pytest.fixture
def member(body: Body) -> Person:
    """Who acts for the group."""
    person = make_person("ani@example.org")
    give(person, "member", body)
    return person


@pytest.fixture
def desk(client: Client, member: Person) -> Client:
    """The member's browser."""
    return sign_in(client, member)
