"""How handling went, by body, kind or place: counts, and days until the answer as median and quartiles. No ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from statistics import quantiles
from typing import Any, Literal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import get_language

from rembug.cases.models import Case, Step
from rembug.cases.rules.states import OPEN
from rembug.lib import clock
from rembug.places import queries as places
from rembug.reports.queries.categories import categories

By = Literal["body", "category", "area"]
FIELDS: dict[By, tuple[str, str]] = {  # what is grouped, and what names it
    "body": ("body_id", "body__name"),
    "category": ("category", "category"),
    "area": ("area_code", "area_code"),
}
ENOUGH = 5  # a spread of fewer says nothing
SAME = timedelta(seconds=1)  # a step and the end that it brought: older rows were stamped one after the other
SPREAD = 1_000  # newest answers of a group that its spread rests on


@dataclass(frozen=True, slots=True)
class Figure:
    """How one body, kind or place did. `confirmed`: settled by somebody's word; the rest of `settled` by silence.

    Days until the answer are a median and quartiles; nothing below `ENOUGH` answers.
    """

    name: str
    open: int
    late: int
    answered: int
    settled: int
    confirmed: int
    median: float | None
    low: float | None
    high: float | None


def figures(city: str, by: By = "body") -> list[Figure]:
    """Return how it went, by name and in no order of success."""
    now = clock.now()
    key, name = FIELDS[by]
    told = (OuterRef("settled_at") - SAME, OuterRef("settled_at") + SAME)
    word = Step.objects.filter(case=OuterRef("pk"), verb="confirm", at__range=told)
    counted = (
        _cases(city, by)
        .values(key, name)
        .annotate(
            open=Count("id", filter=Q(state__in=OPEN)),
            late=Count("id", filter=Q(state__in=OPEN, due_at__lt=now)),
            answered=Count("id", filter=~Q(answered_at=None)),
            settled=Count("id", filter=Q(state="settled")),
            confirmed=Count("id", filter=Q(Exists(word), state="settled")),
        )
        .order_by(name)
    )
    days = _days(city, by)
    rows = [_figure(_name(city, by, row[name]), row, days.get(row[key], [])) for row in counted]
    return sorted(rows, key=lambda row: row.name)


def unassigned(city: str) -> int:
    """Return how many open cases no body has."""
    return Case.objects.filter(city=city, body=None, state__in=OPEN).count()


def _cases(city: str, by: By) -> QuerySet[Case]:
    rows = Case.objects.filter(city=city)
    if by == "body":
        return rows.exclude(body=None)
    return rows.exclude(area_code="") if by == "area" else rows


def _days(city: str, by: By) -> dict[Any, list[float]]:
    """Return for each group how many days its newest answers took."""
    key = FIELDS[by][0]
    newest = Window(RowNumber(), partition_by=key, order_by=F("answered_at").desc())
    answered = _cases(city, by).exclude(answered_at=None)
    rows = answered.annotate(place=newest).filter(place__lte=SPREAD)
    found: dict[Any, list[float]] = {}
    for group, began, ended in rows.values_list(key, "opened_at", "answered_at").iterator(2_000):
        found.setdefault(group, []).append((ended - began).total_seconds() / 86_400)
    return found


def _name(city: str, by: By, raw: str) -> str:
    if by == "area":
        return places.label(city, raw)
    if by == "category":
        kind = categories(city).get(raw)
        tongue = "en" if (get_language() or "id") == "en" else "id"
        return kind.names.get(tongue, raw) if kind else raw
    return raw


def _figure(name: str, row: Mapping[str, Any], days: list[float]) -> Figure:
    low, median, high = quantiles(days, n=4) if len(days) >= ENOUGH else (None, None, None)
    return Figure(
        name=name,
        open=row["open"],
        late=row["late"],
        answered=row["answered"],
        settled=row["settled"],
        confirmed=row["confirmed"],
        median=median,
        low=low,
        high=high,
    )
