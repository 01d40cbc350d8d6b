"""What a dimension's page shows beside the balance: its indicators over time, what people said, its threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from rembug.commitments.queries import promises
from rembug.commitments.rules.shapes import PromiseFace
from rembug.commitments.words import OUTCOMES, STATES
from rembug.deliberation.queries import answers
from rembug.deliberation.rules.shapes import DeliveryFace, ProposalFace
from rembug.evidence.queries import charts, trends
from rembug.evidence.queries.datasets import DatasetFace, VersionFace, catalogue
from rembug.places import queries as places
from rembug.reports.queries.categories import categories

ANSWERS_IN_TIME = (
    "governance"  # a dataset of cases tells how the city answers, whatever else it is tagged with
)
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Course:
    """An indicator over time, and the version that it is read from."""

    trend: charts.TrendFace
    source: str
    source_name: str


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A thread in one line: how far it has come."""

    title: str
    path: str
    state: str
    late: bool = False


def of_dimension(city: str, code: str) -> list[Course]:
    """Return each indicator that the dimension's newest frozen versions tell, from the one with most rows."""
    best: dict[str, tuple[DatasetFace, VersionFace]] = {}
    owners = {one.code: one.indicators for one in places.city(city).dimensions}
    elsewhere = {name for other, names in owners.items() if other != code for name in names}
    own = frozenset(owners.get(code, ()))
    belongs = _belongs(city, code)
    for face in catalogue(city):
        if face.latest is None:
            continue
        told = set(trends.told_by(face))
        fits = told & own | (told - elsewhere if belongs(face) else set())
        for indicator in sorted(fits):
            known = best.get(indicator)
            if known is None or known[1].row_count < face.latest.row_count:
                best[indicator] = (face, face.latest)
    return [_course(indicator, face, latest) for indicator, (face, latest) in best.items()]


def datasets_of(city: str, code: str) -> list[DatasetFace]:
    """Return the datasets of a dimension: so tagged, or of a category of it, or of cases for governance."""
    return list(filter(_belongs(city, code), catalogue(city)))


def _belongs(city: str, code: str) -> Callable[[DatasetFace], bool]:
    own = {kind.code for kind in categories(city).values() if kind.dimension == code}
    return lambda face: (
        code in face.dimensions
        or face.asked.category in own
        or (face.asked.subject == "cases" and code == ANSWERS_IN_TIME)
    )


def threads(
    asked: Sequence[ProposalFace], sheets: Sequence[DeliveryFace], made: Sequence[PromiseFace]
) -> list[ThreadLine]:
    """Return the threads of some proposals and of promises that answer to none, newest first."""
    found = [_of_proposal(one, sheets, made) for one in asked]
    found += [_of_promise(one) for one in made if not one.proposal]
    return found[:SHOWN]


def lines_of(city: str, asked: Sequence[ProposalFace]) -> list[ThreadLine]:
    """Return how far some proposals have come, in their order."""
    sheets = answers.of_proposals(city, [one.code for one in asked])
    made = promises.of_proposals(city, [one.code for one in asked])
    return [_of_proposal(one, sheets, made) for one in asked]


def _course(indicator: str, face: DatasetFace, latest: VersionFace) -> Course:
    points = trends.trend(face, latest, indicator).points
    path = reverse("evidence:measures-of", args=[face.slug, latest.number]) + f"?ukuran={indicator}"
    name = gettext("%(title)s, versi %(n)s") % {"title": face.title, "n": latest.number}
    return Course(charts.drawn(indicator, points), path, name)


def _of_proposal(
    one: ProposalFace, sheets: Sequence[DeliveryFace], made: Sequence[PromiseFace]
) -> ThreadLine:
    own = [sheet for sheet in sheets if sheet.proposal == one.code]
    kept = [promise for promise in made if promise.proposal == one.code]
    parts = [f"{one.stage_name} {one.cycle}"]
    if own:
        words = gettext("dijawab %(n)s dari %(of)s") % {
            "n": sum(bool(sheet.answer) for sheet in own),
            "of": len(own),
        }
        parts.append(words)
    if kept:
        parts.append(ngettext("%(n)s janji", "%(n)s janji", len(kept)) % {"n": len(kept)})
        parts += sorted({str(OUTCOMES[promise.outcome]) for promise in kept if promise.outcome})
    late = any(sheet.is_silent for sheet in own) or any(one.standing in {"late", "broken"} for one in kept)
    return ThreadLine(one.title, reverse("web:thread", args=["usulan", one.code]), " · ".join(parts), late)


def _of_promise(one: PromiseFace) -> ThreadLine:
    state = str(STATES.get(one.standing, one.standing))
    if one.outcome:
        state += f" · {OUTCOMES[one.outcome]}"
    path = reverse("web:thread", args=["komitmen", one.code])
    return ThreadLine(one.title, path, state, one.standing in {"late", "broken"})
