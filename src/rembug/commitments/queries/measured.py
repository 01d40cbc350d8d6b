"""What the rule needs of frozen versions: the indicator day by day, in the areas that should change and beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Max, Q

from rembug.commitments.models import Commitment
from rembug.commitments.rules.outcome import Panel
from rembug.evidence.queries.datasets import VersionFace
from rembug.evidence.queries.frozen import frozen
from rembug.evidence.rules.columns import MOMENT
from rembug.evidence.rules.indicators import Rows, daily
from rembug.places import queries as places


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator of a version, day by day from a first day on."""

    city: str
    version: VersionFace
    subject: str
    indicator: str
    areas: tuple[str, ...]
    controls: tuple[str, ...]
    first: date
    days: int


def panels(asked: Asked) -> tuple[Panel, tuple[Panel, ...]]:
    """Return the panel of the areas together, and one of each control area."""
    rows = columns(asked.city, asked.version, asked.subject)
    zone = ZoneInfo(places.city(asked.city).timezone)
    offset = datetime.combine(asked.first, time(12), zone).utcoffset()
    ahead = int(offset.total_seconds()) if offset else 0

    def panel(areas: tuple[str, ...]) -> Panel:
        return Panel(daily(rows, asked.indicator, areas, asked.first, asked.days, ahead))

    return panel(asked.areas), tuple(panel((area,)) for area in asked.controls)


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


def to_measure(before: datetime) -> list[Commitment]:
    """Return the confirmed promises with a measure that have no verdict since a moment, oldest first."""
    rows = Commitment.objects.filter(state="delivered", confirmed=True).exclude(indicator="")
    rows = rows.annotate(last=Max("outcomes__at")).filter(Q(last=None) | Q(last__lt=before))
    return list(rows.order_by("id")[:500])


def measure_waits() -> bool:
    """Tell whether any promise with a measure stands delivered."""
    return Commitment.objects.filter(state="delivered", confirmed=True).exclude(indicator="").exists()
