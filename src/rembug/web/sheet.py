"""The evidence sheet of a dimension: baseline, output, outcome, impact, quick wins; each number with its source.

The parts are those of the evaluation of smart cities (2021). A part without data says so; nothing is estimated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy

from rembug.commitments.queries import promises
from rembug.commitments.rules.shapes import OutcomeFace, PromiseFace
from rembug.commitments.rules.states import is_kept
from rembug.commitments.words import OUTCOMES, STATES
from rembug.evidence.queries import datasets, surveys
from rembug.evidence.queries.survey_results import QuestionResult, results
from rembug.evidence.rules.indicators import INDICATORS
from rembug.lib.errors import NotFound
from rembug.places import queries as places

PARTS = {
    "baseline": gettext_lazy("Keadaan awal"),
    "output": gettext_lazy("Keluaran"),
    "outcome": gettext_lazy("Hasil"),
    "impact": gettext_lazy("Dampak menurut warga"),
    "quick_win": gettext_lazy("Quick win"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is, its number (None: not enough data) or state, and where that comes from."""

    part: str
    what: str
    value: float | None
    unit: str
    source: str
    address: str
    at: date | None = None
    low: float | None = None
    high: float | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of one dimension."""

    code: str
    name: str
    parts: tuple[tuple[str, str, tuple[Row, ...]], ...]

    @property
    def rows(self) -> list[Row]:
        """All lines, part by part."""
        return [row for _, _, rows in self.parts for row in rows]


def sheet(city: str, code: str) -> Sheet:
    """Return the sheet of a dimension. Raises `NotFound`."""
    row = next((one for one in places.city(city).dimensions if one.code == code), None)
    if row is None:
        raise NotFound("Dimensi ini tidak ada.")
    made = [one for one in promises.listed(city, dimension=code) if one.state != "withdrawn"]
    verdicts = promises.verdicts(city, [one.code for one in made])
    found = {
        "baseline": [*_frozen(city, code), *_baselines(made, verdicts)],
        "output": list(_outputs(made)),
        "outcome": list(_outcomes(made, verdicts)),
        "impact": list(impact(city, code)),
        "quick_win": [_stands("quick_win", one) for one in made if one.is_quick_win],
    }
    name = row.names.get(get_language() or "id") or row.names["id"]
    return Sheet(code, name, tuple((part, str(words), tuple(found[part])) for part, words in PARTS.items()))


def _frozen(city: str, code: str) -> Iterator[Row]:
    for face in datasets.catalogue(city):
        latest = face.latest
        if (
            code in face.dimensions
            and latest is not None
            and face.asked.subject not in {"surveys", "workshops"}
        ):
            source, address = _version(face.slug, latest.number)
            words, unit = face.title, gettext("baris data")
            yield Row("baseline", words, latest.row_count, unit, source, address, latest.frozen_at.date())


def _baselines(made: list[PromiseFace], verdicts: dict[str, OutcomeFace]) -> Iterator[Row]:
    for one in made:
        if one.indicator:
            last = verdicts.get(one.code)
            value = last.numbers.get("baseline") if last else None
            source, address = _version(one.dataset, last.version) if last else _promise(one)
            words = f"{_measure(one)}: {one.title}"
            yield Row("baseline", words, value, _unit(one), source, address, one.base_to)


def _outputs(made: list[PromiseFace]) -> Iterator[Row]:
    address = reverse("commitments:list")
    if made:
        kept = sum(is_kept(one.state, one.confirmed) for one in made)
        source, unit = gettext("Daftar komitmen"), gettext("komitmen")
        yield Row("output", gettext("Dijanjikan untuk dimensi ini"), len(made), unit, source, address)
        yield Row("output", gettext("Selesai dan dipastikan pihak lain"), kept, unit, source, address)
    for one in made:
        if one.state == "delivered":
            yield _stands("output", one)


def _outcomes(made: list[PromiseFace], verdicts: dict[str, OutcomeFace]) -> Iterator[Row]:
    for one in made:
        last = verdicts.get(one.code)
        if not one.indicator:
            continue
        known = last is not None and last.state != "unknown"
        numbers = last.numbers if last is not None and known else {}
        source, address = _version(one.dataset, last.version) if last else _promise(one)
        words = gettext("Perubahan") + f" {_measure(one)}: {one.title}"
        yield Row(
            part="outcome",
            what=words,
            value=numbers.get("change"),
            unit=_unit(one),
            source=source,
            address=address,
            at=last.after_to if last else None,
            low=numbers.get("low"),
            high=numbers.get("high"),
            state=str(OUTCOMES[last.state if last else "unknown"]),
        )


def impact(city: str, code: str) -> Iterator[Row]:
    """Yield what people said in the surveys of a dimension, each question of a scale with its score."""
    for face in surveys.of_dimension(city, code):
        found = results(city, face)
        if found is None:
            continue
        source, address = _version(found.version.slug, found.version.number)
        for question in found.questions:
            if question.kind == "scale":
                yield _scored(f"{face.title}: {question.ask}", question, source, address)


def _scored(words: str, question: QuestionResult, source: str, address: str) -> Row:
    score, unit = question.score, gettext("dari 100")
    if score is None:
        return Row("impact", words, None, unit, source, address)
    return Row("impact", words, score.value, unit, source, address, low=score.low, high=score.high)


def _stands(part: str, one: PromiseFace) -> Row:
    source, address = _promise(one)
    amount = float(one.amount) if one.amount is not None else None
    state = str(STATES[one.standing])
    return Row(part, one.title, amount, "Rp", source, address, one.delivered_on or one.due_on, state=state)


def _measure(one: PromiseFace) -> str:
    return INDICATORS[one.indicator].names[get_language() == "en"]


def _unit(one: PromiseFace) -> str:
    return INDICATORS[one.indicator].unit[get_language() == "en"]


def _version(slug: str, number: int) -> tuple[str, str]:
    words = gettext("%(slug)s, versi %(number)s") % {"slug": slug, "number": number}
    return words, reverse("evidence:version", args=[slug, number])


def _promise(one: PromiseFace) -> tuple[str, str]:
    words = gettext("Komitmen %(code)s") % {"code": one.code}
    return words, reverse("commitments:promise", args=[one.code])
