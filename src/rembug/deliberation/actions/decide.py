"""A body decides at a stage; what missed its stage goes on to the next cycle."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rembug.audit.actions import Ref, record
from rembug.deliberation.actions.propose import CODE, SPEAKERS, listed_body, roll
from rembug.deliberation.models import Decision, Proposal
from rembug.deliberation.queries.setup import cities, path_of
from rembug.deliberation.queries.stages import may_decide
from rembug.deliberation.rules.path import ONWARD, OUTCOMES, Path
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound

BATCH = 500


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a body decides. `post` is the post that decides, never a name; `seen` is the stage that was seen."""

    action_id: UUID
    body: str
    post: str
    outcome: str
    words: str
    seen: str
    reason: str = ""
    referred_to: str = ""
    meeting: str = ""


def decide(*, actor: Actor, city: str, code: str, said: Ruling) -> Decision:
    """Decide on a proposal at its stage; the same form again decides nothing more.

    Accepted, also in part: on to the next stage. Refused: it stands on the public list. Referred: it stays, and waits
    for the other body. Raises `Conflict` when the proposal has moved on, `Invalid`, `NotAllowed`, `NotFound`.
    """
    actor.require_for(said.body, *SPEAKERS, city=city)
    path = path_of(city)
    _check(said, path)
    with transaction.atomic():
        row = Proposal.objects.select_for_update().filter(city=city, code=code.upper()).first()
        if row is None:
            raise NotFound("Usulan ini tidak ada.")
        before = Decision.objects.filter(action_id=said.action_id).first()
        if before is not None:
            return before
        if row.state != "open" or row.stage != said.seen:
            raise Conflict("Usulan ini sudah di tahap lain. Lihat keadaannya sekarang.")
        body = listed_body(city, said.body)
        if not may_decide(body, path, row):
            raise NotAllowed("Pihak ini tidak memutuskan pada tahap ini untuk wilayah ini.")
        made = Decision.objects.create(
            proposal=row,
            action_id=said.action_id,
            cycle=row.cycle,
            stage=row.stage,
            body=body,
            post=said.post.strip()[:80],
            outcome=said.outcome,
            reason=said.reason,
            words=said.words.strip()[:1000],
            referred_to=said.referred_to.strip()[:120],
            meeting=said.meeting.strip().upper()[:9],
            at=clock.now(),
        )
        _move(row, path, said.outcome)
        data: dict[str, object] = {
            "body": said.body,
            "cycle": made.cycle,
            "stage": made.stage,
            "outcome": said.outcome,
            "reason": said.reason,
            "post": made.post,
        }
        record(actor=actor, verb="proposal.decided", obj=Ref("proposal", row.code), data=data, city=city)
    return made


def advance(*, actor: Actor) -> int:
    """Move proposals whose stage closed without a decision into the next cycle; return how many."""
    today = timezone.localtime(clock.now()).date()
    done = 0
    for city in cities():
        path = path_of(city)
        late = [
            pk
            for pk, cycle, stage in Proposal.objects.filter(city=city, state="open")
            .order_by("id")
            .values_list("id", "cycle", "stage")[: BATCH * 20]
            if path.missed(cycle, stage, today)
        ]
        for pk in late[:BATCH]:
            with transaction.atomic():
                row = Proposal.objects.select_for_update().get(pk=pk)
                entry = path.entry(row.stage, today)
                if row.state == "open" and path.missed(row.cycle, row.stage, today) and entry is not None:
                    roll(actor=actor, row=row, to=entry.slot)
                    done += 1
    return done


def _move(row: Proposal, path: Path, outcome: str) -> None:
    row.changed_at = clock.now()
    if outcome in ONWARD:
        onward = path.next_stage(row.stage)
        row.stage, row.state = (onward, row.state) if onward else (row.stage, "realised")
    elif outcome == "refused":
        row.state = "refused"
    row.save(update_fields=["stage", "state", "changed_at"])


def _check(said: Ruling, path: Path) -> None:
    faults = []
    if said.outcome not in OUTCOMES:
        faults.append(FieldFault("outcome", "unknown", "Pilih keputusannya."))
    if not said.post.strip():
        faults.append(FieldFault("post", "missing", "Tulis jabatan yang memutuskan, bukan nama orang."))
    if not said.words.strip():
        faults.append(FieldFault("words", "missing", "Tulis alasannya dalam satu dua kalimat."))
    if said.outcome != "accepted" and said.reason not in {row.code for row in path.facts.reasons}:
        faults.append(FieldFault("reason", "missing", "Pilih kode alasan."))
    if not CODE.fullmatch(said.meeting.strip()):
        faults.append(FieldFault("meeting", "malformed", "Tulis nomornya saja: huruf dan angka."))
    if said.outcome == "referred" and not said.referred_to.strip():
        faults.append(FieldFault("referred_to", "missing", "Tulis diteruskan ke siapa."))
    if faults:
        raise Invalid("Keputusan belum bisa disimpan. Periksa isian yang ditandai.", faults=tuple(faults))
