"""The schedule of a worker survives whatever it meets: a heart that stands still wakes nothing."""

from __future__ import annotations

import time

import pytest
from django.db.utils import InterfaceError, OperationalError

from rembug.lib import actions
from rembug.lib.management.commands import worker

MODULE = "rembug.lib.management.commands.worker"


class Enough(BaseException):
    """Ends the endless loop."""


def test_a_worker_whose_database_goes_away_begins_a_new_life(monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[Exception] = [OperationalError("away"), InterfaceError("closed")]

    def run(_worker: object) -> None:
        if faults:
            raise faults.pop(0)

    monkeypatch.setattr(f"{MODULE}.Worker.run", run)
    monkeypatch.setattr(f"{MODULE}.Worker.configure_signals", lambda _worker: None)
    monkeypatch.setattr(f"{MODULE}.connections.close_all", lambda: None)
    life, names = worker.Life("first"), ["first"]
    while not worker.work(life, once=False, interval=0.1):
        names.append(life.worker_id)
    assert len(set(names)) == 3


def test_the_heart_goes_on_after_any_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[Exception] = [OperationalError("away"), InterfaceError("closed"), ValueError("odd")]
    tried: list[int] = []

    def wake_due(_jobs: object) -> list[str]:
        tried.append(1)
        if faults:
            raise faults.pop(0)
        return []

    def sleep(_seconds: float) -> None:
        if len(tried) > 4:
            raise Enough

    monkeypatch.setattr(actions, "wake_due", wake_due)
    monkeypatch.setattr(actions, "beat", lambda _worker: None)
    monkeypatch.setattr(actions, "reclaim", lambda: 0)
    monkeypatch.setattr(f"{MODULE}.close_old_connections", lambda: None)
    monkeypatch.setattr(time, "sleep", sleep)
    with pytest.raises(Enough):
        worker._heart(worker.Life("test"))
    assert len(tried) == 5
