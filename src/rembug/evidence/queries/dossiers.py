"""Dossiers as everybody sees them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from rembug.evidence.models import Dossier, Review
from rembug.evidence.queries.datasets import version
from rembug.evidence.rules.claims import parts
from rembug.evidence.rules.drawings import areas_drawn, days_drawn
from rembug.evidence.rules.indicators import INDICATORS
from rembug.evidence.words import counted
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
    chart: str = ""  # SVG of the days
    wet_days: int = 0
    counted: str = ""  # what was counted, in words


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
    areas: tuple[str, ...] = ()  # codes that the claims speak of
    area_names: tuple[str, ...] = ()
    map: str = ""  # SVG of the city with these areas


@dataclass(frozen=True, slots=True)
class Source:
    """A frozen version that a dossier rests on, and how good it is; shares of 1, None where nothing is known."""

    dataset: str
    version: int
    title: str
    sha256: str
    rows: int
    frozen_at: datetime
    verified: float | None
    probability: float | None
    silent: tuple[str, ...]  # names of areas that sent nothing


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


def citing(city: str, slugs: Collection[str]) -> list[DossierFace]:
    """Return the newest versions of dossiers with a claim on one of some datasets, newest first."""
    newest = Dossier.objects.filter(city=city, slug=OuterRef("slug")).order_by("-number").values("id")[:1]
    rows = Dossier.objects.filter(city=city, id=Subquery(newest)).select_related("body")
    found = rows.order_by("-published_at", "-id")[:LISTED] if slugs else ()
    return [_face(row) for row in found if any(one["dataset"] in slugs for one in row.claims)]


def sources(city: str, face: DossierFace) -> list[Source]:
    """Return the frozen versions behind a dossier's claims with their statements of quality."""
    found = []
    for slug, number in sorted({(claim.dataset, claim.version) for claim in face.claims}):
        dataset, frozen = version(city, slug, number)
        stated = frozen.quality
        silent = tuple(places.label(city, code) for code in stated.get("silent_areas", ()))
        found.append(
            Source(
                dataset=slug,
                version=number,
                title=dataset.title,
                sha256=frozen.content_hash,
                rows=frozen.row_count,
                frozen_at=frozen.frozen_at,
                verified=stated.get("share_verified"),
                probability=stated.get("mean_probability"),
                silent=silent,
            )
        )
    return found


def _face(row: Dossier, versions: QuerySet[Dossier] | None = None) -> DossierFace:
    more: dict[str, Any] = {}
    if versions is not None:
        marked = tuple(sorted({area for one in row.claims for area in one["areas"]}))
        more = {
            "areas": marked,
            "area_names": tuple(places.label(row.city, code) for code in marked),
            "map": mark_safe(areas_drawn(places.sketch(row.city), marked) if marked else ""),  # noqa: S308 our own drawing
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
        formula=indicator.formula[(get_language() or "id") == "en"],
        area_names=tuple(places.label(city, code) for code in one["areas"]),
        first=date.fromisoformat(one["first"]),
        last=date.fromisoformat(one["last"]),
        is_share=indicator.is_share,
        chart=mark_safe(_chart(one)),  # noqa: S308 our own drawing
        counted=counted(indicator.kind, one["days_seen"], one["days"]),
        wet_days=sum(bool(value) for value in one.get("series", ())),
        **{name: one[name] for name in same},
    )


def _chart(one: dict[str, Any]) -> str:
    return days_drawn(one["series"], date.fromisoformat(one["first"])) if one.get("series") else ""


def _reviews(rows: Iterable[Review]) -> Iterable[ReviewFace]:
    for row in rows:
        yield ReviewFace(row.body.public_id, row.body.name, row.verdict, row.words, row.at)
