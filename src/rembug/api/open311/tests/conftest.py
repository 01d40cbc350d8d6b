"""The city with a key of another system."""

from __future__ import annotations

import pytest

from rembug.cases.tests.conftest import city, house, lights
from rembug.cases.tests.made import ME
from rembug.people.actions.keys import issue

__all__ = ["city", "house", "lights"]


@pytest.fixture
def key(city: str) -> str:
    """The key of another system."""
    return issue(actor=ME, city=city, body=f"{city}-dinkominfo", name="Aplikasi kota")
