"""Sealing one letter into a matter: the only place where something that was said is stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext

from rembug.confidential.models import Box, Letter, Matter, Wrap
from rembug.confidential.queries.matters import context_of
from rembug.confidential.queries.setup import facts_of, today
from rembug.confidential.rules import seal
from rembug.lib.actor import Actor
from rembug.lib.errors import Invalid

MOST_LETTERS = 200
REPORTER = ""


def put(
    matter: Matter,
    what: str,
    plain: bytes,
    boxes: Mapping[str, Box],
    *,
    actor: Actor,
    by_reporter: bool,
    once: UUID,
    to_reporter: bool = True,
) -> Letter | None:
    """Seal and store one letter inside the caller's transaction, which holds the matter's lock; a repeat is `None`.

    `boxes`: by the public id of their body. Raises `Invalid` when the matter is full.
    """
    if Letter.objects.filter(matter=matter, once=once).exists():
        return None
    number = Letter.objects.filter(matter=matter).count()
    if number >= MOST_LETTERS:
        raise Invalid(gettext("Percakapan ini sudah terlalu panjang. Buat laporan baru."))
    readers = {body: bytes(box.public_key) for body, box in boxes.items()}
    if to_reporter:
        readers[REPORTER] = bytes(matter.reporter_key)
    sealed = seal.seal(plain, readers, context_of(matter, number, what))
    day = today(matter.city)
    letter = Letter.objects.create(
        matter=matter, number=number, what=what, by_reporter=by_reporter, on=day, once=once, body=sealed.body
    )
    Wrap.objects.bulk_create(
        Wrap(letter=letter, box=boxes.get(name), key=key) for name, key in sealed.wraps.items()
    )
    ends = day + timedelta(days=facts_of(matter.city).retention_days)
    Matter.objects.filter(pk=matter.pk).update(ends_on=ends)
    return letter
