"""A small city with two offices, and somebody who works there."""

from typing import Any

import pytest

from rembug.people.tests.town import house
from rembug.places.models import City
from rembug.reports.tests.flow.conftest import city
from rembug.reports.tests.work.made import Town, make_town

__all__ = ["city", "house"]


@pytest.fixture
def town(house: None, city: City, settings: Any, tmp_path: Any) -> Town:  # noqa: ARG001 a fixture asks for another
    settings.MEDIA_ROOT = tmp_path
    return make_town(city.slug)
