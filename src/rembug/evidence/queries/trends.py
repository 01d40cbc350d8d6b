"""How an indicator went: month by month, and kelurahan by kelurahan, from one frozen version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from rembug.evidence.queries.answer import expected_areas
from rembug.evidence.queries.datasets import DatasetFace, VersionFace
from rembug.evidence.queries.frozen import frozen
from rembug.evidence.queries.kept import Kept
from rembug.evidence.queries.measured import Span, over
from rembug.evidence.rules.indicators import INDICATORS, Measured
from rembug.evidence.rules.question import Asked
from rembug.evidence.rules.trend import periods
from rembug.places import queries as places
from rembug.reports.queries.categories import categories

KEPT = 1024  # values
MOST_POINTS = 50_000  # of all series together


@dataclass(frozen=True, slots=True)
class Point:
    """An indicator over a month or week, both days included."""

    first: date
    last: date
    found: Measured


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator of one area, period by period."""

    area: str
    points: tuple[Point, ...]


def told_by(face: DatasetFace) -> tuple[str, ...]:
    """Return the indicators that a dataset's versions can tell: of reports of water, of incidents, or of cases."""
    asked = face.asked
    kind = categories(face.city).get(asked.category)
    if asked.subject == "reports" and not (kind and kind.is_flood):
        return ()
    return tuple(code for code, one in INDICATORS.items() if one.subject == asked.subject)


def trend(face: DatasetFace, version: VersionFace, indicator: str, area: str = "") -> Line:
    """Return an indicator of one area, of all that the dataset asks for where none is named."""
    return Line(area, _reckoned(face, version, indicator, (area,))[0])


def lines(face: DatasetFace, version: VersionFace, indicator: str) -> list[Line]:
    """Return an indicator of each kelurahan that a dataset asks for; the version is read once."""
    codes = tuple(expected_areas(face.city, face.asked))
    return [
        Line(code, points)
        for code, points in zip(codes, _reckoned(face, version, indicator, codes), strict=True)
    ]


Series = tuple[tuple[Point, ...], ...]
_known: Kept[Series] = Kept(MOST_POINTS, lambda series: sum(len(points) for points in series))
_spans: Kept[Measured] = Kept(KEPT)
_days: Kept[tuple[date, date] | None] = Kept(KEPT)


def spanned(face: DatasetFace, version: VersionFace, indicator: str, span: Span) -> Measured:
    """Return an indicator over one span; what was reckoned once is kept."""
    key = (version.slug, version.content_hash, indicator, span)
    return _spans.get(face.city, key, lambda: over(face.city, version, indicator, [span])[0])


def _reckoned(face: DatasetFace, version: VersionFace, indicator: str, areas: tuple[str, ...]) -> Series:
    """A frozen version says the same for ever: what was reckoned once is kept, the oldest forgotten first."""
    key = (version.slug, version.content_hash, indicator, *areas)
    return _known.get(face.city, key, lambda: tuple(_series(face, version, indicator, areas)))


def _series(
    face: DatasetFace, version: VersionFace, indicator: str, areas: tuple[str, ...]
) -> Iterator[tuple[Point, ...]]:
    days = span_of(face.city, version, face.asked)
    parts = periods(*days) if days else []
    whole = face.asked.areas or (places.city(face.city).code,)
    spans = [Span((one,) if one else whole, first, last) for one in areas for first, last in parts]
    found = iter(over(face.city, version, indicator, spans))
    for _ in areas:
        yield tuple(Point(first, last, next(found)) for first, last in parts)


def span_of(city: str, version: VersionFace, asked: Asked) -> tuple[date, date] | None:
    """Return the first and last whole local day that a version speaks of; None where it has no row and no dates.

    Kept once reckoned: a page asks it for each of many works.
    """
    key = (version.slug, version.content_hash, version.frozen_at, asked.subject, asked.start, asked.end)
    return _days.get(city, key, lambda: _days_of(city, version, asked))


def _days_of(city: str, version: VersionFace, asked: Asked) -> tuple[date, date] | None:
    zone = ZoneInfo(places.city(city).timezone)
    rows = frozen(city, version, asked.subject).span
    first = asked.start or (datetime.fromtimestamp(rows[0], UTC) if rows else None)
    if first is None:
        return None
    end = min(asked.end or version.frozen_at, version.frozen_at)
    return first.astimezone(zone).date(), end.astimezone(zone).date() - timedelta(days=1)
