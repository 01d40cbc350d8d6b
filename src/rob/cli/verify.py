"""``rob verify``: how well a station file meets a gauge series, with the preparation written down."""

from __future__ import annotations

import argparse
import dataclasses
from typing import Any

from rob.cli import show
from rob.io.stations import read_station
from rob.tide import quality
from rob.tide.synthesis import formzahl, tide
from rob.tide.verify import Skill, verify


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "verify", help="skill of a station's tide and residual against a gauge series"
    )
    parser.add_argument("station", help="station file")
    parser.add_argument("series", help="gauge series")
    show.add_series(parser)
    show.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Run ``rob verify``."""
    station = read_station(options.station)
    series, notes = show.series(options, options.series)
    findings = quality.check(series, tide(station, series.times))
    series = quality.clean(series, findings)
    removed = sum(f.kind in {"spike", "stuck"} for f in findings)
    gaps = sum(f.kind == "gap" for f in findings)
    day = options.utc_offset if options.utc_offset is not None else round(station.longitude / 15.0)
    skill = verify(station, series, day)
    ratio, kind = formzahl(station)
    preparation = [
        *notes,
        f"{len(series.known().times)} values used, {removed} spikes or stuck spells removed, {gaps} gaps left as gaps",
        f"times read as UTC{options.utc_offset:+g}"
        if options.utc_offset is not None
        else "times carried their zone",
        "mean of the series removed for correlation, RMS and daily maxima",
        "at a lead, zero and residual come from the 25 hours before the time of issue only",
        f"days are those of UTC{day:+g}; a day counts with 20 values and no gap over 3 hours",
    ]
    result = {
        "station": station.name,
        "formzahl": ratio,
        "type": kind,
        "preparation": preparation,
    } | skill.as_dict()
    result["findings"] = [dataclasses.asdict(f) for f in findings]
    show.tell(
        options,
        result,
        lambda: "\n".join([*preparation, f"tide type {kind} (F = {ratio:.2f})", *_lines(skill)]),
    )


def _lines(skill: Skill) -> list[str]:
    leads = ", ".join(f"{hours} h {100 * rms:.1f} cm" for hours, rms in skill.lead_rms_m.items())
    daily = f"mean absolute error {100 * skill.daily_mae_m:.1f} cm, time {skill.daily_minutes:.0f} min"
    return [
        f"correlation {skill.correlation:.3f}, RMS {100 * skill.rms_m:.1f} cm",
        f"best shift {skill.best_shift_hours:+g} h",
        f"RMS with residual at lead {leads}",
        f"daily maxima: {skill.daily_days} days, {daily}",
    ]
