"""What the rule needs of frozen versions: the indicator day by day, in the areas that should change and beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q

from rembug.commitments.models import Commitment
from rembug.commitments.rules.outcome import Panel
from rembug.evidence.queries.datasets import VersionFace
from rembug.evidence.queries.measured import Span, by_day, columns


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
    last = asked.first + timedelta(days=asked.days - 1)

    def panel(areas: tuple[str, ...]) -> Panel:
        return Panel(by_day(asked.city, rows, asked.indicator, Span(areas, asked.first, last)))

    return panel(asked.areas), tuple(panel((area,)) for area in asked.controls)


def to_measure(before: datetime) -> list[Commitment]:
    """Return the confirmed promises with a measure that have no verdict since a moment, oldest first."""
    rows = Commitment.objects.filter(state="delivered", confirmed=True).exclude(indicator="")
    rows = rows.annotate(last=Max("outcomes__at")).filter(Q(last=None) | Q(last__lt=before))
    return list(rows.order_by("id")[:500])


def measure_waits() -> bool:
    """Tell whether any promise with a measure stands delivered."""
    return Commitment.objects.filter(state="delivered", confirmed=True).exclude(indicator="").exists()
