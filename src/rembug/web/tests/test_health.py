"""What watchers are told: whether the server lives, whether it can work, and figures without people."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from pytest_django import Settings

from rembug.lib import clock, pulse
from rembug.lib.models import WorkerBeat
from rembug.reports.models import Photo, Refusal

pytestmark = pytest.mark.django_db


def beat(seconds_ago: float) -> None:
    WorkerBeat.objects.create(worker_id="w1", at=clock.now() - timedelta(seconds=seconds_ago))


def figures(client: Client) -> dict[str, float]:
    """Return the metrics by name and labels; every line has to be in the format."""
    lines = client.get("/metrics").content.decode().splitlines()
    rows = [
        re.fullmatch(r'(rembug_\w+(?:\{\w+="[\w-]+"\})?) (\d+(?:\.\d+)?(?:e\+\d+)?)', line)
        for line in lines
        if line[0] != "#"
    ]
    assert all(rows)
    return {row[1]: float(row[2]) for row in rows if row}


def test_alive_needs_no_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "readiness", lambda: pytest.fail("not asked"))
    assert client.get("/healthz").content == b"ok\n"


def test_ready_with_a_living_worker(client: Client) -> None:
    beat(5)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"database": "ok", "migrations": "ok", "worker": "ok"},
    )


def test_not_ready_when_the_worker_is_silent_for_a_minute(client: Client) -> None:
    assert "none has started" in client.get("/readyz").json()["worker"]
    beat(75)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert re.match(r"silent for 7\d s", answer.json()["worker"])


def test_not_ready_while_migrations_are_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    beat(5)
    monkeypatch.setattr(pulse, "_seen", set())
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [("reports.0099", False)])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "1 missing; run: rembug migrate")


def test_not_ready_without_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", away)
    assert client.get("/readyz").json()["database"] == "away"


def test_figures_are_in_prometheus_format(client: Client) -> None:
    Refusal.objects.create(city="pekalongan", hour=clock.now(), channel="web", reason="too-many", count=7)
    beat(3)
    found = figures(client)
    assert found['rembug_reports_refused_total{reason="too-many"}'] == 7
    assert found["rembug_reports_received_total"] == found["rembug_reports_waiting"] == 0
    assert found["rembug_worker_silent_seconds"] < 60
    assert found["rembug_database_bytes"] > 0
    assert {f'rembug_photos{{state="{state}"}}' for state in Photo.State.values} <= set(found)


def test_a_call_through_a_proxy_is_told_nothing(client: Client) -> None:
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_a_watcher_elsewhere_shows_the_token(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "long and random"
    ask = {"X-Forwarded-For": "192.0.2.7", "Authorization": "Bearer long and random"}
    assert client.get("/metrics", headers=ask).status_code == 200
    assert client.get("/metrics", headers=ask | {"Authorization": "Bearer other"}).status_code == 404
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers=ask | {"Authorization": "Bearer "}).status_code == 404
