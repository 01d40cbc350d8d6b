"""A short survey: what may be asked, what an answer is, and which choices a question has."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rembug.lib.errors import FieldFault, Invalid
from rembug.lib.shares import Z90

KINDS = ("one", "many", "scale", "number", "text")
MOST_QUESTIONS, MOST_OPTIONS, OPTION_MAX, ASK_MAX = 10, 12, 120, 240
SCALE = ("1", "2", "3", "4", "5")
BANDS = 5  # a number is kept as one of so many spans
TEXT_MAX = 400
LONGEST_DAYS = 120
LARGEST_NUMBER = 1_000_000
FEWEST_SHOWN = 50  # answers below which no share and no score is shown
GENDERS = ("f", "m")
AGES = ("0-17", "18-24", "25-44", "45-59", "60+")
PEOPLE: dict[str, tuple[str, ...]] = {"gender": GENDERS, "age": AGES}


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `options` are words of choices; `low`, `high` bound a number."""

    key: str
    kind: str
    ask: str
    options: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    def stored(self) -> dict[str, Any]:
        """Return the question as JSON."""
        return {
            "key": self.key,
            "kind": self.kind,
            "ask": self.ask,
            "options": list(self.options),
            "low": self.low,
            "high": self.high,
        }

    def choices(self) -> list[tuple[str, str]]:
        """Return code and words of each choice; a text has none."""
        if self.kind == "scale":
            return [(one, one) for one in SCALE]
        if self.kind == "number":
            return [(str(place), words) for place, words in enumerate(self._bands())]
        return [(str(place), words) for place, words in enumerate(self.options)]

    def band(self, value: int) -> str:
        """Return the span that a number lies in."""
        return str((value - self.low) // self._width())

    def _width(self) -> int:
        return max(-(-(self.high - self.low + 1) // BANDS), 1)

    def _bands(self) -> Iterator[str]:
        for start in range(self.low, self.high + 1, self._width()):
            end = min(start + self._width() - 1, self.high)
            yield str(start) if start == end else f"{start}–{end}"


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's sheet: codes and words by question; where they live and who they are, if they say."""

    choices: Mapping[str, tuple[str, ...]]
    words: Mapping[str, str] = field(default_factory=dict)
    area: str = ""
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """A mean of a scale from 0 to 100, with the 90 % interval widened by what is hidden."""

    value: float
    low: float
    high: float
    people: int


def score(counts: Sequence[int | None], hidden: int) -> Score | None:
    """Return the score of a scale; None below fifty answers that are told.

    `counts` by level from the lowest, None where hidden; `hidden` people stand somewhere among the hidden levels.
    """
    told = [(level, count) for level, count in enumerate(counts, start=1) if count is not None]
    people = sum(count for _, count in told)
    if people < FEWEST_SHOWN:
        return None
    places = [level for level, count in enumerate(counts, start=1) if count is None] if hidden else []
    total = sum(level * count for level, count in told)
    means = [total / people, *((total + level * hidden) / (people + hidden) for level in places)]
    # One more person who differs by a level: fifty that agree are no certainty.
    spread = (1 + sum(count * (level - means[0]) ** 2 for level, count in told)) / people
    half = Z90 * math.sqrt(spread / people)
    return Score(
        *(_percent((min(means) + max(means)) / 2), _percent(min(means) - half), _percent(max(means) + half)),
        people=people,
    )


def _percent(mean: float) -> float:
    return min(max((mean - 1) / (len(SCALE) - 1) * 100, 0.0), 100.0)


def read(stored: Mapping[str, Any]) -> Question:
    """Return the question that `Question.stored` wrote."""
    return Question(**{**stored, "options": tuple(stored["options"])})


def check_questions(questions: tuple[Question, ...]) -> None:
    """Raise `Invalid` naming what cannot be asked."""
    faults = tuple(_faults(questions))
    if faults:
        raise Invalid(faults[0].message, faults=faults)


def check_dates(opens: date, closes: date) -> None:
    """Raise `Invalid` where a survey ends before it begins or lasts too long."""
    if not 0 <= (closes - opens).days <= LONGEST_DAYS:
        message = f"Survei ditutup sesudah dibuka, paling lama {LONGEST_DAYS} hari."
        raise Invalid(message, faults=(FieldFault("closes_on", "range", message),))


def check_answer(questions: tuple[Question, ...], said: Answer) -> None:
    """Raise `Invalid` naming each question that is not answered as it asks; a text may stay empty."""
    message = "Jawab setiap pertanyaan. Periksa yang ditandai."
    wrong = [
        one.key for one in questions if one.kind != "text" and not _fits(one, said.choices.get(one.key, ()))
    ]
    if wrong:
        raise Invalid(message, faults=tuple(FieldFault(key, "missing", message) for key in wrong))


def _fits(one: Question, chosen: tuple[str, ...]) -> bool:
    known = {code for code, _ in one.choices()}
    if not set(chosen) <= known or len(set(chosen)) < len(chosen):
        return False
    return one.kind == "many" or len(chosen) == 1


def _faults(questions: tuple[Question, ...]) -> Iterator[FieldFault]:
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        yield FieldFault("questions", "count", f"Tulis 1 sampai {MOST_QUESTIONS} pertanyaan.")
    for one in questions:
        if one.kind not in KINDS or not 1 <= len(one.ask) <= ASK_MAX:
            yield FieldFault(
                one.key, "ask", f"Tulis pertanyaan, paling banyak {ASK_MAX} huruf, dan pilih jenisnya."
            )
        elif one.kind in {"one", "many"} and not _good_options(one.options):
            words = f"Tulis 2 sampai {MOST_OPTIONS} pilihan yang berbeda, satu baris satu pilihan."
            yield FieldFault(one.key, "options", words)
        elif one.kind == "number" and not 0 <= one.low < one.high <= LARGEST_NUMBER:
            yield FieldFault(one.key, "range", "Tulis angka terkecil dan terbesar yang mungkin.")


def _good_options(options: tuple[str, ...]) -> bool:
    return (
        2 <= len(options) <= MOST_OPTIONS
        and len(set(options)) == len(options)
        and all(0 < len(one) <= OPTION_MAX for one in options)
    )
