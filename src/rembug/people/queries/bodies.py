"""Bodies as the public and their coordinators see them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from rembug.lib.actor import Actor, covers
from rembug.lib.errors import NotAllowed, NotFound
from rembug.people import rules
from rembug.people.models import Body, RoleGrant

PUBLIC_STATES = (Body.State.CONFIRMED, Body.State.NOT_JOINED)


@dataclass(frozen=True, slots=True)
class BodyFace:
    """What everybody may know of a body: no person, no address."""

    public_id: str
    city: str
    name: str
    kind: str
    sphere: str
    level: str
    state: str
    is_example: bool
    about: str
    areas: tuple[str, ...]
    offers: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A registration as its coordinator sees it."""

    face: BodyFace
    representative: str
    contact_email: str
    asked_at: datetime
    reason: str = ""


def public_bodies(*, city: str, sphere: str = "") -> list[BodyFace]:
    """Return the bodies of a city that are listed, by sphere and name."""
    rows = Body.objects.filter(city=city, state__in=PUBLIC_STATES).prefetch_related("areas")
    if sphere:
        rows = rows.filter(sphere=sphere)
    order = {name: place for place, name in enumerate(Body.Sphere.values)}
    return sorted(map(_face, rows), key=lambda body: (order[body.sphere], body.is_example, body.name.lower()))


def find(*, city: str, words: str = "", area: str = "", sphere: str = "") -> list[BodyFace]:
    """Return the listed bodies that look after an area (or all of the city) and whose text holds every word."""
    wanted = [word.casefold() for word in words.split()]
    return [
        body
        for body in public_bodies(city=city, sphere=sphere)
        if _speaks_of(body, wanted) and (not area or _near(body.areas, area))
    ]


def moved_to(*, city: str, public_id: str) -> str:
    """Return the body of which this one was a double, "" where it was none."""
    row = Body.objects.filter(city=city, public_id=public_id).select_related("successor").first()
    return row.successor.public_id if row and row.successor else ""


def has_people(*, city: str, public_id: str) -> bool:
    """Tell whether somebody acts for a body, so that a message would be read."""
    return RoleGrant.objects.filter(body__city=city, body__public_id=public_id, ended_at=None).exists()


def _speaks_of(body: BodyFace, wanted: list[str]) -> bool:
    text = f"{body.name} {body.kind} {body.about} {body.offers}".casefold()
    return all(word in text for word in wanted)


def _near(areas: tuple[str, ...], area: str) -> bool:
    return not areas or any(covers(own, area) or covers(area, own) for own in areas)


def public_body(*, city: str, public_id: str) -> BodyFace:
    """Return one listed body. Raises `NotFound`."""
    row = Body.objects.filter(city=city, public_id=public_id, state__in=PUBLIC_STATES).first()
    if row is None:
        raise NotFound(gettext("Pihak ini tidak ada di kota ini."))
    return _face(row)


def registrations(*, actor: Actor, city: str) -> list[Waiting]:
    """Return the groups that wait for this coordinator, the longest waiting first."""
    rows = Body.objects.filter(city=city, state=Body.State.PENDING, registration__isnull=False)
    ordered = rows.select_related("registration").prefetch_related("areas").order_by("registration__asked_at")
    found = [_waiting(row) for row in ordered]
    return [one for one in found if rules.may_decide_group(actor, city=city, areas=one.face.areas)]


def registration(*, actor: Actor, city: str, public_id: str) -> Waiting:
    """Return one registration, for who may decide it. Raises `NotFound`, `NotAllowed`."""
    rows = Body.objects.filter(city=city, public_id=public_id, registration__isnull=False)
    row = rows.select_related("registration").first()
    if row is None:
        raise NotFound(gettext("Pendaftaran ini tidak ada."))
    found = _waiting(row)
    if not rules.may_decide_group(actor, city=city, areas=found.face.areas):
        raise NotAllowed(gettext("Pendaftaran ini di luar wilayah Anda."))
    return found


def inviting_bodies(*, actor: Actor, city: str) -> list[BodyFace]:
    """Return the bodies for which the actor may give at least one role somewhere."""
    rows = Body.objects.filter(city=city, state__in=PUBLIC_STATES).prefetch_related("areas").order_by("name")
    return [face for face in map(_face, rows) if may_invite(actor, face)]


def may_invite(actor: Actor, body: BodyFace) -> bool:
    """Tell whether the actor may give at least one role for a body."""
    mine = tuple(grant.area for grant in actor.grants if grant.city == body.city)
    return any(
        rules.may_give(actor, role, city=body.city, body=body.public_id, sphere=body.sphere, area=area)
        for role in rules.ROLES
        for area in {"", *body.areas, *mine}
        if rules.within(body.areas, area)
    )


def _face(row: Body) -> BodyFace:
    return BodyFace(
        public_id=row.public_id,
        city=row.city,
        name=row.name,
        kind=row.kind,
        sphere=row.sphere,
        level=row.level,
        state=row.state,
        is_example=row.is_example,
        about=row.about,
        offers=row.offers,
        areas=tuple(sorted(area.area_code for area in row.areas.all())),
    )


def _waiting(row: Body) -> Waiting:
    note = row.registration
    return Waiting(_face(row), row.representative, note.contact_email, note.asked_at, note.reason)
