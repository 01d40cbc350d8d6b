"""The sums of a survey as rows of a frozen version: small cells are joined before anything is written."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from rembug.evidence.models import Survey, SurveyTally
from rembug.evidence.queries.datasets import VersionFace
from rembug.evidence.queries.survey_results import frozen_rows
from rembug.evidence.queries.surveys import questions_of
from rembug.evidence.rules.disclosure import Before, Cells, Shown, atoms, protect
from rembug.evidence.rules.question import Asked
from rembug.evidence.rules.survey import PEOPLE
from rembug.lib.errors import Invalid
from rembug.places import queries as places

NO_ANSWER = "none"
NO_ANSWER_WORDS = "Tidak menjawab"
PEOPLE_ASK = {"gender": "Jenis kelamin (boleh tidak dijawab)", "age": "Umur (boleh tidak dijawab)"}
PEOPLE_WORDS = {"f": "Perempuan", "m": "Laki-laki"}


@dataclass(frozen=True, slots=True)
class Table:
    """What one question, or one choice of a question with several, counts: each person stands in one cell."""

    key: str
    kind: str
    ask: str
    words: dict[str, str]  # answer -> words, in the order of the question; answers that are told
    cells: Cells


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows to freeze and the statement of their quality."""

    rows: list[dict[str, Any]]
    quality: dict[str, Any]


def counted(city: str, asked: Asked, expected: list[str], last: VersionFace | None) -> Counted:
    """Return the rows of a survey, safe beside those of its last version.

    Raises `Invalid` where fewer people answered, or came since then, than may be told.
    """
    survey = Survey.objects.get(city=city, code=asked.survey)
    k = settings.SMALLEST_K
    tables = list(_tables(survey))
    before = _before(city, last) if last is not None else None
    shown = protect({table.key: table.cells for table in tables}, k, before)
    if not shown:
        since = " sejak versi sebelumnya" if last is not None else ""
        raise Invalid(f"Kurang dari {k} orang menjawab{since}. Jumlahnya tidak bisa diterbitkan.")
    rows = [row for table in tables for row in _rows(survey, table, shown[table.key])]
    own = {area for one in shown.values() for area in one.areas}
    return Counted(rows, _quality(survey, rows, own, expected) | {"smallest": k})


def _before(city: str, last: VersionFace) -> Before:
    """Return what a frozen version told: read from its rows, for nothing else of it is kept."""
    by_table: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in frozen_rows(city, last):
        by_table[row["question"]].append(row)
    shown = {key: _partition(rows) for key, rows in by_table.items()}
    told = {key: _told(rows) for key, rows in by_table.items()}
    return Before(shown, told, frozenset(last.quality["silent_areas"]))


def _partition(rows: list[dict[str, Any]]) -> Shown:
    areas = frozenset(row["area_code"] for row in rows if row["scope"] == "area")
    return Shown(areas, frozenset(row["answer_code"] for row in rows if not row["hidden"]))


