"""Every test of people runs in the quick house."""

import pytest

from rembug.people.tests.town import house

__all__ = ["house"]


@pytest.fixture(autouse=True)
def _quick(house: None) -> None:
    """Use it without being asked."""
