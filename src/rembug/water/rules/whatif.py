"""What may be changed in a what-if, and what comes of it area by area."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from rembug.lib.errors import FieldFault, Invalid
from rembug.lib.pack import WaterFacts
from rembug.lib.pack.water_types import Outlook, Point, WhatIf
from rembug.water.rules.land import Floats

OUTLOOKS = ("now", "low", "middle", "high")
LEVELS_M = (-1.0, 3.0)
HIGHEST_CREST_M, LONGEST_M, STRONGEST = 10.0, 5000.0, 100.0
WET_CM = 3.0
LEASE = "water.computer"  # one process computes at a time
MEMBERS = 24  # of an ensemble over errors of ground and sea
METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Change:
    """A what-if: highest sea level in metres above today's mean, outlook, and works by the codes of the pack."""

    level_m: float
    outlook: str = "now"
    crest_m: Mapping[str, float] = field(default_factory=dict)
    extend_m: Mapping[str, float] = field(default_factory=dict)
    pumps_m3_s: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Tell whether it changes nothing."""
        return self.outlook == "now" and not (self.crest_m or self.extend_m or self.pumps_m3_s)

    def plain(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)


def change_of(asked: Mapping[str, Any] | WhatIf) -> Change:
    """Return the change that was asked, from stored JSON or the pack."""
    plain = asdict(asked) if isinstance(asked, WhatIf) else dict(asked)
    return Change(**{name: plain[name] for name in Change.__dataclass_fields__})


def check(change: Change, facts: WaterFacts) -> None:
    """Raise `Invalid` naming each field that cannot be, with its remedy."""
    faults = [*_ranges(change), *_works(change, facts)]
    if change.is_empty:
        faults.append(FieldFault("change", "empty", "Skenario kosong. Ubah tanggul, pompa, atau tahun."))
    if faults:
        raise Invalid("Skenario belum bisa dihitung.", faults=tuple(faults))


def _ranges(change: Change) -> list[FieldFault]:
    faults = []
    if not (math.isfinite(change.level_m) and LEVELS_M[0] <= change.level_m <= LEVELS_M[1]):
        faults.append(FieldFault("level_m", "range", "Tulis muka laut antara −1 dan 3 meter."))
    if change.outlook not in OUTLOOKS:
        faults.append(FieldFault("outlook", "choice", "Pilih salah satu tahun yang tersedia."))
    limits = (
        ("crest_m", change.crest_m, HIGHEST_CREST_M, "Tulis puncak tanggul antara 0 dan 10 meter."),
        ("extend_m", change.extend_m, LONGEST_M, "Tulis panjang tambahan antara 0 dan 5.000 meter."),
        ("pumps_m3_s", change.pumps_m3_s, STRONGEST, "Tulis kapasitas pompa antara 0 dan 100 m³ per detik."),
    )
    for name, values, most, remedy in limits:
        if not all(math.isfinite(value) and 0 <= value <= most for value in values.values()):
            faults.append(FieldFault(name, "range", remedy))
    return faults


def _works(change: Change, facts: WaterFacts) -> list[FieldFault]:
    dykes, pumps = {row.code for row in facts.dykes}, {row.code for row in facts.pumps}
    faults = []
    if {*change.crest_m, *change.extend_m} - dykes:
        faults.append(FieldFault("crest_m", "unknown", "Pilih tanggul yang ada di kota ini."))
    if set(change.pumps_m3_s) - pumps:
        faults.append(FieldFault("pumps_m3_s", "unknown", "Pilih pompa yang ada di kota ini."))
    return faults


def lines_of(change: Change, facts: WaterFacts) -> tuple[tuple[tuple[Point, ...], float], ...]:
    """Return every dyke as it would be: raised (never lowered) and extended beyond its last point."""
    return tuple(
        (
            extended(row.points, change.extend_m.get(row.code, 0.0)),
            max(row.crest_m, change.crest_m.get(row.code, 0.0)),
        )
        for row in facts.dykes
    )


def extended(points: Sequence[Point], metres: float) -> tuple[Point, ...]:
    """Return a line that goes on beyond its last point in the same direction."""
    if metres <= 0:
        return tuple(points)
    (a_lon, a_lat), (b_lon, b_lat) = points[-2], points[-1]
    wide = METRES_PER_DEGREE * math.cos(math.radians(b_lat))
    east, north = (b_lon - a_lon) * wide, (b_lat - a_lat) * METRES_PER_DEGREE
    share = metres / max(math.hypot(east, north), 1.0)
    return (*points, (b_lon + (b_lon - a_lon) * share, b_lat + (b_lat - a_lat) * share))


def between(low: float, high: float, outlook: str) -> float:
    """Return the end or middle of a published range that an outlook takes; nothing for today."""
    return {"now": 0.0, "low": low, "middle": (low + high) / 2, "high": high}[outlook]


def rate_of(code: str, outlook: Outlook) -> tuple[float, float]:
    """Return the published range of sinking of an area, metres a year: of the first row that covers it."""
    for row in outlook.sinking:
        if any(code == one or code.startswith(one + ".") for one in row.codes):
            return row.m_per_year
    return (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class AreaChange:
    """One area before and after: share of its land under water, typical depth where wet (centimetres)."""

    code: str
    name: str
    share_before: float
    share_after: float
    depth_before: float
    depth_after: float


def area_change(code: str, name: str, before_cm: Floats, after_cm: Floats) -> AreaChange:
    """Return what a what-if does to the cells of an area."""
    return AreaChange(code, name, _share(before_cm), _share(after_cm), _depth(before_cm), _depth(after_cm))


def _share(depth_cm: Floats) -> float:
    known = depth_cm[np.isfinite(depth_cm)]
    return round(float((known >= WET_CM).mean()), 3) if len(known) else 0.0


def _depth(depth_cm: Floats) -> float:
    wet = depth_cm[np.nan_to_num(depth_cm) >= WET_CM]
    return round(float(np.median(wet))) if len(wet) else 0.0
