"""Warnings of BMKG and others: stored byte for byte, shown as theirs, never reworded."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from rembug.alerts.models import Alert, Delivery
from rembug.alerts.queries import banner
from rembug.alerts.rules.cap.read import BadCap, Info, Message, read
from rembug.alerts.rules.states import WRITERS
from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid

VALID = timedelta(hours=3)  # what BMKG's nowcasts are valid for, where a message names no end
KINDS = {"Alert": "alert", "Update": "update", "Cancel": "cancel"}


def relay(*, actor: Actor, city: str, data: bytes, source: str) -> Alert:
    """Take in one CAP message of somebody else; the same message again is the same row.

    Raises `Invalid` with the place of the fault when it is no CAP 1.2, and for acknowledgements and errors.
    """
    if actor.kind != "system":
        actor.require(*WRITERS, city=city)
    try:
        said = read(data)
    except BadCap as error:
        raise _invalid(f"Pesan CAP ini ditolak: {error}") from error
    if said.msg_type not in KINDS or not said.infos:
        raise _invalid(f"Pesan CAP jenis {said.msg_type} tanpa isi tidak diteruskan.")
    identifier = f"{said.sender},{said.identifier}"
    if len(identifier) > 160:
        raise _invalid("Pengenal pesan CAP terlalu panjang.")
    with transaction.atomic():
        known = Alert.objects.filter(identifier=identifier).first()
        if known is not None:
            return known
        row = _row(city, said, data, identifier, source)
        row.save()
        _replace(city, said, row)
        now = clock.now()
        for channel in ("web", "feed"):
            Delivery.objects.create(alert=row, channel=channel, made_at=now, sent_at=now)
        record(
            actor=actor,
            verb="alert.relayed",
            obj=Ref("alert", row.code),
            data={"sender": said.sender, "identifier": said.identifier, "type": said.msg_type},
            city=city,
        )
        transaction.on_commit(banner.forget)
    return row


def _invalid(message: str) -> Invalid:
    return Invalid(message, faults=(FieldFault("file", "cap", message),))


def _row(city: str, said: Message, data: bytes, identifier: str, source: str) -> Alert:
    first = said.infos[0]
    now = clock.now()
    expires = first.expires or said.sent + VALID
    return Alert(
        city=city,
        origin=Alert.Origin.RELAY,
        state=Alert.State.RELEASED if expires > now else Alert.State.ENDED,
        kind=KINDS[said.msg_type],
        official=True,
        status=said.status,
        identifier=identifier,
        sender=said.sender[:160],
        sender_name=(first.sender_name or said.sender)[:160],
        words={info.language.split("-")[0].lower(): _words(info) for info in reversed(said.infos)},
        severity=first.severity,
        certainty=first.certainty,
        urgency=first.urgency,
        onset_at=first.onset or said.sent,
        expires_at=expires,
        basis={"source": source, "areas": list(first.areas)},
        made_at=now,
        sent_at=said.sent,
        changed_at=now,
        xml=data,
    )


def _words(info: Info) -> dict[str, str]:
    return {
        "headline": info.headline or info.event,
        "description": info.description,
        "instruction": info.instruction,
    }


def _replace(city: str, said: Message, row: Alert) -> None:
    """End the messages that this one names; a cancelled one no longer warns."""
    for sender, identifier, _sent in said.references:
        before = Alert.objects.filter(city=city, identifier=f"{sender},{identifier}").first()
        if before is None:
            continue
        state = "replaced" if said.msg_type == "Update" else "ended"
        Alert.objects.filter(pk=before.pk).update(state=state, ended_at=row.made_at, changed_at=row.made_at)
        row.follows = before
        row.save(update_fields=["follows"])