def _told(rows: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    """Return the atoms of a table: areas, and the rest (all of the city where no area stands alone)."""
    has_areas = any(row["scope"] == "area" for row in rows)
    found: dict[tuple[str, str], int] = {}
    people: dict[str, int] = {}
    for row in rows:
        if row["scope"] == "city" and has_areas:
            continue
        area = row["area_code"] or ""
        people[area] = row["answered"]
        if row["people"] is not None:
            found[area, row["answer_code"]] = row["people"]
    for area, answered in people.items():
        found[area, ""] = answered - sum(count for (there, _), count in found.items() if there == area)
    return found


def _tables(survey: Survey) -> Iterator[Table]:
    sums: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for area, key, choice, number in SurveyTally.objects.filter(survey=survey).values_list(
        "area_code", "question", "choice", "number"
    ):
        sums[key][area, choice] = number
    sheets = {area: number for (area, _), number in sums[""].items()}
    for one in questions_of(survey):
        words = dict(one.choices())
        if one.kind == "many":
            for choice, said in one.choices():
                chosen = {area: sums[one.key].get((area, choice), 0) for area in sheets}
                cells = {(area, choice): number for area, number in chosen.items()}
                cells |= {(area, NO_ANSWER): sheets[area] - number for area, number in chosen.items()}
                yield Table(f"{one.key}.{choice}", one.kind, one.ask, {choice: said}, cells)
        elif one.kind != "text":
            yield Table(one.key, one.kind, one.ask, words | _none(), _whole(sums[one.key], sheets, words))
    for key, known in PEOPLE.items():
        words = {code: PEOPLE_WORDS.get(code, code) for code in known}
        if sums[key]:
            whole = _whole(sums[key], {"": sum(sheets.values())}, words)
            yield Table(key, "one", PEOPLE_ASK[key], words | _none(), whole)


def _none() -> dict[str, str]:
    return {NO_ANSWER: NO_ANSWER_WORDS}


def _whole(sums: dict[tuple[str, str], int], sheets: dict[str, int], answers: Iterable[str]) -> Cells:
    """Add those who did not answer, so that each person stands in one cell; what nobody chose is nought."""
    cells = {("", answer): 0 for answer in answers} | sums
    for area, number in sheets.items():
        cells[area, NO_ANSWER] = number - sum(count for (there, _), count in sums.items() if there == area)
    return cells


def _rows(survey: Survey, table: Table, shown: Shown) -> Iterator[dict[str, Any]]:
    cells = atoms(table.cells, shown)
    blocks = [("city", ""), *(("area", code) for code in sorted(shown.areas))]
    people = {area: sum(n for (there, _), n in cells.items() if there == area) for area, _ in cells}
    if people.get("") and shown.areas:
        blocks.append(("rest", ""))
    for scope, area in blocks:
        of = sum(people.values()) if scope == "city" else people.get(area, 0)
        for answer, words in table.words.items():
            told = answer in shown.answers
            where = people if scope == "city" else (area,)
            count = sum(cells.get((one, answer), 0) for one in where) if told else None
            yield _row(survey, table, (scope, area), (answer, words), (count, of))


def _row(
    survey: Survey,
    table: Table,
    place: tuple[str, str],
    answer: tuple[str, str],
    numbers: tuple[int | None, int],
) -> dict[str, Any]:
    (scope, area), (choice, words), (count, of) = place, answer, numbers
    named = "\x1f".join((survey.code, table.key, scope, area, choice))
    known = {one.code: one for one in places.areas(survey.city)}
    view = known.get(area)
    return {
        "code": hashlib.blake2b(named.encode(), digest_size=6).hexdigest(),
        "survey": survey.code,
        "question": table.key,
        "asked": table.ask,
        "kind": table.kind,
        "answer_code": choice,
        "answer": words,
        "scope": scope,
        "area_code": area or None,
        "area_name": view.name if view else None,
        "people": count,
        "answered": of,
        "share": round(count / of, 6) if count is not None and of else None,
        "hidden": count is None,
        "closed_at": _closed(survey).isoformat(),
        "lon": view.lon if view else None,
        "lat": view.lat if view else None,
    }


def _closed(survey: Survey) -> datetime:
    """Return when answers ended: by hand, or with the last day of the city."""
    zone = ZoneInfo(places.city(survey.city).timezone)
    end = datetime.combine(survey.closes_on + timedelta(days=1), time(0), zone)
    return min(survey.closed_at or end, end).astimezone(UTC).replace(microsecond=0)


def _quality(
    survey: Survey, rows: list[dict[str, Any]], own: set[str], expected: list[str]
) -> dict[str, Any]:
    sheets: dict[str, int] = {}
    paper = 0
    for area, number, of_paper in SurveyTally.objects.filter(survey=survey, question="").values_list(
        "area_code", "number", "paper"
    ):
        sheets[area], paper = number, paper + of_paper
    answers = sum(sheets.values())
    heard = [area for area in expected if sheets.get(area)]
    return {
        "rows": len(rows),
        "answers": answers,
        "share_paper": round(paper / answers, 4),
        "coverage_areas": round(len(heard) / len(expected), 4) if expected else None,
        "areas": [{"area_code": area, "rows": sheets[area]} for area in sorted(own)],
        "joined_areas": [area for area in heard if area not in own],
        "silent_areas": [area for area in expected if not sheets.get(area)],
        "hidden_cells": sum(row["hidden"] for row in rows),
    }
