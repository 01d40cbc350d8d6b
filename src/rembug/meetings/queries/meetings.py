"""Meetings as everybody sees them, and as their host does."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext

from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.lib.ical import Event
from rembug.meetings.models import Approval, Invitee, Meeting, Sheet, Tally
from rembug.meetings.queries.plan import of_meeting
from rembug.meetings.rules.links import holds, link, meeting_of
from rembug.meetings.rules.shapes import GuestFace, MeetingFace, TraitFace
from rembug.places import queries as places

FEWEST = 5  # people below which a trait is not shown: a count of one would point at somebody
LISTED = 100
PAST = timedelta(days=31)  # that a calendar still shows


def coming(city: str) -> list[MeetingFace]:
    """Return meetings that are not over, soonest first."""
    rows = _rows().filter(city=city, ends_at__gte=clock.now(), cancelled_at=None)
    return [_face(row) for row in rows.order_by("starts_at", "id")[:LISTED]]


def past(city: str, before: datetime | None = None) -> list[MeetingFace]:
    """Return meetings that are over, newest first."""
    rows = _rows().filter(city=city, ends_at__lt=before or clock.now())
    return [_face(row) for row in rows.order_by("-starts_at", "-id")[:LISTED]]


def of_body(city: str, body: str) -> list[MeetingFace]:
    """Return the meetings that a body called or was invited to, newest first."""
    mine = Q(body__public_id=body) | Q(invitees__body__public_id=body)
    rows = _rows().filter(mine, city=city).distinct()
    return [_face(row) for row in rows.order_by("-starts_at", "-id")[:LISTED]]


def meeting(city: str, code: str, *, links: bool = False) -> MeetingFace:
    """Return one meeting; `links` fills the secret links, which only its host may see. Raises `NotFound`."""
    row = _rows().filter(city=city, code=code.upper()).first()
    if row is None:
        raise NotFound(gettext("Pertemuan ini tidak ada."))
    return _face(row, whole=True, links=links)


def by_door(city: str, token: str) -> MeetingFace:
    """Return the meeting of a door's link. Raises `NotFound`."""
    if not holds(settings.SECRET_KEY, "door", token):
        raise NotFound(gettext("Tautan daftar hadir ini tidak berlaku. Pindai lagi kode di pintu."))
    return meeting(city, meeting_of(token))


def by_invitation(city: str, token: str, body: str) -> tuple[MeetingFace, GuestFace]:
    """Return the meeting and the guest of an invitation's link. Raises `NotFound`."""
    if holds(settings.SECRET_KEY, "invite", token, body):
        found = meeting(city, meeting_of(token))
        guest = next((one for one in found.guests if one.body == body), None)
        if guest is not None:
            return found, guest
    raise NotFound(gettext("Tautan undangan ini tidak berlaku. Minta yang baru dari pengundang."))


def door_link(code: str) -> str:
    """Return the address that stands in the QR code at the door."""
    return settings.PUBLIC_URL + reverse("meetings:door", args=[link(settings.SECRET_KEY, "door", code)])


def mine(actor: Actor, city: str) -> list[MeetingFace]:
    """Return the meetings of bodies that the actor has a role in, newest first."""
    bodies = {grant.body for grant in actor.grants if grant.city == city}
    rows = _rows().filter(city=city, body__public_id__in=bodies)
    return [_face(row) for row in rows.order_by("-starts_at", "-id")[:LISTED]]


def waiting_for(actor: Actor, city: str) -> list[MeetingFace]:
    """Return the meetings whose minutes a body of the actor still has to approve."""
    bodies = {grant.body for grant in actor.grants if grant.city == city}
    guests = Invitee.objects.filter(
        meeting__city=city, signs=True, body__public_id__in=bodies, meeting__version__gt=0
    )
    found = []
    for guest in guests.select_related("meeting").order_by("-meeting__starts_at")[:LISTED]:
        done = Approval.objects.filter(
            meeting=guest.meeting, body_id=guest.body_id, version=guest.meeting.version
        )
        if not done.exists():
            found.append(_face(guest.meeting))
    return found


def events(city: str) -> list[Event]:
    """Return the meetings of the last month and all that come, for a calendar; cancelled ones say so."""
    rows = _rows().filter(city=city, ends_at__gte=clock.now() - PAST)
    made = []
    for row in rows.order_by("starts_at", "id")[:500]:
        address = settings.PUBLIC_URL + reverse("meetings:meeting", args=[row.code])
        words = f"{row.agenda}\n{address}"
        title = row.title if row.cancelled_at is None else gettext("Batal: %(title)s") % {"title": row.title}
        uid = f"meeting-{row.code}@{places.city(city).slug}.rembug"
        made.append(
            Event(
                uid,
                row.starts_at,
                row.ends_at,
                title,
                words,
                row.place,
                row.cancelled_at is not None,
                busy=True,
            )
        )
    return made


def _rows() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("body", "office")


def _state(row: Meeting) -> str:
    now = clock.now()
    if row.cancelled_at is not None:
        return "cancelled"
    if now < row.starts_at:
        return "coming"
    return "now" if now <= row.ends_at else "past"


def _face(row: Meeting, *, whole: bool = False, links: bool = False) -> MeetingFace:
    area = places.area(row.city, row.area_code) if row.area_code else None
    sheets = Sheet.objects.filter(meeting=row)
    return MeetingFace(
        code=row.code,
        title=row.title,
        body=row.body.public_id,
        body_name=row.body.name,
        office=row.office.public_id if row.office else "",
        office_name=row.office.name if row.office else "",
        place=row.place,
        area_name=area.name if area else "",
        area_slug=area.slug if area else "",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        agenda=row.agenda,
        state=_state(row),
        cancelled_why=row.cancelled_why,
        minutes=row.minutes,
        decisions=row.decisions,
        version=row.version,
        written_at=row.written_at,
        office_answer=row.office_answer,
        office_answered_at=row.office_answered_at,
        guests=_guests(row, links=links) if whole else (),
        came=(sheets.aggregate(sum=Sum("people"))["sum"] or 0) if whole else 0,
        came_bodies=tuple(sorted(set(sheets.exclude(body=None).values_list("body__name", flat=True))))
        if whole
        else (),
        traits=_traits(row) if whole else (),
        items=of_meeting(row.pk) if whole else (),
    )


def _guests(row: Meeting, *, links: bool) -> tuple[GuestFace, ...]:
    approved = dict(Approval.objects.filter(meeting=row, version=row.version).values_list("body_id", "at"))
    return tuple(
        GuestFace(
            body=guest.body.public_id,
            name=guest.body.name,
            answer=guest.answer,
            people=guest.people,
            signs=guest.signs,
            approved_at=approved.get(guest.body_id),
            link=_invitation(row.code, guest.body.public_id) if links else "",
        )
        for guest in row.invitees.select_related("body").order_by("body__name", "id")
    )


def _invitation(code: str, body: str) -> str:
    token = link(settings.SECRET_KEY, "invite", code, body)
    return settings.PUBLIC_URL + reverse("meetings:invitation", args=[token, body])


def _traits(row: Meeting) -> tuple[TraitFace, ...]:
    sums: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for trait, value, number in Tally.objects.filter(meeting=row, number__gt=0).values_list(
        "trait", "value", "number"
    ):
        sums[trait].append((value, number))
    return tuple(
        TraitFace(
            trait, tuple((value, number if number >= FEWEST else 0) for value, number in sorted(values))
        )
        for trait, values in sorted(sums.items())
        if sum(number for _, number in values) >= FEWEST
    )
