"""Gauge series: quality control, fitting with its guards, and the residual."""

from __future__ import annotations

import dataclasses
import sys

import numpy as np
import pytest

from rob.tests.stations import JAKARTA, gauge
from rob.tide import nowcast, quality
from rob.tide.fit import Place, fit
from rob.tide.synthesis import span, tide
from rob.tide.verify import check_time_zone, verify
from rob.types import RobError, Series

PLACE = Place("own", -6.117, 106.85)


def kinds(series: Series) -> set[str]:
    """Kinds of what the quality control finds."""
    return {found.kind for found in quality.check(series, tide(JAKARTA, series.times))}


def test_a_clean_series_has_nothing_to_say() -> None:
    assert kinds(gauge("2026-01-01", 30, noise=0.04)) == set()


def test_gaps_spikes_stuck_values_and_jumps_are_found_where_they_are() -> None:
    series = gauge("2026-01-01", 40, noise=0.03)
    levels = series.levels.copy()
    levels[100] += 1.0
    levels[300:306] = levels[300]
    levels[600:] += 0.3
    keep = np.ones(len(levels), bool)
    keep[800:830] = False
    found = quality.check(dataclasses.replace(series, times=series.times[keep], levels=levels[keep]))
    found += quality.check(
        dataclasses.replace(series, times=series.times[keep], levels=levels[keep]),
        tide(JAKARTA, series.times[keep]),
    )
    by = {f.kind: f for f in found}
    assert by["spike"].start == series.times[100]
    assert by["stuck"].start == series.times[300]
    assert abs((by["jump"].start - series.times[600]).astype(int)) < 6 * 3600
    assert by["jump"].size == pytest.approx(0.3, abs=0.06)
    assert by["gap"].size == pytest.approx(31.0)


def test_a_sinking_gauge_shows_as_drift() -> None:
    series = gauge("2024-01-01", 730, minutes=180, noise=0.03, memory=0.7)
    years = (series.times - series.times[0]).astype(float) / 86400.0 / 365.25
    sinking = dataclasses.replace(series, levels=series.levels + 0.09 * years)
    drift = [f for f in quality.check(sinking, tide(JAKARTA, series.times)) if f.kind == "drift"]
    assert drift[0].size == pytest.approx(0.09, abs=0.015)
    assert not [f for f in quality.check(series, tide(JAKARTA, series.times)) if f.kind == "drift"]


def test_a_jump_of_the_zero_is_no_sinking() -> None:
    series = gauge("2024-01-01", 730, minutes=180, noise=0.03, memory=0.7)
    jumped = dataclasses.replace(
        series, levels=series.levels + np.where(series.times > np.datetime64("2025-01-01"), 0.5, 0.0)
    )
    assert kinds(jumped) == {"jump"}


@pytest.mark.parametrize("seed", range(6))
def test_a_year_of_a_steady_gauge_shows_no_drift(seed: int) -> None:
    assert "drift" not in kinds(gauge("2025-01-01", 370, minutes=180, noise=0.06, memory=0.97, seed=seed))


def test_levelling_brings_the_whole_series_to_its_newest_zero() -> None:
    series = gauge("2023-01-01", 3 * 365, minutes=180, noise=0.03, memory=0.7)
    years = (series.times - series.times[-1]).astype(float) / 86400.0 / 365.25
    step = np.where(series.times < np.datetime64("2024-02-01"), -0.3, 0.0)
    faulty = dataclasses.replace(series, levels=series.levels + 0.08 * years + step)
    found, notes = quality.level(faulty, quality.check(faulty, tide(JAKARTA, series.times)))
    assert len(notes) == 2
    assert np.abs(found.levels - series.levels).max() < 0.06
    assert found.levels[-1] == faulty.levels[-1]


def test_cleaning_removes_exactly_what_was_listed() -> None:
    series = gauge("2026-01-01", 20)
    levels = series.levels.copy()
    levels[50] += 2.0
    dirty = dataclasses.replace(series, levels=levels)
    clean = quality.clean(dirty, quality.check(dirty, tide(JAKARTA, series.times)))
    assert np.flatnonzero(np.isnan(clean.levels)).tolist() == [50]


def test_repeated_and_unsorted_times_are_merged_by_their_median() -> None:
    times = np.array(
        ["2026-01-01T01:00", "2026-01-01T00:00", "2026-01-01T01:00", "2026-01-01T01:00"], "datetime64[s]"
    )
    series, notes = quality.arrange(times, np.array([1.0, 5.0, 2.0, 9.0]))
    assert series.levels.tolist() == [5.0, 2.0]
    assert len(notes) == 2


def test_a_series_of_nothing_but_gaps_is_refused() -> None:
    times = np.array(["2026-01-01T01:00"], "datetime64[s]")
    with pytest.raises(RobError, match="no level is a number"):
        quality.arrange(times, np.array([np.nan]))


def next_year_error(days: float) -> float:
    """Standard error of the next year's tide from constants of a record of so many days, metres."""
    found = fit(gauge("2021-01-01", days, minutes=180, noise=0.08, memory=0.73), PLACE, JAKARTA)
    times = span("2022-01-01", "2023-01-01", 60)
    return float((tide(found.station, times) - tide(JAKARTA, times)).std())


@pytest.mark.parametrize(("days", "most"), [(29, 0.09), (180, 0.05), (365, 0.035)])
def test_short_records_with_a_neighbour_beat_what_utide_gives_alone(days: float, most: float) -> None:
    pytest.importorskip("utide")
    assert next_year_error(days) < most


