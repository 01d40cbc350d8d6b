"""Cases as everybody may see them: the chain, who has it now, by when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language, gettext

from rembug.cases.models import Case, Deadline, Step
from rembug.cases.queries.setup import facts_of, trials_of
from rembug.cases.rules.referral import LAW
from rembug.cases.rules.states import CLOSED, NAMES, OPEN, REJECTIONS
from rembug.lib import clock
from rembug.lib.errors import NotFound
from rembug.people.models import Body
from rembug.places import queries as places
from rembug.reports.queries import attached
from rembug.reports.queries.categories import categories

PAGE = 50
SOON = timedelta(days=3)  # due within this is due soon
BESIDE = {  # steps that leave the state as it is
    "escalate": ("Naik jenjang", "Up the ladder"),
    "forward": ("Diteruskan ke sistem lain", "Sent on to another system"),
    "outside": ("Kabar dari sistem lain", "News from another system"),
    "right": ("Hak jawab", "Right of reply"),
    "number": ("Nomor rujukan", "Number of the referral"),
}
NO_TRIALS: Mapping[str, date] = {}
NEAR_M = 200.0  # a photo of the work taken farther away wears a mark


@dataclass(frozen=True, slots=True)
class ClockFace:
    """One promise: what, by when, on which basis, kept or not."""

    kind: str
    words: str
    days: int
    basis: str
    due_at: datetime
    met_at: datetime | None
    late: bool
    replaced: bool


@dataclass(frozen=True, slots=True)
class StepFace:
    """One link of the chain in public words."""

    at: datetime
    verb: str
    state_name: str
    body_name: str
    words: str
    reason: str
    by_citizen: bool  # the reporter, or the community whose name stands in `body_name`


@dataclass(frozen=True, slots=True)
class ProofFace:
    """A photo of the work that everybody may see, and what its camera says. `far_m`: None where it tells no place."""

    name: str
    width: int
    height: int
    taken_at: datetime | None
    far_m: float | None
    is_far: bool
    is_early: bool  # taken before the case opened
    reused: bool


@dataclass(frozen=True, slots=True)
class CaseFace:
    """One case as the public sees it. `clocks` are empty for a body that has not joined."""

    code: str
    city: str
    incident: str
    category: str
    category_name: str
    area_code: str
    area_name: str
    lon: float | None
    lat: float | None
    words: str
    body_id: str
    body_name: str
    about_name: str  # the body that is complained about
    joined: bool  # and no trial runs that the reader may not see
    trial_until: date | None  # promises are not shown to the public until the end of this day
    level: str
    state: str
    state_name: str
    reason: str
    foreign_number: str
    opened_at: datetime
    answered_at: datetime | None
    settled_at: datetime | None
    changed_at: datetime
    due_at: datetime | None
    late: bool
    is_open: bool
    version: int
    clocks: tuple[ClockFace, ...] = ()
    steps: tuple[StepFace, ...] = ()
    parts: tuple[str, ...] = ()
    parent: str = ""
    photos: tuple[ProofFace, ...] = ()
    photos_waiting: int = 0  # sent, not looked at yet
    warned: int = 0  # at the desk: per cent of the time of its nearest promise that a warning told


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader of the list wants."""

    state: str = "open"  # open, closed, late, or one state
    category: str = ""
    area: str = ""
    body: str = ""
    words: str = ""


def case(city: str, code: str) -> CaseFace:
    """Return one case with its chain. Raises `NotFound`."""
    row = _whole(city).filter(code=code[:16]).first()
    if row is None:
        raise NotFound(gettext("Kasus ini tidak ada."))
    return _face(row, whole=True, trials=trials_of(city))


def of_incident(city: str, incident: str) -> list[CaseFace]:
    """Return the cases of an incident."""
    trials = trials_of(city)
    return [_face(row, trials=trials) for row in _rows(city).filter(incident=incident).order_by("id")]


def listed(city: str, wanted: Wanted, after: int = 0, limit: int = PAGE) -> tuple[list[CaseFace], int]:
    """Return a page of cases, newest first, and the key after which the next one begins (0 at the end)."""
    trials = trials_of(city)
    rows = narrowed(_rows(city), wanted, trials)
    if after:
        rows = rows.filter(id__lt=after)
    found = list(rows.order_by("-id")[: limit + 1])
    return [_face(row, trials=trials) for row in found[:limit]], found[limit - 1].pk if len(
        found
    ) > limit else 0


def narrowed(rows: QuerySet[Case], wanted: Wanted, trials: Collection[str] = ()) -> QuerySet[Case]:
    """Narrow rows to what is wanted. `trials`: bodies whose lateness the reader may not see."""
    rows = _in_state(rows, wanted.state, trials)
    if wanted.category:
        rows = rows.filter(category=wanted.category)
    if wanted.body:
        rows = rows.filter(body__public_id=wanted.body)
    if wanted.area:
        rows = rows.filter(Q(area_code=wanted.area) | Q(area_code__startswith=f"{wanted.area}."))
    for word in wanted.words.split()[:5]:
        rows = rows.filter(
            Q(words__icontains=word)
            | Q(code__iexact=word)
            | Q(incident__iexact=word)
            | Q(foreign_number__iexact=word)
        )
    return rows


