"""The tide engine beside `utide`, and its figures on Honolulu 2010 and Jakarta 2026.

    REMBUG_DATA=folder python benchmarks/tide.py

Prints one JSON object on its last line; names end in their unit.
"""

from __future__ import annotations

import csv
import json
import os
import time
from pathlib import Path
from typing import Any

import numpy as np
import utide
from utide.utilities import Bunch

from rob.io.series import Layout, read_series
from rob.io.stations import read_station
from rob.tide.fit import Place, fit, python_days
from rob.tide.synthesis import span, tide
from rob.tide.verify import verify
from rob.types import Station

DATA = Path(os.environ.get("REMBUG_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data") / "tide"


def coefficients(station: Station) -> Bunch:
    """The station's constants as `utide` wants them for a reconstruction without filters."""
    from utide._ut_constants import ut_constants  # noqa: PLC0415 (private, and only for this)

    names = [str(name).strip() for name in ut_constants.const.name]
    chosen = [c for c in station.constituents if c.name in names]
    index = np.array([names.index(c.name) for c in chosen])
    aux = Bunch(
        lat=station.latitude,
        reftime=float(python_days(np.array(["2015-01-01"], "datetime64[s]"))[0]),
        frq=ut_constants.const.freq[index],
        lind=index,
        opt=Bunch(
            twodim=False, notrend=True, nodsatlint=False, nodsatnone=False, nodesatlint=False, nodesatnone=False,
            gwchlint=False, gwchnone=False, prefilt=[], epoch="python", trend=False, nodal=True,
        ),
    )  # fmt: skip
    amplitude = np.array([c.amplitude for c in chosen])
    return Bunch(
        name=np.array([c.name for c in chosen]),
        A=amplitude,
        g=np.array([c.phase for c in chosen]),
        mean=0.0,
        slope=0.0,
        aux=aux,
        PE=np.full(len(chosen), 100.0),
        SNR=np.full(len(chosen), 1e6),
        A_ci=np.zeros(len(chosen)),
        g_ci=np.zeros(len(chosen)),
    )


def both(station: Station, times: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Ours, theirs, and CPU seconds of each."""
    tide(station, times[:10])
    began = time.process_time()
    ours = tide(station, times)
    spent = time.process_time() - began
    coef, days = coefficients(station), python_days(times)
    began = time.process_time()
    theirs = utide.reconstruct(days, coef, epoch="python", min_SNR=0, min_PE=0, verbose=False).h
    return ours, np.asarray(theirs), spent, time.process_time() - began


def honolulu() -> dict[str, Any]:
    """Largest departures from the published constants of amplitude over 1 cm."""
    series, _ = read_series(DATA / "hnl2010" / "HNL2010.asc", Layout(unit="mm"))
    with (DATA / "hnl2010" / "HNL2010_matlab_coef.csv").open() as file:
        wanted = {row["name"]: (float(row["A_mm"]), float(row["g_deg"])) for row in csv.DictReader(file)}
    found = {
        c.name: c for c in fit(series, Place("Honolulu", 21.0, -157.9), guards=False).station.constituents
    }
    large = {name: pair for name, pair in wanted.items() if pair[0] > 10.0}
    return {
        "honolulu_constituents_count": len(large),
        "honolulu_amplitude_worst_mm": round(
            max(abs(found[n].amplitude * 1000 - a) for n, (a, _) in large.items()), 6
        ),
        "honolulu_phase_worst_deg": round(
            max(abs((found[n].phase - g + 180) % 360 - 180) for n, (_, g) in large.items()), 6
        ),
    }


def main() -> None:
    """Run and print."""
    station = read_station(DATA / "jakarta" / "jakarta-161a-idn-uhslc_rq.json")
    known = coefficients(station).name.tolist()
    shared = Station(
        station.name,
        station.latitude,
        station.longitude,
        tuple(c for c in station.constituents if c.name in known),
    )
    ours, theirs, spent, took = both(shared, span("2005-01-01", "2025-01-01", 200)[:52560])
    wide, wanted, _, _ = both(shared, span("2005-01-01", "2025-01-01", 293))
    series, notes = read_series(DATA / "jakarta" / "observed_pasar_ikan_2026.csv", Layout(utc_offset=7.0))
    skill = verify(station, series, 7.0)
    print(
        json.dumps(
            {
                "constituents_count": len(known),
                "synthesis_52560_steps_cpu_s": round(spent, 4),
                "utide_52560_steps_cpu_s": round(took, 3),
                "synthesis_faster_ratio": round(took / spent, 1),
                "twenty_years_worst_difference_mm": round(1000 * float(np.abs(wide - wanted).max()), 6),
                "same_steps_worst_difference_mm": round(1000 * float(np.abs(ours - theirs).max()), 6),
                **honolulu(),
                "jakarta_values_count": skill.values,
                "jakarta_rms_cm": round(100 * skill.rms_m, 2),
                **{f"jakarta_lead_{h}_h_rms_cm": round(100 * v, 2) for h, v in skill.lead_rms_m.items()},
                "jakarta_daily_maxima_mae_cm": round(100 * skill.daily_mae_m, 2),
                "jakarta_daily_maxima_days": skill.daily_days,
                "jakarta_best_shift_h": skill.best_shift_hours,
                "jakarta_preparation_text": "; ".join(notes),
                "load_count": round(os.getloadavg()[0], 1),
            }
        )
    )


if __name__ == "__main__":
    main()
