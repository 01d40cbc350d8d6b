"""Two people approve, then a message goes out: signed, to everybody whom its forerunners reached."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from rembug.alerts import seal
from rembug.alerts.actions.draft import recorded
from rembug.alerts.models import Alert, Approval, Delivery, Follower
from rembug.alerts.queries import banner
from rembug.alerts.queries.setup import facts_of
from rembug.alerts.rules import pace
from rembug.alerts.rules.cap.write import Outgoing, Place, write
from rembug.alerts.rules.states import APPROVERS, CAP_KINDS, NEEDED, OPEN
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotFound
from rembug.lib.pack import AlertFacts
from rembug.people.models import Body
from rembug.places import queries as places

CAP_LANGUAGES = {"id": "id-ID", "en": "en"}
RESPONSES = {"alert": "Prepare", "update": "Prepare", "cancel": "AllClear", "all-clear": "AllClear"}
WEB = ("web", "feed")


def approve(*, actor: Actor, city: str, code: str, body: str, revision: int) -> Alert:
    """Say yes to one text for a body. The second person's yes releases it, at once or after the quiet hours.

    Raises `Conflict` when the text has changed since the person read it, or too many warnings went out today.
    """
    actor.require_for(body, *APPROVERS, city=city)
    with transaction.atomic():
        row = _locked(city, code)
        if row.state != Alert.State.DRAFT:
            return row
        if row.revision != revision:
            raise Conflict("Teks ini baru saja diubah. Baca lagi sebelum menyetujui.")
        if row.expires_at <= clock.now():
            raise Conflict("Waktu peringatan ini sudah lewat. Tolak, lalu buat yang baru.")
        speaker = Body.objects.filter(public_id=body, city=city).first()
        if speaker is None:
            raise NotFound("Pilih pihak yang ada.")
        yes, made = Approval.objects.get_or_create(
            alert=row,
            revision=revision,
            voice=actor.public_id,
            defaults={"person_id": actor.person_id, "body": speaker, "at": clock.now()},
        )
        if not made:
            return row
        recorded(row, actor, verb="alert.approved")
        if Approval.objects.filter(alert=row, revision=revision).count() >= NEEDED:
            _approved(row, facts_of(city), yes, actor)
    return row


def refuse(*, actor: Actor, city: str, code: str, reason: str) -> Alert:
    """Say no, with a reason; the draft is closed."""
    actor.require(*APPROVERS, city=city)
    reason = " ".join(reason.split())
    if not 3 <= len(reason) <= 300:
        message = "Tulis alasan, 3 sampai 300 huruf."
        raise Invalid(message, faults=(FieldFault("reason", "length", message),))
    with transaction.atomic():
        row = _locked(city, code)
        if row.state not in OPEN:
            return row
        row.state, row.reason, row.changed_at = "refused", reason, clock.now()
        row.save()
        recorded(row, actor, verb="alert.refused")
    return row


def release_due(city: str, *, actor: Actor) -> int:
    """Release what two people approved during the quiet hours; refuse it when its time has passed. Return how many."""
    now, done = clock.now(), 0
    facts = facts_of(city)
    if _is_quiet(city, facts, now):
        return 0
    for code in list(Alert.objects.filter(city=city, state="approved").values_list("code", flat=True)):
        with transaction.atomic():
            row = _locked(city, code)
            if row.state != Alert.State.APPROVED:
                continue
            if row.expires_at <= now:
                row.state, row.reason, row.changed_at = "refused", "Waktunya lewat sebelum terkirim.", now
                row.save()
                recorded(row, actor, verb="alert.refused")
                continue
            _release(row, facts, actor)
            done += 1
    return done


def expire(city: str, *, actor: Actor) -> int:
    """End every released message whose time is up; return how many."""
    done = 0
    now = clock.now()
    due = Alert.objects.filter(city=city, state="released", expires_at__lte=now)
    for code in list(due.values_list("code", flat=True)):
        with transaction.atomic():
            row = Alert.objects.select_for_update().get(code=code)
            if row.state != Alert.State.RELEASED:
                continue
            row.state, row.ended_at, row.changed_at = "ended", now, now
            row.save()
            recorded(row, actor, verb="alert.ended")
            done += 1
    return done


def _approved(row: Alert, facts: AlertFacts, yes: Approval, actor: Actor) -> None:
    _must_not_tire(row, facts)
    voices = Approval.objects.filter(alert=row, revision=row.revision).select_related("body")
    offices = {f"{row.city}-{name}" for name in facts.releasers}
    releasing = next((voice.body for voice in voices if voice.body.public_id in offices), None)
    row.official = releasing is not None
    row.released_for = releasing or yes.body
    row.sender_name = f"{releasing.name}, Rembug" if releasing else row.sender_name
    level = facts.level(row.level)
    breaks = bool(level and level.breaks_quiet) or row.kind != "alert"
    if _is_quiet(row.city, facts, clock.now()) and not breaks:
        row.state, row.changed_at = "approved", clock.now()
        row.save()
        return
    _release(row, facts, actor)


def _must_not_tire(row: Alert, facts: AlertFacts) -> None:
    if row.kind != "alert":
        return
    rows = Alert.objects.filter(city=row.city, origin="own", kind="alert")
    sent = [at for at in rows.values_list("sent_at", flat=True) if at is not None]
    if pace.too_many(sent, clock.now(), facts.most_per_day):
        message = f"Hari ini sudah {facts.most_per_day} peringatan baru. Perbarui yang ada, atau tunggu."
        raise Conflict(message)


def _release(row: Alert, facts: AlertFacts, actor: Actor) -> None:
    """Sign, publish, end the forerunner, and note every reader to be reached, in one transaction."""
    now = clock.now()
    row.state, row.sent_at, row.changed_at = "released", now.replace(microsecond=0), now
    row.urgency = row.urgency if row.kind in {"cancel", "all-clear"} else "Expected"
    if not row.official and row.certainty == "Observed":
        row.certainty = "Likely"  # only an office may say that something was seen for certain
    row.xml = seal.sign(write(_outgoing(row, facts), _zone(row.city)))
    row.save()
    if row.follows is not None:
        state = "replaced" if row.kind == "update" else "ended"
        Alert.objects.filter(pk=row.follows.pk, state="released").update(
            state=state, ended_at=now, changed_at=now
        )
    _reach(row, now)
    recorded(row, actor, verb="alert.released")
    transaction.on_commit(banner.forget)


def _reach(row: Alert, now: datetime) -> None:
    """Note whom the message goes to: everybody whom its forerunners reached, and who follows its areas now."""
    before = row.follows
    earlier: set[int] = set()
    while before is not None:
        earlier.update(before.deliveries.exclude(follower=None).values_list("follower_id", flat=True))
        before = before.follows
    wanted = Q(area_code="") | Q(area_code__in=row.areas)
    following = Follower.objects.filter(city=row.city).exclude(confirmed_at=None)
    readers = set(following.filter(wanted | Q(pk__in=earlier)).values_list("pk", flat=True))
    public = [Delivery(alert=row, channel=channel, made_at=now, sent_at=now) for channel in WEB]
    mails = [Delivery(alert=row, channel="email", follower_id=pk, made_at=now) for pk in sorted(readers)]
    Delivery.objects.bulk_create([*public, *mails], ignore_conflicts=True)


def _outgoing(row: Alert, facts: AlertFacts) -> Outgoing:
    level = facts.level(row.level)
    names = level.names if level else {}
    official = level.official if level and row.official else ""
    references = []
    before = row.follows
    while before is not None:
        if before.sent_at:
            references.append((before.sender, before.identifier, before.sent_at))
        before = before.follows
    parameters = {"community-information": "false" if row.official else "true"}
    if official:
        parameters["level"] = official
    if row.probability is not None:
        parameters["probability"] = f"{row.probability:.2f}"
    return Outgoing(
        identifier=row.identifier,
        sender=row.sender,
        sent=row.sent_at or clock.now(),
        status=row.status,
        msg_type=CAP_KINDS[row.kind],
        note="" if row.official else "Informasi warga, bukan peringatan resmi. Community information.",
        references=tuple(references),
        words={CAP_LANGUAGES[language]: texts for language, texts in row.words.items()},
        event={
            CAP_LANGUAGES[language]: names.get(language) or names.get("id", "Rob") for language in row.words
        },
        response=RESPONSES[row.kind],
        urgency=row.urgency,
        severity=row.severity,
        certainty=row.certainty,
        onset=row.onset_at,
        expires=row.expires_at,
        sender_name=row.sender_name,
        web=settings.PUBLIC_URL + reverse("alerts:alert", args=[row.code]),
        contact=facts.contact,
        parameters=parameters,
        places=tuple(_place(row.city, code) for code in row.areas),
    )


def _place(city: str, code: str) -> Place:
    shape = places.shape(city, code)
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    rings = tuple([(float(lon), float(lat)) for lon, lat, *_ in polygon[0]] for polygon in polygons)
    return Place(places.label(city, code), code, rings)


def _is_quiet(city: str, facts: AlertFacts, now: datetime) -> bool:
    return pace.is_quiet(now.astimezone(_zone(city)), facts.quiet_from, facts.quiet_until)


def _zone(city: str) -> ZoneInfo:
    return ZoneInfo(places.city(city).timezone)


def _locked(city: str, code: str) -> Alert:
    row = Alert.objects.select_for_update().filter(city=city, code=code[:16], origin="own").first()
    if row is None:
        raise NotFound("Peringatan ini tidak ada.")
    return row
