"""How good a frozen answer is: coverage by area and hour, the share that persons verified, what changed.

"Sent nothing" is not "dry": an hour without a row is counted as not covered, never as an hour without water.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

HOUR_S = 3600


@dataclass(slots=True)
class Tally:
    """Counts rows as they pass; memory grows with areas × hours, not with rows."""

    rows: int = 0
    verified: int = 0
    located: int = 0
    probability: float = 0.0
    rungs: Counter[str] = field(default_factory=Counter)
    areas: Counter[str] = field(default_factory=Counter)
    hours: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    first: int | None = None
    last: int | None = None

    def take(self, area: str | None, at_s: int, row: Mapping[str, Any]) -> None:
        """Count one row: its area code, when it happened (seconds since 1970), and its values."""
        self.rows += 1
        self.rungs[row["rung"]] += 1
        self.verified += bool(row.get("decided")) or row["rung"] in {"verified", "refuted"}
        self.located += row["lon"] is not None
        self.probability += row["probability"]
        self.areas[area or ""] += 1
        hour = at_s // HOUR_S
        self.hours[area or ""].add(hour)
        self.first = hour if self.first is None else min(self.first, hour)
        self.last = hour if self.last is None else max(self.last, hour)

    def stored(self, expected: Iterable[str], start: datetime | None, end: datetime | None) -> dict[str, Any]:
        """Return the statement as JSON. `expected` are the areas that were asked for."""
        period = self._period(start, end)
        named = sorted({*expected, *(area for area in self.areas if area)})
        return {
            "rows": self.rows,
            "share_verified": _share(self.verified, self.rows),
            "share_located": _share(self.located, self.rows),
            "mean_probability": _share(self.probability, self.rows),
            "rungs": dict(sorted(self.rungs.items())),
            "period_hours": period,
            "areas": [
                {
                    "area_code": area,
                    "rows": self.areas[area],
                    "hours_with_rows": len(self.hours[area]),
                    "coverage": _share(len(self.hours[area]), period),
                }
                for area in named
            ],
            "silent_areas": [area for area in named if not self.areas[area]],
            "rows_without_area": self.areas[""],
        }

    def _period(self, start: datetime | None, end: datetime | None) -> int:
        """Hours of the asked period, or, where it is open, between the first and the last row."""
        first = int(start.timestamp()) // HOUR_S if start else self.first
        last = -(-int(end.timestamp()) // HOUR_S) if end else None if self.last is None else self.last + 1
        return 0 if first is None or last is None else max(last - first, 0)


@dataclass(slots=True)
class CaseTally:
    """Counts cases as they pass: who is held to a date, who kept it, which areas have none."""

    rows: int = 0
    held: int = 0
    due: int = 0
    kept: int = 0
    areas: Counter[str] = field(default_factory=Counter)

    def take(self, area: str | None, _at_s: int, row: Mapping[str, Any]) -> None:
        """Count one case."""
        self.rows += 1
        self.areas[area or ""] += 1
        self.held += row["answer_due_at"] is not None
        self.due += row["in_time"] is not None
        self.kept += bool(row["in_time"])

    def stored(
        self, expected: Iterable[str], _start: datetime | None, _end: datetime | None
    ) -> dict[str, Any]:
        """Return the statement as JSON. `expected` are the areas that were asked for."""
        named = sorted({*expected, *(area for area in self.areas if area)})
        return {
            "rows": self.rows,
            "share_held": _share(self.held, self.rows),
            "answers_known": self.due,
            "answers_in_time": self.kept,
            "areas": [{"area_code": area, "rows": self.areas[area]} for area in named],
            "silent_areas": [area for area in named if not self.areas[area]],
            "rows_without_area": self.areas[""],
        }


def _share(part: float, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
