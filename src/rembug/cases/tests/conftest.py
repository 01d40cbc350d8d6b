"""A loaded city with offices that joined, and incidents in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from rembug.people.models import Body
from rembug.people.tests.town import house

__all__ = ["house"]
PACK = Path(__file__).parents[4] / "cities" / "pekalongan"


@pytest.fixture
def city(house: None, settings: Settings, tmp_path: Path) -> str:  # noqa: ARG001 by name
    """The city with its rules of handling."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.GROUP_COMMIT = False
    call_command("city", "load", str(PACK), verbosity=0)
    return "pekalongan"


@pytest.fixture
def lights(city: str) -> Body:
    """The office of street lights, joined."""
    body = Body.objects.get(public_id=f"{city}-dinperkim")
    body.state = Body.State.CONFIRMED
    body.save()
    return body
