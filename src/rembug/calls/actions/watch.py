"""Observing together: points are chosen, watchers get theirs, and what they see becomes reports, each exactly once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.calls.actions.call import Asking, ask, own
from rembug.calls.models import Call, Point, Reading, Watcher
from rembug.calls.queries.places import candidates
from rembug.calls.rules.links import hash_of
from rembug.calls.rules.placing import choose, control, prior, wet_chance
from rembug.calls.rules.sharing import share_out
from rembug.lib import clock, ids
from rembug.lib.actor import ANONYMOUS, Actor
from rembug.lib.errors import FieldFault, Invalid, NotFound, RembugError
from rembug.reports.actions.receive import Incoming, receive
from rembug.reports.rules.submission import Submission

MOST_POINTS = 200
PER_WATCHER = 10
TWO_A_POINT = 2
MOST_AT_ONCE = 200
CHANNEL = "campaign"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a watcher saw at a point. Aware time, or `age_s` seconds ago by the phone's own counting, or now."""

    client_id: UUID
    point: int
    wet: bool
    depth_class: str = ""
    observed_at: datetime | None = None
    age_s: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one of them: its report's code and receipt, or the fault."""

    client_id: UUID
    report: str = ""
    receipt: str = ""
    fault: str = ""


def plan(*, actor: Actor, city: str, said: Asking, count: int) -> Call:
    """Make a call to observe and choose its points for the expected level.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    if not 1 <= count <= MOST_POINTS or said.level_cm is None or said.sigma_cm is None:
        message = gettext("Isi jumlah titik, 1 sampai %(n)s.") % {"n": MOST_POINTS}
        raise Invalid(message, faults=(FieldFault("count", "out-of-range", message),))
    with transaction.atomic():
        row = ask(actor=actor, city=city, said=said)
        if not row.points.exists():
            _choose_points(row, said.level_cm, said.sigma_cm, count)
    return row


def drop_point(*, actor: Actor, city: str, code: str, number: int) -> None:
    """Take a point off the list: a coordinator knows what is unsafe. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    row = own(actor, city, code)
    with transaction.atomic():
        point = Point.objects.filter(call=row, number=number).first()
        if point is None:
            return
        if point.readings.exists():
            raise Invalid(gettext("Titik ini sudah dilaporkan dan tidak bisa dihapus."))
        point.delete()
        data: dict[str, object] = {"point": number}
        record(actor=actor, verb="call.point_dropped", obj=Ref("call", code), data=data, city=city)


def sign_up(*, actor: Actor, city: str, code: str, action_id: UUID) -> str:
    """Give a new watcher the points that need eyes most; return the secret token (the same for the same form).

    Raises `NotFound`.
    """
    row = Call.objects.filter(
        city=city, code=code, kind=Call.Kind.WATCH, cancelled_at=None, closed_at=None
    ).first()
    if row is None or row.ends_at < clock.now():
        raise NotFound(gettext("Pantauan ini sudah selesai atau dibatalkan."))
    token = ids.keyed(settings.SECRET_KEY, "calls watcher", f"{code}:{action_id}", 32)
    with transaction.atomic():
        Call.objects.select_for_update().get(pk=row.pk)
        known = Watcher.objects.filter(call=row, action_id=action_id).exists()
        if not known:
            points = _points_for_one_more(row)
            Watcher.objects.create(call=row, action_id=action_id, token_hash=hash_of(token), points=points)
            record(actor=ANONYMOUS, verb="call.joined", obj=Ref("call", code), data={"people": 1}, city=city)
    return token


