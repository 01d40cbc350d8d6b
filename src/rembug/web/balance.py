"""Who was asked, who answered, who promised, who kept: of the city, a body, a kelurahan, a dimension. No ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language

from rembug.calls.queries import calls
from rembug.commitments.queries import promises
from rembug.commitments.rules.shapes import Kept, PromiseFace
from rembug.deliberation.queries import answers, proposals
from rembug.deliberation.queries.setup import path_of, said
from rembug.deliberation.rules.shapes import Balance, DeliveryFace, ProposalFace
from rembug.deliberation.words import SPHERES
from rembug.evidence.queries.datasets import DatasetFace, catalogue
from rembug.lib.errors import NotFound
from rembug.lib.pack import DistrictRow
from rembug.meetings.queries import meetings
from rembug.meetings.rules.shapes import MeetingFace
from rembug.people.queries.bodies import BodyFace, public_body
from rembug.places import queries as places
from rembug.reports.queries.handling import decided_by
from rembug.web import courses, sheet

SHOWN = 30  # newest of each on a page; the sums count all


@dataclass(frozen=True, slots=True)
class Sphere:
    """One of the four actors: what it was asked, and what it promised."""

    code: str
    name: str
    asked: Balance
    kept: Kept


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
    courses: tuple[courses.Course, ...] = ()  # indicators over time, of a dimension
    threads: tuple[courses.ThreadLine, ...] = ()
    said: tuple[sheet.Row, ...] = ()  # what people said in surveys, of a dimension
    dimension: str = ""
    basis: str = ""  # how sure the bounds of an electoral district are


def spheres(city: str) -> list[Sphere]:
    """Return the four actors side by side."""
    asked, kept = answers.balance(city), promises.balance(city)
    return [Sphere(code, str(name), asked[code], kept[code]) for code, name in SPHERES.items()]


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
        courses=tuple(courses.of_dimension(city, code)),
        threads=tuple(courses.threads(page.proposals, page.deliveries, page.promises)),
        said=tuple(sheet.impact(city, code)),
        dimension=code,
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
