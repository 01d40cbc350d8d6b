"""Who was asked, who answered, who promised, who kept: of the city, a body, a kelurahan, a dimension. No ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils.translation import get_language, gettext

from rembug.calls.queries import calls
from rembug.cases.queries.counts import counts as case_counts
from rembug.commitments.queries import promises
from rembug.commitments.rules.shapes import Kept, PromiseFace
from rembug.deliberation.queries import answers, proposals, voices
from rembug.deliberation.queries.setup import path_of, said
from rembug.deliberation.rules.shapes import Balance, DeliveryFace, ProposalFace
from rembug.deliberation.words import SPHERES
from rembug.evidence.queries.datasets import DatasetFace, catalogue
from rembug.lib import clock, say
from rembug.lib.errors import NotFound
from rembug.lib.pack import DistrictRow
from rembug.meetings.queries import meetings
from rembug.meetings.rules.shapes import MeetingFace
from rembug.people.queries.bodies import BodyFace, public_body
from rembug.places import queries as places
from rembug.reports.queries.handling import decided_by
from rembug.reports.queries.public.counts import counts
from rembug.web import courses, sheet

SPAN = timedelta(days=30)  # of what is counted beside each other
SHOWN = 30  # newest of each on a page; the sums count all


@dataclass(frozen=True, slots=True)
class Sphere:
    """One of the four actors: what it was asked, and what it promised."""

    code: str
    name: str
    asked: Balance
    kept: Kept


@dataclass(frozen=True, slots=True)
class Side:
    """One line of what people did and how government responded."""

    title: str
    people: str
    office: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything of one body, area or dimension."""

    title: str
    asked: Balance
    kept: Kept
    deliveries: tuple[DeliveryFace, ...] = ()
    proposals: tuple[ProposalFace, ...] = ()
    supported: tuple[ProposalFace, ...] = ()
    promises: tuple[PromiseFace, ...] = ()
    datasets: tuple[DatasetFace, ...] = ()
    meetings: tuple[MeetingFace, ...] = ()
    calls: int = 0
    joined: int = 0  # calls of others that its people joined
    decided: int = 0  # reports that its verifiers decided about
    body: BodyFace | None = None
    trends: tuple[courses.Course, ...] = ()  # indicators over time, of a dimension
    threads: tuple[courses.ThreadLine, ...] = ()
    said: tuple[sheet.Row, ...] = ()  # what people said in surveys, of a dimension
    dimension: str = ""
    missing: str = ""  # what would be needed to measure the dimension
    basis: str = ""  # how sure the bounds of an electoral district are


def spheres(city: str) -> list[Sphere]:
    """Return the four actors side by side."""
    asked, kept = answers.balance(city), promises.balance(city)
    return [Sphere(code, str(name), asked[code], kept[code]) for code, name in SPHERES.items()]


def two_sides(city: str) -> list[Side]:
    """Return people's part and government's part side by side: of 30 days; answers and promises of all time."""
    at, found = clock.now() - SPAN, {one.code: one for one in spheres(city)}
    seen, handled = counts(city, "", at, clock.now()), case_counts(city, "", at)
    asked, given = voices.since(city, at)
    people, office = _part(found, ("civil_society", "business")), _part(found, ("leadership", "bureaucracy"))
    return [
        Side(
            gettext("Yang dilihat dan ditangani"),
            gettext("%(n)s laporan warga") % {"n": say.number(seen.reports + seen.dry_reports)},
            gettext("%(of)s kasus dibuka, %(n)s dijawab, %(late)s terlambat")
            % {
                "n": say.number(handled.answered),
                "of": say.number(handled.opened),
                "late": say.number(handled.late),
            },
        ),
        Side(
            gettext("Yang diusulkan dan dijawab"),
            gettext("%(n)s usulan, %(voices)s suara") % {"n": say.number(asked), "voices": say.number(given)},
            gettext("%(n)s dari %(of)s permintaan dijawab, %(silent)s diam")
            % {"n": office.answered, "of": office.asked, "silent": office.silent},
        ),
        Side(gettext("Yang dijanjikan"), _kept_words(people), _kept_words(office)),
    ]


@dataclass(frozen=True, slots=True)
class _Sum:
    """Answers and promises of two of the four actors together."""

    asked: int
    answered: int
    silent: int
    made: int
    kept: int


def _part(found: dict[str, Sphere], codes: tuple[str, ...]) -> _Sum:
    own = [found[code] for code in codes]
    return _Sum(
        sum(one.asked.asked for one in own),
        sum(one.asked.answered for one in own),
        sum(one.asked.silent for one in own),
        sum(one.kept.made for one in own),
        sum(one.kept.kept for one in own),
    )