def take(*, actor: Actor, city: str, token: str, seen: Sequence[Seen]) -> list[Answer]:
    """Take in what a watcher saw, in one transaction; each is stored once, however often it is sent.

    Raises `Invalid` for too many at once, `NotFound` for a wrong link.
    """
    watcher = (
        Watcher.objects.select_related("call").filter(token_hash=hash_of(token), call__city=city).first()
    )
    if watcher is None:
        raise NotFound(gettext("Tautan pantauan ini tidak berlaku."))
    if not 0 < len(seen) <= MOST_AT_ONCE:
        raise Invalid(gettext("Kirim 1 sampai %(n)s pengamatan sekaligus.") % {"n": MOST_AT_ONCE})
    points = {point.number: point for point in watcher.call.points.all()}
    # One watcher is one voice, whatever the number of points; and that voice is not the phone's own.
    voice = Actor(public_id="watcher", kind="device", device_hash=f"watcher:{watcher.token_hash}")
    known = [one for one in seen if one.point in points]
    try:
        answers = _store(watcher, points, known, voice, actor)
    except IntegrityError:  # the upload that was cut off is being stored at this very moment: now it stands
        answers = _store(watcher, points, known, voice, actor)
    return answers + [
        Answer(one.client_id, fault="Titik ini tidak ada.") for one in seen if one.point not in points
    ]


def _store(
    watcher: Watcher, points: Mapping[int, Point], known: Sequence[Seen], voice: Actor, actor: Actor
) -> list[Answer]:
    city = watcher.call.city
    with transaction.atomic():
        batch = [Incoming(_submission(city, one, points[one.point]), voice) for one in known]
        results = receive(batch, actor=actor)
        now, rows, answers = clock.now(), [], []
        for one, item, result in zip(known, batch, results, strict=True):
            if isinstance(result, RembugError):
                answers.append(Answer(one.client_id, fault=result.message))
                continue
            answers.append(Answer(one.client_id, result.code, result.token))
            rows.append(
                Reading(
                    call=watcher.call,
                    point=points[one.point],
                    watcher=watcher,
                    client_id=one.client_id,
                    report=result.code,
                    wet=one.wet,
                    depth_class=one.depth_class if one.wet else "",
                    observed_at=item.submission.seen_at(now),
                )
            )
        Reading.objects.bulk_create(rows, ignore_conflicts=True)
    return answers


def _submission(city: str, one: Seen, point: Point) -> Submission:
    return Submission(
        client_id=one.client_id,
        city=city,
        category="rob",
        lon=point.lon,
        lat=point.lat,
        located_by="map",
        claim="present" if one.wet else "absent",
        depth_class=one.depth_class if one.wet else "dry",
        setting="street",
        observed_at=one.observed_at,
        age_s=one.age_s,
        accuracy_m=30.0,
        channel=CHANNEL,
    )


def _choose_points(row: Call, level_cm: float, sigma_cm: float, count: int) -> None:
    found = candidates(row.city, row.area_code)
    field = prior(found.onset_cm, found.sd_cm, found.x_m, found.y_m)
    chosen = choose(field, level_cm, sigma_cm, count)
    dry = control(field, level_cm, sigma_cm, chosen)
    chance = wet_chance(field, level_cm, sigma_cm)
    places = [*chosen, *([] if dry is None else [dry])]
    if not places:
        raise Invalid(gettext("Tidak ada tempat yang perlu dilihat pada muka laut itu. Pilih waktu lain."))
    Point.objects.bulk_create(
        Point(
            call=row,
            number=number,
            lon=round(float(found.lon[place]), 5),
            lat=round(float(found.lat[place]), 5),
            area_code=found.area[place],
            onset_cm=round(float(found.onset_cm[place]), 1),
            expected=round(float(chance[place]), 3),
            is_control=place == dry,
        )
        for number, place in enumerate(places, start=1)
    )


def _points_for_one_more(row: Call) -> list[int]:
    points = list(row.points.order_by("number").values_list("number", "lon", "lat"))
    eyes: dict[int, int] = dict.fromkeys((number for number, _, _ in points), 0)
    for given in row.watchers.values_list("points", flat=True):
        for number in given:
            eyes[number] = eyes.get(number, 0) + 1
    return share_out(points, eyes, PER_WATCHER, TWO_A_POINT)
