"""The living answer to a question: rows as the open data show them, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from rembug.cases.queries.archive import all_cases
from rembug.evidence.rules.question import Asked
from rembug.places import queries as places
from rembug.reports.queries import open_data
from rembug.reports.queries.open_data import Question

PAGE = 2_000


def rows(city: str, asked: Asked, before: datetime) -> Iterator[dict[str, Any]]:
    """Yield each public row that answers, received before a moment, in the order of arrival."""
    left_out = frozenset(asked.excluded)
    for row in _living(city, asked, before):
        if row["code"] not in left_out and asked.covers(row["area_code"]):
            yield row


def _living(city: str, asked: Asked, before: datetime) -> Iterator[dict[str, Any]]:
    area = asked.areas[0] if len(asked.areas) == 1 else ""
    if asked.subject == "cases":
        span = (asked.start, asked.end)
        return all_cases(city, category=asked.category, area=area, span=span, before=before)
    question = Question(
        city=city,
        start=asked.start,
        end=asked.end,
        min_probability=asked.min_probability or None,
        category=asked.category,
        area=area,
        received_before=before,
    )
    read = open_data.all_reports if asked.subject == "reports" else open_data.all_incidents
    return read(question, PAGE)


def expected_areas(city: str, asked: Asked) -> list[str]:
    """Return the codes of the smallest areas that a question asks for: those that could have sent something."""
    smallest = places.areas(city, level="kelurahan") or places.areas(city)
    return [area.code for area in smallest if asked.covers(area.code)]
