"""One report with everything that helps a person to judge it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.lib.masking import distance_m
from rembug.reports.models import Decision, Photo, Report
from rembug.reports.queries import table as tables
from rembug.reports.queries.categories import categories
from rembug.reports.queries.public.faces import Faces
from rembug.reports.queries.public_types import AreaFace, CategoryFace, Reason
from rembug.reports.queries.reasons import readable
from rembug.reports.queries.work.scope import DECIDERS, is_own

NEIGHBOURS = 8


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another report near by: how far in metres, how long apart in minutes, and whether it says the same."""

    code: str
    claim: str
    depth_class: str
    metres: int
    minutes: int
    rung: str
    supports: bool


@dataclass(frozen=True, slots=True)
class SeenPhoto:
    """A photo as handlers see it, with its private signals."""

    name: str
    state: str
    width: int
    height: int
    reused: bool
    fits: bool | None
    exif_at: datetime | None
    exif_m: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision, signed by the body that made it."""

    id: int
    verdict: str
    reason: str
    words: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """A report as a verifier sees it: true place, original words. `seen` is the id of the last decision, 0 for none."""

    code: str
    category: CategoryFace
    area: AreaFace | None
    claim: str
    depth_class: str
    setting: str
    since: str
    observed_at: datetime
    received_at: datetime
    lon: float
    lat: float
    accuracy_m: int | None
    located_by: str
    landmark: str
    text: str
    text_public: str
    corrections: tuple[str, ...]
    channel: str
    foreign_ref: str
    is_private: bool
    state: str
    state_reason: str
    probability: float
    rung: str
    reasons: tuple[Reason, ...]
    photos: tuple[SeenPhoto, ...]
    support: tuple[Neighbour, ...]
    against: tuple[Neighbour, ...]
    decisions: tuple[Judgement, ...]
    incident: str
    incident_reports: int
    is_own: bool

    @property
    def seen(self) -> int:
        """Return the id of the decision that counts now."""
        return self.decisions[0].id if self.decisions else 0


def case(*, actor: Actor, city: str, code: str) -> Case:
    """Return one report for who may judge it. Raises `NotFound`, `NotAllowed`."""
    rows = Report.objects.filter(city=city, code=code).exclude(state=Report.State.ERASED)
    row = rows.select_related("incident").first()
    if row is None:
        raise NotFound("Laporan ini tidak ada.")
    actor.require(*DECIDERS, city=city, area=row.area_code)
    faces, near = Faces(city), _neighbours(row)
    return Case(
        code=row.code,
        category=faces.category(row.category),
        area=faces.areas.get(row.area_code),
        claim=row.claim,
        depth_class=row.depth_class,
        setting=row.setting,
        since=row.since,
        observed_at=row.observed_at,
        received_at=row.received_at,
        lon=row.lon,
        lat=row.lat,
        accuracy_m=None if row.accuracy_m is None else round(row.accuracy_m),
        located_by=row.located_by,
        landmark=row.landmark,
        text=row.text,
        text_public=row.text_public,
        corrections=tuple(row.corrections.order_by("at").values_list("words", flat=True)),
        channel=row.channel,
        foreign_ref=row.foreign_ref,
        is_private=row.visibility != "public",
        state=row.state,
        state_reason=row.state_reason,
        probability=row.probability,
        rung=row.rung,
        reasons=readable(row.reasons),
        photos=photos_of(row),
        support=tuple(one for one in near if one.supports),
        against=tuple(one for one in near if not one.supports),
        decisions=_decisions(row),
        incident=row.incident.code if row.incident else "",
        incident_reports=row.incident.report_count if row.incident else 1,
        is_own=is_own(actor, row),
    )


def photos_of(row: Report) -> tuple[SeenPhoto, ...]:
    """Return a report's photos that are developed, oldest first."""
    waiting = [Photo.State.RECEIVED, Photo.State.REFUSED]
    return tuple(seen_photo(photo) for photo in row.photos.exclude(state__in=waiting).order_by("pk"))


def seen_photo(photo: Photo) -> SeenPhoto:
    """Return one photo as handlers see it."""
    return SeenPhoto(
        name=photo.name,
        state=photo.state,
        width=photo.width,
        height=photo.height,
        reused=photo.reused,
        fits=photo.fits,
        exif_at=photo.exif_at,
        exif_m=None if photo.exif_m is None else int(round(photo.exif_m, -1)),
        reason=photo.reason,
    )


def _decisions(row: Report) -> tuple[Judgement, ...]:
    made = Decision.objects.filter(report=row).select_related("body").order_by("-pk")
    return tuple(
        Judgement(one.pk, one.verdict, one.reason, one.words, one.body.name if one.body else "", one.at)
        for one in made
    )


def _neighbours(row: Report) -> list[Neighbour]:
    """Return reports of the same kind near in space and time, nearest first; one for each other sender."""
    kind = categories(row.city).get(row.category)
    if kind is None:
        return []
    reach_m, gap = 2 * kind.link_m, timedelta(seconds=2 * kind.link_s)
    near = Report.objects.filter(
        city=row.city,
        category=row.category,
        state=Report.State.ACTIVE,
        cell__in=tables.cells_around([row.cell], reach_m),
        observed_at__range=(row.observed_at - gap, row.observed_at + gap),
    ).exclude(source=row.source)
    found: dict[str, Neighbour] = {}
    for other in near.exclude(processed_at=None).order_by("-observed_at")[:200]:
        metres = distance_m(row.lon, row.lat, other.lon, other.lat)
        if metres <= reach_m:
            found.setdefault(other.source, _neighbour(row, other, metres))
    return sorted(found.values(), key=lambda one: one.metres)[: 2 * NEIGHBOURS]


def _neighbour(row: Report, other: Report, metres: float) -> Neighbour:
    return Neighbour(
        code=other.code,
        claim=other.claim,
        depth_class=other.depth_class,
        metres=int(round(metres, -1)),
        minutes=round((other.observed_at - row.observed_at).total_seconds() / 60),
        rung=other.rung,
        supports=other.claim == row.claim,
    )
