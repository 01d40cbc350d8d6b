"""What the forecast drafts, renews, refuses and calls off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from rembug.alerts.actions.draft import follow_up
from rembug.alerts.actions.release import refuse
from rembug.alerts.models import Alert
from rembug.alerts.queries.setup import facts_of
from rembug.alerts.rules.levels import Danger, Tide, danger
from rembug.alerts.tests import made
from rembug.alerts.tests.made import DEGAYU, KRAPYAK
from rembug.audit.models import Entry
from rembug.people.models import Body
from rembug.people.tests.town import make_person


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """It is noon."""
    with made.at(made.NOON):
        yield


def test_the_same_forecast_again_drafts_nothing_new(city: str) -> None:
    assert len(made.forecast(city, made.danger(), made.danger(KRAPYAK))) == 1
    assert made.forecast(city, made.danger(), made.danger(KRAPYAK)) == []
    row = Alert.objects.get()
    assert row.areas == sorted([DEGAYU, KRAPYAK])
    assert row.status == "Exercise"
    assert "12 sampai 28 cm" in row.words["id"]["description"]
    assert "Peluang: 70%" in row.words["id"]["description"]


def test_a_changed_forecast_voids_what_was_approved(city: str, group: Body) -> None:
    (row,) = made.forecast(city, made.danger())
    made.yes(row, group, "a")
    made.forecast(city, made.danger(), made.danger(KRAPYAK))
    row.refresh_from_db()
    assert (row.revision, row.areas) == (2, sorted([DEGAYU, KRAPYAK]))
    made.yes(row, group, "b")
    row.refresh_from_db()
    assert row.state == "draft"


def test_what_is_no_longer_feared_is_refused_before_and_called_off_after_release(
    city: str, group: Body
) -> None:
    made.forecast(city, made.danger())
    made.forecast(city)
    assert Alert.objects.get().state == "refused"
    row = made.released(city, group, group)
    assert made.forecast(city, made.danger()) == []
    (end,) = made.forecast(city)
    assert (end.kind, end.follows_id, end.state) == ("all-clear", row.pk, "draft")
    assert made.forecast(city) == []


def test_a_higher_level_is_drafted_where_a_lower_one_holds(city: str, group: Body) -> None:
    made.released(city, group, group)
    (row,) = made.forecast(city, made.danger(level="act", depth_low_cm=60, depth_high_cm=95))
    assert (row.level, row.severity) == ("act", "Severe")


@pytest.mark.parametrize(
    "now",
    [
        made.danger(hours=14),
        made.danger(depth_low_cm=30, depth_high_cm=60),
    ],
)
def test_a_released_warning_of_which_hour_or_depth_has_moved_gets_an_update_for_two_to_approve(
    city: str, group: Body, now: Danger
) -> None:
    row = made.released(city, group, group)
    assert made.forecast(city, made.danger(hours=11, depth_high_cm=35)) == [], "nearly the same"
    (update,) = made.forecast(city, now)
    assert (update.kind, update.follows_id, update.state) == ("update", row.pk, "draft")
    assert update.onset_at == now.at
    assert made.forecast(city, now) == [], "one draft is enough"
    made.yes(update, group, "a")
    made.yes(update, group, "b")
    row.refresh_from_db()
    assert row.state == "replaced"
    assert made.forecast(city, now) == []


def test_a_warning_that_falls_to_a_lower_level_gets_an_update_of_that_level(city: str, group: Body) -> None:
    made.released(city, group, group, made.danger(level="prepare", depth_low_cm=20, depth_high_cm=45))
    (update,) = made.forecast(city, made.danger(depth_low_cm=20, depth_high_cm=45))
    assert (update.kind, update.level, update.severity) == ("update", "watch", "Minor")


def test_an_update_that_waits_goes_with_the_forecast_and_voids_what_was_approved(
    city: str, group: Body
) -> None:
    made.released(city, group, group)
    (update,) = made.forecast(city, made.danger(hours=14))
    made.yes(update, group, "a")
    assert made.forecast(city, made.danger(hours=18)) == []
    update.refresh_from_db()
    assert (update.onset_at, update.revision, update.state) == (made.danger(hours=18).at, 2, "draft")
    made.yes(update, group, "b")
    update.refresh_from_db()
    assert update.state == "draft"
    assert made.forecast(city, made.danger()) == []
    update.refresh_from_db()
    assert update.state == "refused", "the warning is right again"
    assert len(made.forecast(city, made.danger(hours=18))) == 1


def test_an_update_that_waits_does_not_hold_up_the_all_clear_nor_that_the_next_update(
    city: str, group: Body
) -> None:
    row = made.released(city, group, group)
    (update,) = made.forecast(city, made.danger(hours=14))
    (end,) = made.forecast(city)
    update.refresh_from_db()
    assert (end.kind, end.follows_id, update.state) == ("all-clear", row.pk, "refused")
    assert made.forecast(city) == []
    (again,) = made.forecast(city, made.danger(hours=14))
    end.refresh_from_db()
    assert (again.kind, end.state) == ("update", "refused"), "what is feared again is not all clear"


def test_a_persons_own_update_is_left_alone_and_does_not_hold_up_the_all_clear(
    city: str, group: Body
) -> None:
    row = made.released(city, group, group)
    writer = replace(made.person(group), person_id=make_person("petugas@example.org").pk)
    own = follow_up(actor=writer, city=city, code=row.code, kind="update")
    assert [one.kind for one in made.forecast(city)] == ["all-clear"]
    own.refresh_from_db()
    assert (own.state, own.revision) == ("draft", 1)


def test_an_update_that_an_approver_refused_waits_until_the_forecast_moves_from_it(
    city: str, group: Body
) -> None:
    made.released(city, group, group)
    (update,) = made.forecast(city, made.danger(hours=14))
    refuse(actor=made.person(group), city=city, code=update.code, reason="Belum perlu.")
    assert made.forecast(city, made.danger(hours=14)) == []
    assert made.forecast(city, made.danger(hours=15)) == [], "nearly the same"
    (later,) = made.forecast(city, made.danger(hours=18))
    assert later.onset_at == made.danger(hours=18).at


def test_the_log_names_the_level_and_the_areas_of_the_update_not_of_the_warning_before(
    city: str, group: Body
) -> None:
    high: dict[str, Any] = {"level": "prepare", "depth_low_cm": 20, "depth_high_cm": 45}
    made.released(city, group, group, made.danger(**high), made.danger(KRAPYAK, **high))
    (update,) = made.forecast(city, made.danger(depth_low_cm=20, depth_high_cm=45))
    (entry,) = Entry.objects.filter(verb="alert.drafted", object_id=update.code)
    data = json.loads(entry.data)
    assert (data["level"], data["areas"]) == ("watch", [DEGAYU])


def test_an_old_forecast_starts_and_ends_nothing(city: str, group: Body) -> None:
    assert made.forecast(city, made.danger(), usable=False) == []
    made.released(city, group, group)
    assert made.forecast(city, usable=False) == []


def test_levels_need_their_probability_within_their_hours(city: str) -> None:
    levels = facts_of(city).levels
    now = datetime.fromisoformat(made.NOON)

    def level(hours: float, *chances: float) -> str:
        depths = dict(zip((10.0, 30.0, 70.0), chances, strict=True))
        found = danger(DEGAYU, [Tide(now + timedelta(hours=hours), 5, 60, depths)], levels, now)
        return found.level if found else ""

    assert level(10, 0.49, 0.2, 0.0) == ""
    assert level(10, 0.5, 0.2, 0.0) == "watch"
    assert level(10, 0.9, 0.5, 0.49) == "prepare"
    assert level(10, 0.9, 0.9, 0.5) == "act"
    assert level(30, 0.9, 0.9, 0.9) == "prepare"
    assert level(49, 1.0, 1.0, 1.0) == ""
    assert level(-1, 1.0, 1.0, 1.0) == ""
