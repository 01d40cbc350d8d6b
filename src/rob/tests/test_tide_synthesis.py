"""The tide curve against `utide`, and what is read off it."""

from __future__ import annotations

import numpy as np
import pytest

from rob.tests.stations import JAKARTA
from rob.tide import extremes, table
from rob.tide.synthesis import formzahl, predict, span, tide
from rob.types import Constituent, RobError, Station

utide = pytest.importorskip("utide")


def reference(station: Station, times: np.ndarray) -> np.ndarray:
    """The same sum by `utide`, with exact nodal factors and arguments at every time."""
    from utide._ut_constants import ut_constants  # noqa: PLC0415 (after the skip)
    from utide.harmonics import ut_E  # noqa: PLC0415

    names = [str(name).strip() for name in ut_constants.const.name]
    index = np.array([names.index(c.name) for c in station.constituents])
    days = (times - np.datetime64("0001-01-01", "s")).astype(float) / 86400.0 + 1.0
    basis = ut_E(days, days.mean(), ut_constants.const.freq[index], index, station.latitude, [0, 0, 0, 0], [])
    size = np.array([c.amplitude * np.exp(-1j * np.radians(c.phase)) for c in station.constituents])
    return np.asarray((basis * size).sum(axis=1).real)


@pytest.mark.parametrize("latitude", [-6.117, 21.3, 1.0, -60.0])
def test_twenty_years_agree_with_utide_to_a_millimetre(latitude: float) -> None:
    times = span("2005-01-01", "2025-01-01", 443)
    station = Station("x", latitude, 106.85, JAKARTA.constituents)
    assert np.abs(tide(station, times) - reference(station, times)).max() < 1e-6


def test_every_constituent_that_utide_knows_agrees_with_it() -> None:
    from utide._ut_constants import ut_constants  # noqa: PLC0415

    times = span("2010-01-01", "2029-01-01", 60 * 24 * 11 + 37)
    for name in (str(n).strip() for n in ut_constants.const.name):
        if name in table.known():
            station = Station("x", -6.1, 106.8, (Constituent(name, 1.0, 30.0),))
            assert np.abs(tide(station, times) - reference(station, times)).max() < 1e-6, name


def test_a_station_without_constants_is_told_so() -> None:
    with pytest.raises(RobError, match="x: constituents: the station has no constants"):
        tide(Station("x", 0.0, 0.0, ()), span("2026-01-01", "2026-01-02", 60))


def test_the_levels_stand_above_the_zero_of_the_gauge() -> None:
    times = span("2026-01-01", "2026-12-31", 60)
    assert predict(JAKARTA, times).levels.mean() == pytest.approx(2.049, abs=0.01)


@pytest.mark.parametrize(
    ("k1", "m2", "kind"),
    [
        (0.1, 1.0, "semidiurnal"),
        (1.0, 1.0, "mixed, mainly semidiurnal"),
        (2.0, 1.0, "mixed, mainly diurnal"),
        (4.0, 1.0, "diurnal"),
    ],
)
def test_the_tide_type_comes_from_the_constants(k1: float, m2: float, kind: str) -> None:
    station = Station("x", -6.0, 107.0, (Constituent("K1", k1, 0.0), Constituent("M2", m2, 0.0)))
    assert formzahl(station)[1] == kind


def test_high_waters_are_as_high_and_as_late_as_on_a_fine_curve() -> None:
    rough = extremes.waters(JAKARTA, "2026-06-01", "2026-06-20", 10).highs()
    fine = extremes.waters(JAKARTA, "2026-06-01", "2026-06-20", 1).highs()
    assert len(rough.times) == len(fine.times)
    assert np.abs(rough.levels - fine.levels).max() < 1e-4
    assert np.abs((rough.times - fine.times).astype(int)).max() < 60


def test_datums_are_in_order_and_near_those_of_the_gauge() -> None:
    found = extremes.datums(JAKARTA)
    order = [found[name] for name in ("LAT", "MLLW", "MLW", "MSL", "MHW", "MHHW", "HAT")]
    assert order == sorted(order)
    assert found["MHHW"] == pytest.approx(2.386, abs=0.03)
    assert found["LAT"] == pytest.approx(1.421, abs=0.06)


def test_the_rob_seasons_of_jakarta_are_the_solstices() -> None:
    found = extremes.maxima(JAKARTA, "2026-01-01", "2026-12-31T23:50", "M")
    highest = found.levels - 2.049
    assert highest == pytest.approx(
        [0.62, 0.52, 0.41, 0.58, 0.71, 0.74, 0.67, 0.53, 0.40, 0.47, 0.59, 0.63], abs=0.06
    )
    assert set(np.argsort(highest)[-3:]) == {4, 5, 6}


def test_king_tides_are_the_highest_and_keep_apart() -> None:
    found = extremes.king_tides(JAKARTA, "2026-01-01", "2027-01-01", 6)
    assert list(found.levels) == sorted(found.levels, reverse=True)
    apart = np.diff(np.sort(found.times)).astype(int)
    assert apart.min() >= 5 * 86400
    assert found.levels[0] == extremes.maxima(JAKARTA, "2026-01-01", "2026-12-31T23:50", "Y").levels[0]


def test_a_curve_with_a_gap_has_no_high_waters() -> None:
    times = span("2026-01-01", "2026-01-02", 60)
    levels = tide(JAKARTA, times)
    levels[3] = np.nan
    with pytest.raises(RobError, match="high and low waters need"):
        extremes.turning_points(times, levels)
