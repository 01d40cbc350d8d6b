"""A loaded city, two offices, people who may approve, and a forecast made up for the purpose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from rembug.alerts.queries import banner
from rembug.people.models import Body
from rembug.people.tests.town import house

__all__ = ["house"]
PACK = Path(__file__).parents[4] / "cities" / "pekalongan"


@pytest.fixture
def city(house: None, settings: Settings, tmp_path: Path) -> Iterator[str]:  # noqa: ARG001 by name
    """The city with its rules of warnings, and a key of its own."""
    settings.VAR = tmp_path
    banner.forget()
    call_command("city", "load", str(PACK), verbosity=0)
    yield "pekalongan"
    banner.forget()


@pytest.fixture
def group(city: str) -> Body:
    """A body that may not speak officially."""
    return Body.objects.create(
        city=city, name="Dinas PU", kind="dinas", sphere="bureaucracy", level="city", state="confirmed"
    )


@pytest.fixture
def bpbd(city: str) -> Body:
    """The disaster office of the pack, joined."""
    office = Body.objects.get(public_id=f"{city}-bpbd")
    office.state = Body.State.CONFIRMED
    office.save()
    return office
