"""A loaded city and phones that report in it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from rembug.lib.actor import system
from rembug.reports.actions import receive
from rembug.reports.actions.process import process_waiting, settle
from rembug.reports.queries.snapshot import SNAPSHOTS
from rembug.reports.rules.limits import CrowdGauge

PACK = Path(__file__).parents[5] / "cities" / "pekalongan"
ROB: dict[str, Any] = {
    "category": "rob",
    "depth_class": "knee",
    "setting": "street",
    "since": "now",
    "lon": 109.676,
    "lat": -6.872,
    "accuracy_m": 12,
}


class Phone:
    """One phone: its device token, and what it sends."""

    def __init__(self, client: Client, number: int = 1) -> None:
        self.client = client
        self.token = f"{number:032x}"

    def post(self, key: str | None = None, head: dict[str, str] | None = None, **more: Any) -> Any:
        """Send one report of rob; `more` replaces members."""
        heads = {"Idempotency-Key": key or str(uuid4()), "X-Device-Token": self.token} | (head or {})
        return self.send(json.dumps({**ROB, **more}), heads)

    def send(self, body: str | bytes, heads: dict[str, str]) -> Any:
        """Send any body."""
        return self.client.post("/api/v1/reports", body, content_type="application/json", headers=heads)


def judge() -> None:
    """Let the jobs do what they do every second."""
    process_waiting(actor=system("test"))
    settle(actor=system("test"))
    SNAPSHOTS.forget()


def load(monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the city and start the crowd gauge anew."""
    call_command("city", "load", str(PACK), verbosity=0)
    monkeypatch.setattr(receive, "_gauge", CrowdGauge(time.monotonic))
    SNAPSHOTS.forget()


@pytest.fixture
def city(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:  # noqa: ARG001 a fixture asks by name
    load(monkeypatch)
    yield "pekalongan"
    SNAPSHOTS.forget()


@pytest.fixture
def phone(city: str, client: Client) -> Phone:  # noqa: ARG001
    return Phone(client)


def said(answer: Any) -> Any:
    """Return what a JSON answer says."""
    return json.loads(answer.content)
