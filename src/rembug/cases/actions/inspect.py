"""A second look at settled cases drawn by lot: it held, or it did not, which reopens it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.cases.actions.confirm import Word
from rembug.cases.actions.move import WORDS_MAX, Said, apply, locked
from rembug.cases.models import Case, Inspection
from rembug.cases.queries.near import is_near
from rembug.cases.queries.setup import facts_of
from rembug.cases.rules.lot import is_drawn
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound
from rembug.lib.pii import mask
from rembug.people.models import Body


def draw(city: str, *, actor: Actor) -> int:
    """Draw among the cases that were settled lately; return how many are new. Drawing again changes nothing."""
    facts, now = facts_of(city), clock.now()
    if not facts.inspection_share:
        return 0
    span = timedelta(days=facts.inspection_days)
    settled = Case.objects.filter(city=city, state="settled", settled_at__gte=now - span, inspection=None)
    made = 0
    for row in settled.order_by("id").iterator(500):
        if not is_drawn(row.code, facts.inspection_share):
            continue
        with transaction.atomic():
            _, is_new = Inspection.objects.get_or_create(
                case=row, defaults={"drawn_at": now, "until": now + span}
            )
            if is_new:
                record(actor=actor, verb="case.drawn", obj=Ref("case", row.code), data={}, city=city)
                made += 1
    return made


def look_again(*, actor: Actor, city: str, code: str, body: str, said: Word) -> Inspection:
    """Say what a second look found; `confirm`: it held, `dispute`: it did not. The same form again changes nothing.

    Raises `Conflict`, `Invalid`, `NotAllowed`, `NotFound`.
    """
    if said.verb not in {"confirm", "dispute"}:
        raise Invalid(gettext("Pilih: masih beres, atau tidak."))
    words = mask(" ".join(said.words.split()))[:WORDS_MAX]
    if said.verb == "dispute" and not words:
        message = gettext("Tulis apa yang belum beres.")
        raise Invalid(message, faults=(FieldFault("words", "missing", message),))
    with transaction.atomic():
        case = locked(city, code)
        row = Inspection.objects.select_for_update().filter(case=case).first()
        if row is None:
            raise NotFound(gettext("Kasus ini tidak terpilih untuk cek ulang."))
        speaker = Body.objects.filter(city=city, public_id=body).first()
        if speaker is None or not is_near(actor, case, speaker):
            raise NotAllowed(
                gettext(
                    "Yang mengecek ulang adalah komunitas di wilayah ini yang tidak ikut menangani kasusnya."
                )
            )
        held = said.verb == "confirm"
        if row.held is not None:
            if (row.held, row.body_id) == (held, speaker.pk):
                return row
            raise Conflict(gettext("Kasus ini sudah dicek ulang oleh pihak lain."))
        row.held, row.words, row.body, row.looked_at = held, words, speaker, clock.now()
        row.save(update_fields=["held", "words", "body", "looked_at"])
        data: dict[str, object] = {"held": held, "body": speaker.public_id, "body_name": speaker.name}
        record(actor=actor, verb="case.inspected", obj=Ref("case", case.code), data=data, city=city)
        if not held and case.state == "settled":
            apply(case, Said("dispute", case.version, public=words), actor, "citizen", speaker)
    return row
