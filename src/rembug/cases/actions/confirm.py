"""The other side speaks: the reporter, or a community near by, says that a case is settled, or that it is not."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext

from rembug.cases.actions.move import WORDS_MAX, Said, apply, locked
from rembug.cases.actions.proof import SPACE, subject_of
from rembug.cases.models import Case
from rembug.cases.queries.near import is_near
from rembug.cases.rules.states import MOVES, may
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound
from rembug.lib.pii import mask
from rembug.people.models import Body
from rembug.reports.actions.attach import attach
from rembug.reports.queries.handling import incident_of_receipt

VERBS = frozenset({"confirm", "dispute"})


@dataclass(frozen=True, slots=True)
class Word:
    """What is said: settled or not, why not, and a photo (bytes) if there is one."""

    verb: str
    words: str = ""
    photo: bytes = b""
    action_id: UUID | None = None


def by_reporter(*, actor: Actor, city: str, code: str, token: str, said: Word) -> Case:
    """The reporter speaks; the receipt's secret is the right. The same word again changes nothing.

    Raises `Conflict`, `Invalid`, `NotFound`.
    """
    row = _checked(city, code, said)
    if not row.incident or incident_of_receipt(token) != row.incident:
        raise NotFound(gettext("Kasus ini bukan dari laporan Anda."))
    return _say(row, said, actor, None, token)


def by_community(*, actor: Actor, city: str, code: str, body: str, said: Word) -> Case:
    """A community speaks that looks after this area and has no part in the case.

    Raises `Conflict`, `Invalid`, `NotAllowed`, `NotFound`.
    """
    row = _checked(city, code, said)
    speaker = Body.objects.filter(city=city, public_id=body).first()
    if speaker is None or not is_near(actor, row, speaker):
        raise NotAllowed(
            gettext("Yang memeriksa adalah komunitas di wilayah ini yang tidak ikut menangani kasusnya.")
        )
    return _say(row, said, actor, speaker, "")


def _checked(city: str, code: str, said: Word) -> Case:
    if said.verb not in VERBS:
        raise Invalid(gettext("Pilih tuntas atau belum tuntas."))
    row = Case.objects.select_related("body", "about_body").filter(city=city, code=code[:16].upper()).first()
    if row is None:
        raise NotFound(gettext("Kasus ini tidak ada."))
    if said.verb == "dispute" and not said.words.strip():
        message = gettext("Tulis apa yang belum beres.")
        raise Invalid(message, faults=(FieldFault("words", "missing", message),))
    return row


def _say(row: Case, said: Word, actor: Actor, speaker: Body | None, token: str) -> Case:
    """Store the photo, then write the step: whatever stops this in between, the same form carries on."""
    if row.state == MOVES[said.verb].to:
        return row
    if not may(said.verb, row.state, "citizen"):
        raise Conflict(gettext("Kasus ini belum sampai pada jawaban."))
    photo = ""
    if said.photo and said.action_id:
        client_id = uuid5(SPACE, f"{said.action_id} word")
        made = attach(
            actor=actor, subject=subject_of(row), client_id=client_id, data=said.photo, receipt=token
        )
        photo = made.name
    with transaction.atomic():
        row = locked(row.city, row.code)
        if row.state == MOVES[said.verb].to:
            return row
        if not may(said.verb, row.state, "citizen"):
            raise Conflict(gettext("Kasus ini belum sampai pada jawaban."))
        words = mask(" ".join(said.words.split()))[:WORDS_MAX]  # a citizen may write a number or an address
        step = Said(said.verb, row.version, public=words, photo=photo, action_id=said.action_id)
        apply(row, step, actor, "citizen", speaker)
    return row
