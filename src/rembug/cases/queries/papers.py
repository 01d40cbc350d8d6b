"""Which documents of a case a caller may have, and where they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from rembug.cases.models import Paper
from rembug.cases.queries.work import role_for
from rembug.cases.rules.papers import TYPES
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound

FOLDER = "papers"


@dataclass(frozen=True, slots=True)
class PaperFace:
    """One document: its address is `name`. `is_public`: everybody may have it, without the writer's name."""

    code: str
    title: str
    kind: str
    size: int
    name: str
    is_public: bool
    at: datetime
    step: int


@dataclass(frozen=True, slots=True)
class PaperFile:
    """Where the bytes lie, as what they are sent, and under which file name."""

    key: str
    mime: str
    file_name: str
    is_public: bool


def key(name: str) -> str:
    """Return the storage key of a document; nothing in it comes from a client."""
    return f"{FOLDER}/{name}"


def public(city: str, code: str) -> list[PaperFace]:
    """Return the documents of a case that everybody may have, oldest first."""
    rows = Paper.objects.filter(case__city=city, case__code=code).exclude(public_name="")
    return [_face(row, row.public_name) for row in rows.order_by("id")]


def of(actor: Actor, city: str, code: str) -> list[PaperFace]:
    """Return all documents of a case for those who handle it, oldest first; nothing for anybody else."""
    rows = Paper.objects.filter(case__city=city, case__code=code).select_related(
        "case__body", "case__about_body"
    )
    return [_face(row, row.name) for row in rows.order_by("id") if role_for(actor, row.case) is not None]


def by_step(papers: list[PaperFace]) -> Mapping[int, list[PaperFace]]:
    """Return documents by the step that they came with."""
    found: dict[int, list[PaperFace]] = {}
    for one in papers:
        found.setdefault(one.step, []).append(one)
    return found


def paper_file(name: str, *, actor: Actor, city: str) -> PaperFile:
    """Return a document's file. Raises `NotFound` alike for one that is not there and one not for this caller."""
    rows = Paper.objects.select_related("case__body", "case__about_body").filter(case__city=city)
    row = rows.filter(public_name=name).exclude(public_name="").first()
    is_public = row is not None
    if row is None:
        row = rows.filter(name=name).first()
    if row is None or not (is_public or role_for(actor, row.case) is not None):
        raise NotFound(gettext("Berkas ini tidak ada."))
    file_name = f"kasus-{row.case.code}-{row.code}.{row.kind}"
    return PaperFile(key(name), TYPES[row.kind], file_name, is_public)


def _face(row: Paper, name: str) -> PaperFace:
    return PaperFace(
        code=row.code,
        title=row.title,
        kind=row.kind,
        size=row.size,
        name=name,
        is_public=bool(row.public_name),
        at=row.at,
        step=row.step_id or 0,
    )