def test_nothing_is_fitted_that_the_step_of_the_series_cannot_show() -> None:
    pytest.importorskip("utide")
    found = fit(gauge("2021-01-01", 40, minutes=180), PLACE, JAKARTA)
    assert sum(c.amplitude for c in found.station.constituents) < 1.0
    assert any("too fast for the step" in note for note in found.notes)


def test_a_year_keeps_its_annual_tide() -> None:
    pytest.importorskip("utide")
    found = fit(gauge("2021-01-01", 365, minutes=180), PLACE)
    size = {c.name: c.amplitude for c in found.station.constituents}
    assert size["SA"] == pytest.approx(0.0559, abs=0.004)
    assert any("SA" in note and "forced" in note for note in found.notes)
    assert any("diurnal" in note for note in found.notes)


def test_a_short_record_borrows_and_infers_and_says_so() -> None:
    pytest.importorskip("utide")
    found = fit(gauge("2021-03-01", 60, minutes=120), PLACE, JAKARTA)
    size = {c.name: c.amplitude for c in found.station.constituents}
    assert size["P1"] == pytest.approx(0.0760, abs=0.006)
    assert size["SA"] == pytest.approx(0.0559)
    assert any("borrowed" in note for note in found.notes)
    assert any("inferred" in note for note in found.notes)
    assert found.station.trust == "low"


@pytest.mark.parametrize(
    ("series", "problem"),
    [
        (gauge("2021-01-01", 10), "the record covers 10.0 days"),
        (gauge("2021-01-01", 60), "60 days cannot separate P1 from K1 nor K2 from S2"),
    ],
)
def test_a_record_too_short_says_how_long_it_must_be(series: Series, problem: str) -> None:
    with pytest.raises(RobError, match=problem):
        fit(series, PLACE)


def test_without_utide_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "utide", None)
    with pytest.raises(RobError, match=r"utide: the package is not installed.*rembug\[rob-fit\]"):
        fit(gauge("2021-01-01", 60), PLACE, JAKARTA)


def test_a_record_with_more_gaps_than_levels_is_refused() -> None:
    series = gauge("2021-01-01", 200)
    half = np.arange(len(series.times)) < 800
    half[-2:] = True
    with pytest.raises(RobError, match="of the record is there"):
        fit(dataclasses.replace(series, levels=np.where(half, series.levels, np.nan)), PLACE, JAKARTA)


def test_the_forecast_says_what_it_rests_on_and_widens_with_the_lead() -> None:
    series = gauge("2026-01-01", 10, noise=0.06)
    now = series.times[-1]
    times = now + (3600 * np.array([1, 24, 160])).astype("timedelta64[s]")
    fresh = nowcast.forecast(JAKARTA, times, issued=now, gauge=series)
    assert fresh.basis == "gauge and tide"
    assert (np.diff(fresh.sigma) > 0).all()
    kept = nowcast.observe(JAKARTA, series, now)
    late = now + np.timedelta64(30 * 3600, "s")
    after = times + np.timedelta64(30 * 3600, "s")
    assert nowcast.forecast(JAKARTA, after, issued=late, last=kept).basis == "tide and last residual"
    alone = nowcast.forecast(JAKARTA, times, issued=now)
    assert alone.basis == "tide and climate"
    assert alone.levels == pytest.approx(2.049 + tide(JAKARTA, times))


def test_a_surge_lifts_the_next_hours_and_fades_after_days() -> None:
    series = gauge("2026-01-01", 10)
    surge = dataclasses.replace(series, levels=series.levels + 0.2)
    now = series.times[-1]
    times = now + (3600 * np.array([1, 24 * 20])).astype("timedelta64[s]")
    found = nowcast.forecast(JAKARTA, times, issued=now, gauge=surge)
    rest = found.levels - 2.049 - found.tide
    assert rest[0] == pytest.approx(0.2, abs=0.01)
    assert rest[1] < 0.01


def test_a_forecast_of_the_past_is_refused() -> None:
    now = np.datetime64("2026-01-01T00:00", "s")
    with pytest.raises(RobError, match="must be after the time of issue"):
        nowcast.forecast(JAKARTA, np.array([now]), issued=now)


def test_the_chance_of_passing_a_level_is_the_normal_one() -> None:
    chance = nowcast.exceedance(np.array([1.0, 1.0, 1.2]), np.array([0.1, 0.1, 0.1]), 1.1)
    assert chance == pytest.approx([0.158655, 0.158655, 0.841345], abs=1e-6)


def test_the_climate_learns_the_season_of_the_residual() -> None:
    series = gauge("2025-01-01", 365)
    month = series.times.astype("datetime64[M]").astype(int) % 12
    lifted = dataclasses.replace(series, levels=series.levels + np.where(month == 11, 0.12, 0.0))
    found = nowcast.learn_climate(JAKARTA, lifted)
    assert found.mean[11] - found.mean[5] == pytest.approx(0.12, abs=0.005)


def test_a_series_in_the_wrong_time_zone_is_noticed() -> None:
    series = gauge("2026-01-01", 20, noise=0.03)
    shifted = dataclasses.replace(series, times=series.times + np.timedelta64(7 * 3600, "s"))
    with pytest.raises(RobError, match=r"phase_reference: the tide fits gauge.csv with a shift of -7 h"):
        check_time_zone(JAKARTA, shifted)


def test_verification_needs_two_days() -> None:
    with pytest.raises(RobError, match=r"only 25 levels. Give at least two days of levels \(48 values\)"):
        verify(JAKARTA, gauge("2026-01-01", 1), 7.0)


def test_verification_of_a_perfect_series_finds_no_error() -> None:
    skill = verify(JAKARTA, gauge("2026-01-01", 6), 7.0)
    assert skill.rms_m < 1e-9
    assert skill.daily_mae_m < 0.01
    assert skill.as_dict()["values"] == 145
