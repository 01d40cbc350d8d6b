"""The table of observations: one NumPy array a column, one row a report."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import IntEnum, IntFlag
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

EARTH_M = 6_371_008.8
# Web Mercator's own limit; also keeps the scale factor finite.
MAX_LATITUDE = 85.0


class Claim(IntEnum):
    """What a report says about its place."""

    ABSENT = -1
    PRESENT = 1


class Photo(IntFlag):
    """What is known about the photo of a report; combine with `|`."""

    NONE = 0
    HAS = 1
    FITS = 2  # a person looked: it shows what is claimed
    EXIF_FITS = 4  # time and place in the file agree with the claim
    REUSED = 8  # seen before elsewhere, or older than the claim
    MISFIT = 16  # a person looked: it does not show what is claimed


class Located(IntEnum):
    """How the place of a report was found."""

    UNKNOWN = 0
    DEVICE = 1
    TAPPED = 2
    LANDMARK = 3


@dataclass(frozen=True, slots=True)
class Observations:
    """Reports as columns of equal length n. Times are epoch seconds, `nan` and -1 mean "not known".

    Build with `observations(...)`, which fills what is missing, sorts by key and checks.
    """

    key: Ints  # unique, stable
    category: Ints
    claim: Ints  # Claim
    seen_from: Floats  # first moment the claim speaks about
    seen_to: Floats  # last moment; "just now" is a quarter of an hour wide, "since yesterday" a day
    received: Floats
    lon: Floats
    lat: Floats
    accuracy_m: Floats
    located: Ints  # Located
    area: Ints  # kelurahan; incidents never cross it
    source: Ints  # device or person: one person, one voice
    community: Ints  # -1: none
    depth_low_cm: Floats
    depth_high_cm: Floats
    photo: Ints  # Photo flags
    text_hash: Ints  # equal for near-copies, 0 = no text
    channel: Ints
    place_sane: Bools
    time_sane: Bools
    physics: Floats  # log-likelihood ratio of the claim by tide and flood model, 0 = neutral
    source_right: Floats  # decisions by persons about this source's other reports
    source_wrong: Floats
    community_right: Floats
    community_wrong: Floats
    decision: Ints  # 0 none, +1 a person found it true, -1 found it false

    def __len__(self) -> int:
        return len(self.key)

    def take(self, rows: NDArray[Any]) -> Observations:
        """Rows by index or mask, in that order."""
        return replace(self, **{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    @property
    def mercator(self) -> tuple[Floats, Floats, Floats]:
        """x, y in Mercator metres and the local scale cos(lat): ground distance = scale × Mercator
        distance.
        """
        phi = np.radians(self.lat)
        return EARTH_M * np.radians(self.lon), EARTH_M * np.arcsinh(np.tan(phi)), np.cos(phi)


REQUIRED = ("key", "category", "lon", "lat", "seen_to", "source")
_DEFAULTS: dict[str, float] = {
    "claim": Claim.PRESENT,
    "accuracy_m": 20.0,
    "located": Located.UNKNOWN,
    "area": -1,
    "community": -1,
    "depth_low_cm": np.nan,
    "depth_high_cm": np.nan,
    "place_sane": True,
    "time_sane": True,
}
_TYPES: dict[str, Any] = {"Ints": np.int64, "Floats": np.float64, "Bools": np.bool_}


def observations(**columns: Any) -> Observations:
    """Table from arrays or lists of equal length; sorted by key, so that the order of rows never matters.

    Required: key, category, lon, lat, seen_to, source. Missing `seen_from` and `received` equal `seen_to`;
    other missing columns are neutral. Raises ValueError naming the column and what to do.
    """
    missing = [name for name in REQUIRED if name not in columns]
    names = {f.name: str(f.type) for f in fields(Observations)}
    unknown = sorted(set(columns) - set(names))
    if missing or unknown:
        raise ValueError(f"Columns missing: {missing}; unknown: {unknown}. Give the columns of Observations.")
    n = len(columns["key"])
    filled = {name: _column(name, columns, n, _TYPES[kind]) for name, kind in names.items()}
    table = Observations(**filled)
    _check(table)
    return table.take(np.argsort(table.key, kind="stable"))


def _column(name: str, columns: dict[str, Any], n: int, kind: Any) -> NDArray[Any]:
    given = columns.get(name)
    if given is None and name in ("seen_from", "received"):
        given = columns["seen_to"]
    if given is None:
        return np.full(n, _DEFAULTS.get(name, 0), dtype=kind)
    column: NDArray[Any] = np.asarray(given, dtype=kind)
    if column.shape != (n,):
        raise ValueError(f"Column {name} has shape {column.shape}, expected ({n},): one value a report.")
    return column


def _check(table: Observations) -> None:
    if len(np.unique(table.key)) != len(table):
        raise ValueError("Column key has duplicates: give each report once.")
    for name in ("lon", "lat", "seen_from", "seen_to", "accuracy_m", "physics"):
        if not np.isfinite(getattr(table, name)).all():
            raise ValueError(f"Column {name} holds values that are not finite: leave such reports out.")
    if (np.abs(table.lat) > MAX_LATITUDE).any() or (np.abs(table.lon) > 180).any():
        raise ValueError("Columns lon, lat: degrees WGS 84 expected, latitude within ±85.")
    if not np.isin(table.claim, (-1, 1)).all() or not np.isin(table.decision, (-1, 0, 1)).all():
        raise ValueError("Column claim must be -1 or 1, decision -1, 0 or 1.")
    if (table.seen_from > table.seen_to).any():
        raise ValueError("Column seen_from lies after seen_to: swap them.")


@dataclass(frozen=True, slots=True)
class Votes:
    """Confirmations (+1) and denials (-1) of reports by other people; any order, shape (m,)."""

    report: Ints  # key of the report
    voter: Ints  # same identity space as Observations.source
    value: Ints  # +1, -1
    cast: Floats  # epoch seconds; of several votes by one person on one report the last counts
    voter_right: Floats
    voter_wrong: Floats

    def __len__(self) -> int:
        return len(self.report)

    def take(self, rows: NDArray[Any]) -> Votes:
        """Rows by index or mask."""
        return replace(self, **{f.name: getattr(self, f.name)[rows] for f in fields(self)})


def votes(**columns: Any) -> Votes:
    """Votes from arrays; no argument: no votes. Missing record columns are 0. Raises ValueError on bad
    shapes.
    """
    n = len(columns.get("report", ()))
    names = {f.name: str(f.type) for f in fields(Votes)}
    if set(columns) - set(names):
        raise ValueError(f"Unknown vote columns {sorted(set(columns) - set(names))}.")
    table = Votes(**{name: _column(name, columns, n, _TYPES[kind]) for name, kind in names.items()})
    if not np.isin(table.value, (-1, 1)).all():
        raise ValueError("A vote is +1 (confirm) or -1 (deny).")
    return table


def one_voice(table: Observations, given: Votes) -> Votes:
    """The last vote of each person on each report that is in the table; nobody votes on their own report."""
    row = np.searchsorted(table.key, given.report)
    row = np.minimum(row, max(len(table) - 1, 0))
    if not len(table) or not len(given):
        return given.take(np.zeros(0, dtype=np.int64))
    valid = (table.key[row] == given.report) & (table.source[row] != given.voter)
    given = given.take(valid)
    order = np.lexsort((given.value, given.cast, given.voter, given.report))
    given = given.take(order)
    last = np.ones(len(given), dtype=bool)
    last[:-1] = (given.report[1:] != given.report[:-1]) | (given.voter[1:] != given.voter[:-1])
    return given.take(last)
