"""A loaded city, an office that promises, a group that looks after it, a dataset."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from rembug.deliberation.tests.conftest import PACK, body_of, join, speaker
from rembug.evidence.queries import frozen
from rembug.people.models import Body
from rembug.people.tests.town import house

__all__ = ["house"]
START = datetime(2027, 3, 1, 3, tzinfo=UTC)


@pytest.fixture
def city(house: None, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    """The city, with a folder of its own for files."""
    folder = tmp_path_factory.mktemp("city")
    settings.MEDIA_ROOT, settings.VAR, settings.GROUP_COMMIT = folder / "media", folder, False
    frozen.forget()
    with time_machine.travel(START):
        call_command("city", "load", str(PACK), verbosity=0)
        yield "pekalongan"
    frozen.forget()


@pytest.fixture
def office(city: str) -> Body:
    """The office that promises."""
    return join(body_of(city, "dpupr"))


@pytest.fixture
def group(city: str) -> Body:
    """The group that looks after it."""
    return body_of(city, "contoh-pantau-rob")


@pytest.fixture
def owner(office: Body) -> Client:
    """The office's browser."""
    return speaker(office, "officer", "pu@example.org")


@pytest.fixture
def watcher(group: Body) -> Client:
    """The group's browser."""
    return speaker(group, "coordinator", "pantau@example.org")