def _in_state(rows: QuerySet[Case], state: str, trials: Collection[str]) -> QuerySet[Case]:
    now = clock.now()
    late = Q(state__in=OPEN, due_at__lt=now, body__state=Body.State.CONFIRMED)
    heaps = {
        "open": Q(state__in=OPEN),
        "closed": Q(state__in=CLOSED),
        "late": late & ~Q(body__public_id__in=trials) if trials else late,
        "due": Q(state__in=OPEN, due_at__gte=now, due_at__lt=now + SOON),
    }
    if state in NAMES:
        return rows.filter(state=state)
    return rows.filter(heaps[state]) if state in heaps else rows


def _rows(city: str) -> QuerySet[Case]:
    return Case.objects.filter(city=city).select_related("body", "parent", "about_body")


def _whole(city: str) -> QuerySet[Case]:
    clocks = Deadline.objects.order_by("due_at", "id")
    steps = Step.objects.select_related("body").order_by("at", "id")
    return _rows(city).prefetch_related(
        Prefetch("deadlines", clocks), Prefetch("steps", steps), "parts", "escalations"
    )


def _face(row: Case, *, whole: bool = False, trials: Mapping[str, date] = NO_TRIALS) -> CaseFace:
    english = (get_language() or "id") == "en"
    kind = categories(row.city).get(row.category)
    until = trials.get(row.body.public_id) if row.body else None
    joined = row.body is not None and row.body.state == Body.State.CONFIRMED and until is None
    is_open = row.state in OPEN
    now = clock.now()
    name = NAMES[row.state][english]
    if row.reason:
        name = f"{name}: {REJECTIONS[row.reason][english]}" if row.reason in REJECTIONS else name
    return CaseFace(
        code=row.code,
        city=row.city,
        incident=row.incident,
        category=row.category,
        category_name=kind.names.get("en" if english else "id", row.category) if kind else row.category,
        area_code=row.area_code,
        area_name=places.label(row.city, row.area_code) if row.area_code else "",
        lon=row.lon,
        lat=row.lat,
        words=row.words,
        body_id=row.body.public_id if row.body else "",
        body_name=row.body.name if row.body else "",
        about_name=row.about_body.name if row.about_body else "",
        joined=joined,
        trial_until=until,
        level=row.body.level if row.body else "",
        state=row.state,
        state_name=name,
        reason=row.reason,
        foreign_number=row.foreign_number,
        opened_at=row.opened_at,
        answered_at=row.answered_at,
        settled_at=row.settled_at,
        changed_at=row.changed_at,
        due_at=row.due_at if joined and is_open else None,
        late=bool(joined and is_open and row.due_at and row.due_at < now),
        is_open=is_open,
        version=row.version,
        clocks=_clocks(row, english=english) if whole and joined else (),
        steps=_steps(row, english=english) if whole else (),
        parts=tuple(part.code for part in row.parts.all()) if whole else (),
        parent=row.parent.code if row.parent else "",
        **(_photos(row) if whole else {}),
    )


def _photos(row: Case) -> dict[str, Any]:
    shown = attached.public(row.city, "case", row.code)
    waiting = [photo for photo in attached.of(row.city, "case", row.code) if photo.state == "ready"]
    faces = (
        ProofFace(
            name=photo.name,
            width=photo.width,
            height=photo.height,
            taken_at=photo.exif_at,
            far_m=photo.exif_m,
            is_far=photo.exif_m is not None and photo.exif_m > NEAR_M,
            is_early=photo.exif_at is not None and photo.exif_at < row.opened_at,
            reused=photo.reused,
        )
        for photo in shown
    )
    return {"photos": tuple(faces), "photos_waiting": len(waiting)}


def _clocks(row: Case, *, english: bool) -> tuple[ClockFace, ...]:
    facts, now = facts_of(row.city), clock.now()
    known = {one.code: one for one in (*facts.classes, facts.promise)}
    found = []
    for one in row.deadlines.all():
        promise = known.get(one.kind)
        words = promise.words.get("en" if english else "id", "") if promise else one.kind
        late = (one.met_at or now) > one.due_at and not one.replaced_at
        found.append(
            ClockFace(
                one.kind, words, one.days, one.basis, one.due_at, one.met_at, late, bool(one.replaced_at)
            )
        )
    return tuple(found)


def _steps(row: Case, *, english: bool) -> tuple[StepFace, ...]:
    ladder = {one.rung: one.words for one in row.escalations.all()}
    tongue = "en" if english else "id"
    return tuple(
        StepFace(
            at=step.at,
            verb=step.verb,
            state_name=NAMES[step.state][english] if step.state else BESIDE.get(step.verb, ("", ""))[english],
            body_name=_speaker(step),
            words=_said(row, step, ladder, tongue),
            reason=REJECTIONS[step.reason][english] if step.reason in REJECTIONS else "",
            by_citizen=step.by_citizen,
        )
        for step in row.steps.all()
        if step.state or step.public
    )


def _said(row: Case, step: Step, ladder: Mapping[str, Mapping[str, str]], tongue: str) -> str:
    """Return a step's public words; those that come from the pack in the reader's language."""
    if step.reason == LAW:
        return facts_of(row.city).referral.get(tongue) or step.public
    if step.verb == "escalate":
        return ladder.get(step.reason, {}).get(tongue) or step.public
    return step.public


def _speaker(step: Step) -> str:
    """Return the name of the body that spoke; a reporter has none."""
    if step.body is None or (step.by_citizen and step.body.sphere != Body.Sphere.CIVIL_SOCIETY):
        return ""
    return step.body.name
