"""Where something went: a report into data, arguments, proposals and promises; one's own voices and words."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from rembug.deliberation.queries import voices
from rembug.deliberation.queries.voices import Said
from rembug.evidence.queries.comments import OwnComment, own_comments
from rembug.evidence.queries.datasets import DatasetFace, VersionFace, catalogue
from rembug.evidence.queries.dossiers import DossierFace, citing
from rembug.evidence.queries.frozen import holds
from rembug.lib.actor import Actor
from rembug.reports.queries import public
from rembug.reports.queries.public_types import ReportView
from rembug.web import courses
from rembug.web.thread import Thread, thread

MOST = 8  # datasets that are looked through


@dataclass(frozen=True, slots=True)
class ReportTrail:
    """Where one report went. `held`: frozen versions that contain it; `cited`: arguments that rest on those."""

    report: ReportView
    held: tuple[tuple[DatasetFace, VersionFace], ...]
    cited: tuple[DossierFace, ...]
    thread: Thread


@dataclass(frozen=True, slots=True)
class OwnTrail:
    """What this phone or account supported and wrote, and how far each has come."""

    supported: tuple[courses.ThreadLine, ...]
    argued: tuple[tuple[Said, str], ...]
    comments: tuple[tuple[OwnComment, str], ...]


def of_report(city: str, code: str) -> ReportTrail:
    """Return where a public report went. Raises `NotFound`."""
    found = public.report(city, code)
    held = tuple(_holding(city, found))
    slugs = [face.slug for face, _ in held]
    return ReportTrail(found, held, tuple(citing(city, slugs)), thread(city, "laporan", code))


def of_own(actor: Actor, city: str, secret: str) -> OwnTrail:
    """Return what this phone or account supported and wrote."""
    asked = voices.supported(actor, city, secret)
    said = voices.argued(actor, city, secret)
    return OwnTrail(
        supported=tuple(courses.lines_of(city, asked)),
        argued=tuple((one, reverse("web:thread", args=["usulan", one.proposal.code])) for one in said),
        comments=tuple(
            (one, reverse("web:thread", args=["dukung", one.slug]))
            for one in own_comments(actor, city, secret)
        ),
    )


def _holding(city: str, found: ReportView) -> list[tuple[DatasetFace, VersionFace]]:
    """Return the newest versions that contain a report: those that may are looked through, the newest first."""
    card = found.card
    area = card.area.code if card.area else None
    may = [
        (face, face.latest)
        for face in catalogue(city)
        if face.asked.subject == "reports"
        and face.asked.category in {"", card.category.code}
        and face.asked.covers(area)
        and face.latest is not None
        and face.latest.frozen_at > card.received_at
    ]
    return [(face, latest) for face, latest in may[:MOST] if holds(city, latest, card.code)]
