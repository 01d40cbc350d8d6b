"""A body answers in public: one sentence for many incidents, signed with the office."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotAllowed, NotFound
from rembug.people.models import Body
from rembug.reports.models import Incident, Recipient, Reply, Report
from rembug.reports.queries.work.scope import REPLIERS

TEXT_MAX = 600
MOST = 200
SAME_WITHIN = timedelta(hours=1)


def reply(*, actor: Actor, body: str, incidents: Sequence[str], text: str, office: str = "") -> Reply:
    """Publish one reply of a body to incidents that it received; all their reports' receipts show it.

    The same words to the same incidents within the hour are the same reply.
    """
    text = " ".join(text.split())
    wanted = set(incidents)
    if not text or len(text) > TEXT_MAX:
        message = f"Tulis tanggapan, paling banyak {TEXT_MAX} huruf."
        raise Invalid(message, faults=(FieldFault("text", "length", message),))
    if not 1 <= len(wanted) <= MOST:
        message = f"Pilih satu sampai {MOST} kejadian."
        raise Invalid(message, faults=(FieldFault("incidents", "count", message),))
    with transaction.atomic():
        speaker = Body.objects.filter(public_id=body).first()
        chosen = list(Incident.objects.select_for_update().filter(code__in=wanted).order_by("id"))
        if speaker is None or len(chosen) != len(wanted):
            raise NotFound("Pilih kejadian dan pihak yang ada.")
        _require(actor, speaker, chosen)
        twin = _twin(speaker, text, chosen)
        if twin is not None:
            return twin
        said = Reply.objects.create(
            city=speaker.city,
            body=speaker,
            office=(office or speaker.name)[:120],
            text=text,
            by_id=actor.person_id,
            at=clock.now(),
        )
        said.incidents.set(chosen)
        _mark_read(chosen, speaker)
        _touch(chosen)
        record(
            actor=actor,
            verb="reply.published",
            obj=Ref("reply", said.code),
            data={
                "body": speaker.public_id,
                "body_name": speaker.name,
                "incidents": [i.code for i in chosen],
                "text": text,
            },
            city=speaker.city,
        )
    return said


def withdraw_reply(*, actor: Actor, code: str) -> Reply:
    """Take a reply back: it leaves every page, its entries in the log stay. Twice is once."""
    with transaction.atomic():
        said = Reply.objects.select_for_update(of=("self",)).select_related("body").filter(code=code).first()
        if said is None:
            raise NotFound("Tanggapan ini tidak ada.")
        touched = list(said.incidents.all())
        for incident in touched:
            actor.require(*REPLIERS, city=said.city, area=incident.area_code, body=said.body.public_id)
        if said.withdrawn_at is None:
            said.withdrawn_at = clock.now()
            said.save(update_fields=["withdrawn_at"])
            _touch(touched)
            data: dict[str, object] = {"body": said.body.public_id, "body_name": said.body.name}
            record(actor=actor, verb="reply.withdrawn", obj=Ref("reply", code), data=data, city=said.city)
    return said


def mark_read(*, actor: Actor, incident: str, body: str) -> None:
    """Note that an office has read what it received; whoever reported sees it. Twice is once."""
    with transaction.atomic():
        happening = Incident.objects.filter(code=incident).first()
        reader = Body.objects.filter(public_id=body).first()
        if happening is None or reader is None:
            raise NotFound("Kejadian ini tidak ada.")
        actor.require(*REPLIERS, city=happening.city, area=happening.area_code, body=body)
        if _mark_read([happening], reader):
            record(
                actor=actor,
                verb="incident.read",
                obj=Ref("incident", happening.code),
                data={"body": reader.public_id, "body_name": reader.name},
                city=happening.city,
            )


def _mark_read(incidents: Sequence[Incident], body: Body) -> int:
    at = clock.now()
    unread = Recipient.objects.filter(incident__in=incidents, body=body, read_at=None)
    count = unread.update(read_at=at)
    if count:
        _touch(incidents)
    return count


def _touch(incidents: Sequence[Incident]) -> None:
    """Let pages and open data see that something about these changed."""
    at = clock.now()
    Incident.objects.filter(id__in=[i.id for i in incidents]).update(changed_at=at)
    Report.objects.filter(incident__in=incidents).update(changed_at=at)


def _require(actor: Actor, speaker: Body, incidents: Sequence[Incident]) -> None:
    for incident in incidents:
        actor.require(*REPLIERS, city=incident.city, area=incident.area_code, body=speaker.public_id)
    received = Recipient.objects.filter(incident__in=incidents, body=speaker).count()
    if received != len(incidents):
        raise NotAllowed("Kejadian ini belum diterima oleh pihak Anda.")


def _twin(body: Body, text: str, incidents: Sequence[Incident]) -> Reply | None:
    wanted = {incident.id for incident in incidents}
    lately = Reply.objects.filter(body=body, text=text, withdrawn_at=None, at__gte=clock.now() - SAME_WITHIN)
    for said in lately.order_by("-at")[:5]:
        if set(said.incidents.values_list("id", flat=True)) == wanted:
            return said
    return None
