"""Indicators of a frozen version: its columns, day by day, and the mean of a span."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from rembug.evidence.queries.datasets import VersionFace
from rembug.evidence.queries.frozen import frozen
from rembug.evidence.rules.columns import MOMENT
from rembug.evidence.rules.indicators import INDICATORS, Measured, Rows, daily, measure
from rembug.places import queries as places


@dataclass(frozen=True, slots=True)
class Span:
    """Local days of some areas, the last one included."""

    areas: tuple[str, ...]
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def columns(city: str, version: VersionFace, subject: str) -> Rows:
    """Return the columns of a version that indicators are reckoned from."""
    table = frozen(city, version, subject).table
    low = table.column("depth_low_cm").cast(pa.float64()).to_numpy()
    high = table.column("depth_high_cm").cast(pa.float64()).to_numpy()
    wet = pc.equal(table.column("claim"), "present").to_numpy()
    return Rows(
        at=table.column(MOMENT[subject]).cast(pa.int64()).to_numpy(),
        areas=np.array([code or "" for code in table.column("area_code").to_pylist()], dtype=np.str_),
        wet=np.asarray(wet, bool),
        depth_cm=np.where(np.isnan(high), low, (low + high) / 2),
        probability=table.column("probability").to_numpy(),
    )


def by_day(city: str, rows: Rows, indicator: str, span: Span) -> NDArray[np.float64]:
    """Return an indicator for each day of a span, nan where nobody looked."""
    zone = ZoneInfo(places.city(city).timezone)
    offset = datetime.combine(span.first, time(12), zone).utcoffset()
    ahead = int(offset.total_seconds()) if offset else 0
    return daily(rows, indicator, span.areas, span.first, span.days, ahead)


def measured(city: str, version: VersionFace, indicator: str, span: Span) -> Measured:
    """Return an indicator of a version of reports over a span, with its interval and coverage."""
    rows = columns(city, version, "reports")
    return measure(by_day(city, rows, indicator, span), INDICATORS[indicator].min_coverage)
