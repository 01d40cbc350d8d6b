"""The follow-up plan: items are added, moved, and chased until they are done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.lib import clock, ids
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotFound
from rembug.meetings.actions.arrange import SPEAKERS, hosted, known_body
from rembug.meetings.models import Item, Reminder, Step
from rembug.meetings.queries.plan import to_remind
from rembug.meetings.rules.items import MOVES, TARGETS
from rembug.people.actions import letters

FARTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Task:
    """Who does what by when. `role` is a post within the body, never a name."""

    action_id: UUID
    body: str
    role: str
    what: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Moving:
    """One step: its verb, the state that was seen, words, and what it was handed to."""

    verb: str
    seen: str
    words: str = ""
    target: str = ""
    target_code: str = ""


def add(*, actor: Actor, city: str, code: str, task: Task) -> Item:
    """Add an item to the plan of a meeting; the same form again adds nothing more.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    meeting = hosted(actor, city, code)
    body = known_body(city, task.body)
    today = timezone.localtime(clock.now()).date()
    faults = []
    if not task.what.strip():
        faults.append(FieldFault("what", "missing", gettext("Tulis apa yang akan dilakukan.")))
    if not today - FARTHEST <= task.due_on <= today + FARTHEST:
        faults.append(FieldFault("due_on", "out-of-range", gettext("Tanggal ini terlalu jauh.")))
    if faults:
        raise Invalid(
            gettext("Rencana belum bisa disimpan. Periksa isian yang ditandai."), faults=tuple(faults)
        )
    now = clock.now()
    with transaction.atomic():
        row, is_new = Item.objects.get_or_create(
            action_id=task.action_id,
            defaults={
                "meeting": meeting,
                "city": city,
                "code": ids.public_code(),
                "body": body,
                "role": task.role.strip(),
                "what": task.what.strip(),
                "due_on": task.due_on,
                "changed_at": now,
            },
        )
        if is_new:
            Step.objects.create(item=row, at=now, verb="add", body_name=meeting.body.name)
            data: dict[str, object] = {"meeting": code, "body": task.body, "due": task.due_on.isoformat()}
            record(actor=actor, verb="plan.added", obj=Ref("plan", row.code), data=data, city=city)
    return row


def move(*, actor: Actor, city: str, code: str, said: Moving) -> Item:
    """Move an item, by its own body or by the host. Raises `Conflict`, `Invalid`, `NotAllowed`, `NotFound`."""
    rule = MOVES.get(said.verb)
    row = Item.objects.select_related("body", "meeting__body").filter(city=city, code=code).first()
    if rule is None or row is None:
        raise NotFound(gettext("Rencana ini tidak ada."))
    speaker = next(
        (
            one
            for one in (row.body, row.meeting.body)
            if actor.speaks_for(one.public_id, *SPEAKERS, city=city)
        ),
        None,
    )
    if speaker is None:
        actor.require_for(row.body.public_id, *SPEAKERS, city=city)
    words = said.words.strip()
    if rule.words and not words:
        message = gettext("Tulis satu kalimat: apa yang terjadi.")
        raise Invalid(message, faults=(FieldFault("words", "missing", message),))
    if said.verb == "hand" and (said.target not in TARGETS or not said.target_code.strip()):
        message = gettext("Pilih ke mana diteruskan, dan tulis kodenya.")
        raise Invalid(message, faults=(FieldFault("target_code", "missing", message),))
    with transaction.atomic():
        row = Item.objects.select_for_update().get(pk=row.pk)
        if row.state == rule.to:
            return row
        if row.state != said.seen or row.state not in rule.since:
            raise Conflict(
                gettext("Rencana ini baru saja berubah. Lihat keadaannya sekarang, lalu coba lagi.")
            )
        row.state, row.changed_at = rule.to, clock.now()
        if said.verb == "hand":
            row.target, row.target_code = said.target, said.target_code.strip().upper()[:20]
        row.save(update_fields=["state", "changed_at", "target", "target_code"])
        name = speaker.name if speaker else ""
        Step.objects.create(item=row, at=row.changed_at, verb=said.verb, words=words[:600], body_name=name)
        data: dict[str, object] = {"state": row.state, "target": row.target_code}
        record(actor=actor, verb="plan.moved", obj=Ref("plan", row.code), data=data, city=city)
    return row


def remind(*, actor: Actor) -> int:
    """Write to the bodies whose items are due soon or late; each reminder once. Return how many were reminded."""
    done = 0
    for waiting in to_remind():
        with transaction.atomic():
            values = {"at": clock.now()}
            _, is_new = Reminder.objects.get_or_create(
                item_id=waiting.item, name=waiting.name, defaults=values
            )
            if not is_new:
                continue
            data: dict[str, object] = {"reminder": waiting.name}
            record(
                actor=actor, verb="plan.reminded", obj=Ref("plan", waiting.code), data=data, city=waiting.city
            )
        for address, language in waiting.addresses:
            letters.send(address, "meetings/letters/reminder", {"item": waiting}, language)
        done += 1
    return done
