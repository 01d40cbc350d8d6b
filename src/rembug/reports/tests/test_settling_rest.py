"""Settling leaves time for judging new reports."""

from types import SimpleNamespace

import pytest

from rembug.reports import tasks


def test_the_next_settling_waits_twice_as_long_as_the_last_one_took(monkeypatch: pytest.MonkeyPatch) -> None:
    at = SimpleNamespace(now=100.0)

    def works_for_five_seconds(**_: object) -> int:
        at.now += 5
        return 3

    monkeypatch.setattr(tasks, "time", SimpleNamespace(monotonic=lambda: at.now))
    monkeypatch.setattr(tasks, "settle_stirred", works_for_five_seconds)
    monkeypatch.setattr(tasks, "_rests_until", 0.0)
    assert tasks.settle.call() == 3
    at.now += 9
    assert tasks.settle.call() == 0
    at.now += 2
    assert tasks.settle.call() == 3
