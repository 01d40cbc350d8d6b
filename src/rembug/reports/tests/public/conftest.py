"""Every test here stands in a small made-up city with two kinds of thing to report."""

import pytest
from pytest_django import Settings

from rembug.places.tests.made import SMALL, load
from rembug.reports.queries import categories as kept
from rembug.reports.queries.public import presence
from rembug.reports.tests.public.town import CITY, categories


@pytest.fixture(autouse=True)
def _town(db: None, settings: Settings) -> None:  # noqa: ARG001 - a fixture asks for another by name
    settings.DEFAULT_CITY = CITY
    load(SMALL)
    categories()
    kept.forget()
    presence.forget()
