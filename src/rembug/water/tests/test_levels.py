"""Levels of the gauge: by command, by schedule; good values kept, bad ones named."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rembug.audit.models import Entry
from rembug.lib import clock, http
from rembug.lib.http import Answer, Unreachable
from rembug.water.actions.levels import fetch_levels
from rembug.water.models import Feed, Level
from rembug.water.queries.gauge import gauge_state
from rembug.water.tests import made

pytestmark = pytest.mark.django_db
IOC = "https://gauge.example/service.php?format=json"


@pytest.fixture(autouse=True)
def hand() -> Iterator[clock.Hand]:
    with clock.led(made.NOW) as leading:
        made.load()
        yield leading


def water(*words: str | Path) -> str:
    out = StringIO()
    call_command("water", *map(str, words), stdout=out)
    return out.getvalue()


def csv(folder: Path, hours: int = 30, spoilt: float | None = None, ahead: timedelta = timedelta()) -> Path:
    lines = ["waktu_utc,nilai"]
    for n in range(hours * 6, 0, -1):
        at = made.NOW - timedelta(minutes=10 * n) + ahead
        level = spoilt if spoilt is not None and n == 50 else made.level_cm(at) / 100
        lines.append(f"{at:%Y-%m-%d %H:%M:%S},{level:.3f}")
    path = folder / "gauge.csv"
    path.write_text("\n".join(lines))
    return path


def test_a_file_is_taken_once(tmp_path: Path) -> None:
    path = csv(tmp_path)
    assert "180 new" in water("levels", "import", path)
    assert "0 new, 0 changed, 180 known" in water("levels", "import", path)
    assert Level.objects.count() == 180
    assert Entry.objects.filter(verb="levels.imported").count() == 1


def test_a_spike_is_kept_named_and_not_used(tmp_path: Path) -> None:
    said = water("levels", "import", csv(tmp_path, spoilt=3.9))
    assert "1 not used" in said
    assert "spike" in said
    assert list(Level.objects.exclude(fault="").values_list("fault", flat=True)) == ["spike"]


def test_the_zero_of_the_gauge_is_added(tmp_path: Path) -> None:
    water("levels", "import", csv(tmp_path), "--zero", "-1.5")
    assert Level.objects.order_by("level_cm").first().level_cm < -180  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("waktu_utc,nilai\n2026-11-26 01:00:00,abc\n", "nilai in row 1"),
        ("waktu,nilai\n2026-11-26 01:00:00,1.0\n", "zone"),
        ("a,b\n1,2\n", "header"),
        ("", "no rows"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_a_remedy(tmp_path: Path, content: str, named: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(content)
    with pytest.raises(CommandError, match=rf"bad\.csv.*{named}"):
        water("levels", "import", path)
    assert not Level.objects.exists()


def test_levels_of_tomorrow_are_a_wrong_time_zone(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"times.*--utc-offset 7"):
        water("levels", "import", csv(tmp_path, ahead=timedelta(hours=7)))
    assert not Level.objects.exists()


def ioc(*, hours: int = 26) -> Answer:
    rows = [
        {"slevel": round(made.level_cm(at) / 100, 3), "stime": f"{at:%Y-%m-%d %H:%M:%S}"}
        for at in (made.NOW - timedelta(minutes=10 * n) for n in range(hours * 6))
    ]
    return Answer(200, {"content-type": "application/json"}, json.dumps(rows).encode(), IOC)


def test_a_feed_is_fetched_and_a_failure_is_shown_with_the_age_of_what_is_there(hand: clock.Hand) -> None:
    with http.using(lambda *_: ioc()):
        assert "brought 156 levels" in water("feed", IOC)
    hand.to(made.NOW + timedelta(hours=3))
    with http.using(lambda *_: Answer(503, {}, b"", IOC)):
        assert fetch_levels(actor=made.ACTOR, city=made.CITY) == 0
    state = gauge_state(made.CITY)
    assert "503" in state.fault
    assert state.age_s == 3 * 3600
    assert Level.objects.count() == 156


def test_an_answer_that_is_no_series_changes_nothing() -> None:
    page = Answer(200, {"content-type": "text/html"}, b"<html>login</html>", IOC)
    with http.using(lambda *_: page):
        assert "failed" in water("feed", IOC)
    assert not Level.objects.exists()


def test_a_feed_may_be_a_file_and_can_be_ended(tmp_path: Path) -> None:
    assert "180 levels" in water("feed", csv(tmp_path))
    water("feed", "")
    assert not Feed.objects.exists()


def test_a_silent_server_does_not_break_the_schedule() -> None:
    def silent(*_: object) -> Answer:
        raise Unreachable("gauge.example: no answer")

    with http.using(silent):
        assert "failed" in water("feed", IOC)
