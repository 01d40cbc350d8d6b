"""The tide on outside data: Honolulu 2010 and Jakarta 2026."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from rob.io.series import Layout, read_series
from rob.io.stations import read_station
from rob.tests.data import needs
from rob.tide.fit import Place, fit
from rob.tide.verify import verify


def test_honolulu_gives_the_published_constants() -> None:
    pytest.importorskip("utide")
    series, _ = read_series(needs("tide/hnl2010/HNL2010.asc"), Layout(unit="mm"))
    with needs("tide/hnl2010/HNL2010_matlab_coef.csv").open() as file:
        wanted = {row["name"]: (float(row["A_mm"]), float(row["g_deg"])) for row in csv.DictReader(file)}
    found = {
        c.name: c for c in fit(series, Place("Honolulu", 21.0, -157.9), guards=False).station.constituents
    }
    for name, (amplitude, phase) in wanted.items():
        if amplitude > 10.0:
            assert found[name].amplitude * 1000.0 == pytest.approx(amplitude, abs=0.5), name
            assert abs((found[name].phase - phase + 180.0) % 360.0 - 180.0) < 0.5, name


def test_jakarta_is_predicted_from_constants_twenty_years_old() -> None:
    station = read_station(needs("tide/jakarta/jakarta-161a-idn-uhslc_rq.json"))
    series, notes = read_series(needs("tide/jakarta/observed_pasar_ikan_2026.csv"), Layout(utc_offset=7.0))
    assert any("sorted" in note for note in notes)
    skill = verify(station, series, 7.0)
    assert skill.rms_m <= 0.067
    assert skill.lead_rms_m["24"] <= 0.063
    assert skill.daily_mae_m <= 0.048
    assert skill.best_shift_hours == 0.0
    assert np.isclose(skill.correlation, 0.968, atol=0.002)
