"""Yes or no of others to an incident: one person one voice, and it may be changed."""

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock, ids
from rembug.lib.actor import ANONYMOUS, Actor
from rembug.lib.errors import FieldFault, Invalid, NotAllowed, NotFound
from rembug.reports.actions.stir import stirred
from rembug.reports.models import Incident, Report, Vote


def vote(*, actor: Actor, incident: str, value: int, secret: str, near: bool = False) -> Vote:
    """Confirm (+1) or deny (-1) an incident; the last word of a source counts, the same word twice is one.

    `secret` keys the source's name. Whoever reported it has spoken already and does not vote.
    """
    if value not in {1, -1}:
        raise Invalid("Pilih ya atau tidak.", faults=(FieldFault("value", "unknown-choice", "1, -1"),))
    source = _source(actor, secret)
    with transaction.atomic():
        happening = Incident.objects.select_for_update().filter(code=incident, is_public=True).first()
        if happening is None:
            raise NotFound("Kejadian ini tidak ada.")
        if Report.objects.filter(incident=happening, source=source).exists():
            raise NotAllowed("Anda sudah melapor di sini. Tekan masih atau sudah surut di tanda terima.")
        before = Vote.objects.filter(incident=happening, source=source).first()
        if before is not None and (before.value, before.near) == (value, near):
            return before
        said, created = Vote.objects.update_or_create(
            incident=happening,
            source=source,
            defaults={"value": value, "near": near, "at": clock.now()},
        )
        Report.objects.filter(incident=happening).update(**stirred())
        data: dict[str, object] = {"value": value, "changed": not created}
        record(
            actor=ANONYMOUS,
            verb="incident.voted",
            obj=Ref("incident", happening.code),
            data=data,
            city=happening.city,
        )
    return said


def _source(actor: Actor, secret: str) -> str:
    if actor.person_id is not None:
        return ids.keyed(secret, "source", f"person:{actor.person_id}")
    if actor.device_hash:
        return ids.keyed(secret, "source", f"device:{actor.device_hash}")
    raise NotAllowed("Buka halaman ini dari HP Anda lalu coba lagi.")
