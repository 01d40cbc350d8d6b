"""The real archive of February 2017 walks through the house: import, incidents, probabilities, map, open data."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from rembug.reports.models import Report
from rembug.reports.queries.snapshot import SNAPSHOTS
from tests.support.jakarta import make_pack


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def archive(real_data: Path, tmp_path: Path, db: None, settings: Any) -> list[Path]:  # noqa: ARG001
    settings.DEFAULT_CITY = "jakartauji"
    SNAPSHOTS.forget()
    run("city", "load", str(make_pack(real_data, tmp_path)))
    return sorted((real_data / "petabencana-2017" / "reports").glob("*.geojson"))


def bring(path: Path) -> str:
    return run("reports", "import", str(path), "--format", "petabencana", "--city", "jakartauji")


def test_the_archive_becomes_incidents_with_a_probability_each(archive: list[Path], client: Client) -> None:
    rows = sum(len(json.loads(path.read_text())["features"]) for path in archive)
    stored = sum(int(bring(path).split()[0]) for path in archive)
    assert stored > 0.99 * rows
    assert [bring(path).split()[0] for path in archive] == ["0"] * len(archive)
    run("reports", "process")
    run("reports", "settle")
    reports = json.loads(client.get("/api/v1/reports?limit=1000").content)["items"]
    assert len(reports) == stored
    assert all(0 < report["probability"] < 1 for report in reports)
    incidents = json.loads(client.get("/api/v1/incidents?limit=1000").content)["items"]
    floods = [report for report in reports if report["category"] == "rob" and report["claim"] == "present"]
    shared = [one for one in incidents if one["category"] == "rob" and one["report_count"] > 1]
    assert sum(one["report_count"] for one in incidents if one["category"] == "rob") == len(floods)
    # A third of the reports have a near-duplicate: they must not be as many happenings as reports.
    assert sum(one["report_count"] for one in shared) >= 0.3 * len(floods)
    assert timezone.now().year > 2017  # the archive is old: nothing of it is live
    assert json.loads(client.get("/api/v1/map?zoom=10").content)["total"] == 0
    lines = b"".join(client.get("/api/v1/reports.csv"))
    assert lines.count(b"\r\n") >= stored


def test_a_damaged_file_says_where_and_keeps_what_was_whole(archive: list[Path], tmp_path: Path) -> None:
    whole = archive[0].read_text()
    cut = tmp_path / "cut.geojson"
    cut.write_text(whole[: len(whole) // 2])
    with pytest.raises(Exception, match="terpotong"):
        bring(cut)
    kept = Report.objects.count()
    assert kept > 0.8 * (whole[: len(whole) // 2].count('"created_at"') - 1)
    assert int(bring(archive[0]).split()[0]) > 0  # the whole file adds what is missing
    assert Report.objects.count() > kept