def _kept_words(part: _Sum) -> str:
    return gettext("%(n)s dari %(of)s janji ditepati") % {"n": part.kept, "of": part.made}


def of_body(city: str, public_id: str) -> Page:
    """Return what a body was asked, answered, promised, kept, and what it gave. Raises `NotFound`."""
    body = public_body(city=city, public_id=public_id)
    published = [face for face in catalogue(city) if face.publisher_id == public_id]
    return Page(
        body.name,
        answers.tally(city, body=public_id),
        promises.tally(city, body=public_id),
        deliveries=tuple(answers.of_body(city, public_id, SHOWN)),
        proposals=tuple(proposals.of_body(city, public_id)[:SHOWN]),
        supported=tuple(proposals.supported_by(city, public_id)[:SHOWN]),
        promises=tuple(promises.listed(city, body=public_id, limit=SHOWN)),
        datasets=tuple(published),
        meetings=tuple(meetings.of_body(city, public_id)),
        calls=len(calls.of_body(city, public_id)),
        joined=calls.joined_by(city, public_id),
        decided=decided_by(city, public_id),
        body=body,
    )


def of_area(city: str, code_or_slug: str) -> Page:
    """Return everything that was asked and promised for an area. Raises `NotFound`."""
    area = places.area(city, code_or_slug)
    asked = proposals.listed(city, area=area.code)[:SHOWN]
    sheets = answers.of_proposals(city, [one.code for one in asked])[:SHOWN]
    return Page(
        area.name,
        answers.tally(city, area=area.code),
        promises.tally(city, area=area.code),
        deliveries=tuple(sheets),
        proposals=tuple(asked),
        promises=tuple(promises.listed(city, area=area.code, limit=SHOWN)),
    )


def districts(city: str) -> list[tuple[str, str]]:
    """Return the electoral districts of the city's pack: code and name; none where the pack names none."""
    return [(one.code, said(one.names)) for one in _districts(city)]


def of_district(city: str, code: str) -> Page:
    """Return everything that was asked and promised in an electoral district. Raises `NotFound`."""
    found = next((one for one in _districts(city) if one.code == code), None)
    if found is None:
        raise NotFound("Daerah pemilihan ini tidak ada.")
    asked = [one for area in found.areas for one in proposals.listed(city, area=area)]
    made = [one for area in found.areas for one in promises.listed(city, area=area)]
    page = _page(city, said(found.names), asked, made)
    return replace(
        page,
        deliveries=page.deliveries[:SHOWN],
        proposals=page.proposals[:SHOWN],
        promises=page.promises[:SHOWN],
        basis=found.basis,
    )


def _districts(city: str) -> Sequence[DistrictRow]:
    try:
        return path_of(city).facts.districts
    except NotFound:
        return ()


def of_dimension(city: str, code: str) -> Page:
    """Return everything of one of the six dimensions. Raises `NotFound`."""
    row = next((one for one in places.city(city).dimensions if one.code == code), None)
    if row is None:
        raise NotFound("Dimensi ini tidak ada.")
    name = row.names.get(get_language() or "id") or row.names["id"]
    asked = [one for one in proposals.listed(city) if code in one.dimensions]
    made = promises.listed(city, dimension=code)
    page = _page(city, name, asked, made)
    return replace(
        page,
        deliveries=page.deliveries[:SHOWN],
        proposals=page.proposals[:SHOWN],
        promises=page.promises[:SHOWN],
        datasets=tuple(courses.datasets_of(city, code)),
        trends=tuple(courses.of_dimension(city, code)),
        threads=tuple(courses.threads(page.proposals, page.deliveries, page.promises)),
        said=tuple(sheet.impact(city, code)),
        dimension=code,
        missing=row.missing.get(get_language() or "id") or row.missing.get("id", ""),
    )


def dimensions(city: str) -> list[tuple[str, str]]:
    """Return the six dimensions: code and name."""
    tongue = get_language() or "id"
    return [(one.code, one.names.get(tongue) or one.names["id"]) for one in places.city(city).dimensions]


def _page(city: str, title: str, asked: list[ProposalFace], made: list[PromiseFace]) -> Page:
    sheets = answers.of_proposals(city, [one.code for one in asked])
    return Page(
        title,
        answers.sums(sheets),
        promises.kept(made),
        deliveries=tuple(sheets),
        proposals=tuple(asked),
        promises=tuple(made),
    )
