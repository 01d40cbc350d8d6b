"""A log to try things on, in a folder of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from rembug.audit import actions, triggers
from rembug.audit.actions import Act, Ref
from rembug.lib.actor import Actor, Grant, system

ME = system("test")
OFFICER = Actor("P4K7Q2", "person", (Grant("officer", "pekalongan", "B123"),), person_id=1)
PHONE = Actor("device-1", "device", device_hash="d")


@pytest.fixture(autouse=True)
def key_folder(settings: Settings, tmp_path: Path) -> Path:
    """Keep each test's signing key apart."""
    settings.AUDIT_KEY = str(tmp_path / "audit-key")
    settings.PUBLIC_URL = "https://kota.example"
    return tmp_path


@pytest.fixture
def grow() -> Callable[[int], None]:
    """Return a function that writes and numbers so many entries."""

    def many(count: int) -> None:
        acts = [
            Act(OFFICER, "report.received", Ref("report", f"R{i}"), {"n": i, "kata": "é"})
            for i in range(count)
        ]
        actions.record_many(acts)
        actions.sequence(actor=ME)

    return many


@pytest.fixture
def attacker() -> None:
    """Play somebody with every right over the database: the triggers are gone while this lasts."""
    triggers.remove(connection)
