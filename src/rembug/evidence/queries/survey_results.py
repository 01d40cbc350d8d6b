"""What a survey found, read from its newest frozen version and from nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rembug.evidence import shelf
from rembug.evidence.formats import rows
from rembug.evidence.queries.datasets import VersionFace, version
from rembug.evidence.queries.surveys import SurveyFace
from rembug.evidence.rules.survey import FEWEST_SHOWN, SCALE, Score, score
from rembug.lib.errors import NotFound
from rembug.lib.shares import Share, wilson


@dataclass(frozen=True, slots=True)
class OptionResult:
    """An answer with its share; None where it is hidden."""

    words: str
    people: int | None
    share: Share | None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """A question of the whole survey; no options where fewer than fifty answered."""

    ask: str
    kind: str
    answered: int
    options: tuple[OptionResult, ...]
    score: Score | None = None  # of a scale


@dataclass(frozen=True, slots=True)
class Results:
    """All questions, and the version they are read from."""

    version: VersionFace
    questions: tuple[QuestionResult, ...]

    @property
    def enough(self) -> bool:
        """Tell whether at least fifty answered."""
        return int(self.version.quality["answers"]) >= FEWEST_SHOWN


def results(city: str, face: SurveyFace) -> Results | None:
    """Return the results of a survey; None before its first frozen version."""
    if not face.dataset:
        return None
    try:
        _, newest = version(city, face.dataset)
    except NotFound:
        return None
    found: dict[str, list[dict[str, Any]]] = {}
    for row in frozen_rows(city, newest):
        if row["scope"] == "city":
            found.setdefault(row["question"].partition(".")[0], []).append(row)
    return Results(newest, tuple(_question(rows) for rows in found.values()))


def frozen_rows(city: str, face: VersionFace) -> list[dict[str, Any]]:
    """Return the frozen rows of a survey's version: a few hundred at most for each question."""
    path = shelf.local(f"{shelf.folder(city, face.slug, face.number)}/{rows.NAME}")
    return list(rows.open_rows(path).to_pylist())


def _question(rows: list[dict[str, Any]]) -> QuestionResult:
    answered = rows[0]["answered"]
    options = [
        OptionResult(row["answer"], row["people"], None if row["hidden"] else wilson(row["people"], answered))
        for row in rows
    ]
    return QuestionResult(
        ask=rows[0]["asked"],
        kind=rows[0]["kind"],
        answered=answered,
        options=tuple(options) if answered >= FEWEST_SHOWN else (),
        score=_score(rows, answered) if rows[0]["kind"] == "scale" else None,
    )


def _score(rows: list[dict[str, Any]], answered: int) -> Score | None:
    levels = {row["answer_code"]: row["people"] for row in rows}
    hidden = answered - sum(count for count in levels.values() if count is not None)
    return score([levels[level] for level in SCALE], hidden)
