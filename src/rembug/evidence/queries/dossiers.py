"""Dossiers as everybody sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import get_language

from rembug.evidence.models import Dossier, Review
from rembug.evidence.rules.claims import parts
from rembug.evidence.rules.indicators import INDICATORS
from rembug.lib.errors import NotFound
from rembug.people.models import Body
from rembug.places import queries as places

LISTED = 200


@dataclass(frozen=True, slots=True)
class ClaimFace:
    """A sentence with its number, and what it was reckoned from."""

    before: str
    number: str
    after: str
    indicator_name: str
    formula: str
    dataset: str
    version: int
    sha256: str
    area_names: tuple[str, ...]
    first: date
    last: date
    value: float
    low: float
    high: float
    coverage: float
    days_seen: int
    days: int
    is_share: bool


@dataclass(frozen=True, slots=True)
class ReviewFace:
    """What another body said."""

    body: str
    body_name: str
    verdict: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DossierFace:
    """One version of a dossier."""

    slug: str
    number: int
    title: str
    asked: str
    summary: str
    text: str
    body: str
    body_name: str
    authors: tuple[tuple[str, str], ...]
    content_hash: str
    note: str
    published_at: datetime
    claims: tuple[ClaimFace, ...] = ()
    reviews: tuple[ReviewFace, ...] = ()
    numbers: tuple[int, ...] = ()  # of all versions, newest first


def listed(city: str) -> list[DossierFace]:
    """Return the newest version of each dossier, newest first."""
    newest = Dossier.objects.filter(city=city, slug=OuterRef("slug")).order_by("-number").values("id")[:1]
    rows = Dossier.objects.filter(city=city, id=Subquery(newest)).select_related("body")
    return [_face(row) for row in rows.order_by("-published_at", "-id")[:LISTED]]


def dossier(city: str, slug: str, number: int | None = None) -> DossierFace:
    """Return one version, the newest where none is named. Raises `NotFound`."""
    rows = Dossier.objects.filter(city=city, slug=slug).select_related("body").order_by("-number")
    row = (rows.filter(number=number) if number else rows).first()
    if row is None:
        raise NotFound("Data dukung ini tidak ada.")
    return _face(row, rows)


def _face(row: Dossier, versions: QuerySet[Dossier] | None = None) -> DossierFace:
    more: dict[str, Any] = {}
    if versions is not None:
        more = {
            "claims": tuple(_claim(row.city, one) for one in row.claims),
            "reviews": tuple(_reviews(row.reviews.select_related("body").order_by("at", "id"))),
            "numbers": tuple(versions.values_list("number", flat=True)),
        }
    names = Body.objects.filter(public_id__in=row.authors).values_list("public_id", "name")
    return DossierFace(
        slug=row.slug,
        number=row.number,
        title=row.title,
        asked=row.asked,
        summary=row.summary,
        text=row.text,
        body=row.body.public_id,
        body_name=row.body.name,
        authors=tuple(names.order_by("name")),
        content_hash=row.content_hash,
        note=row.note,
        published_at=row.published_at,
        **more,
    )


def _claim(city: str, one: dict[str, Any]) -> ClaimFace:
    before, number, after = parts(one["sentence"])
    indicator = INDICATORS[one["indicator"]]
    same = ("dataset", "version", "sha256", "value", "low", "high", "coverage", "days_seen", "days")
    return ClaimFace(
        before=before,
        number=number,
        after=after,
        indicator_name=indicator.names[(get_language() or "id") == "en"],
        formula=indicator.formula,
        area_names=tuple(places.label(city, code) for code in one["areas"]),
        first=date.fromisoformat(one["first"]),
        last=date.fromisoformat(one["last"]),
        is_share=one["indicator"] == "flood_days",
        **{name: one[name] for name in same},
    )


def _reviews(rows: Iterable[Review]) -> Iterable[ReviewFace]:
    for row in rows:
        yield ReviewFace(row.body.public_id, row.body.name, row.verdict, row.words, row.at)
