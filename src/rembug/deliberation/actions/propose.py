"""A body publishes a proposal, takes it back, enters it again, splits it or joins it with another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rembug.audit.actions import Ref, record
from rembug.deliberation.models import Ground, Passage, Proposal
from rembug.deliberation.queries.evidence import newest_version
from rembug.deliberation.queries.setup import path_of
from rembug.deliberation.rules.path import MAIN, PATHS, SIDE, Slot
from rembug.evidence.actions.ask import freeze
from rembug.evidence.rules.question import DIMENSIONS
from rembug.lib import clock, ids
from rembug.lib.actor import Actor, Role, system
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotFound
from rembug.people.models import Body
from rembug.people.queries.bodies import PUBLIC_STATES
from rembug.places import queries as places

# Who may speak for a body here: everybody but a plain member.
SPEAKERS: tuple[Role, ...] = (
    *("verifier", "officer", "coordinator", "approver", "facilitator", "administrator"),
)
FIELDS = ("infrastructure", "economy", "social", "culture")
CODE = re.compile(
    r"[0-9A-Za-z]{0,16}"
)  # a public number; anything else would break the pages that link to it
REFRESH = system("deliberation.refresh")
DEAREST = 10**13  # rupiah


@dataclass(frozen=True, slots=True)
class Asked:
    """What a proposal says; money in rupiah, codes of what it rests on."""

    action_id: UUID
    body: str
    mandate: str
    title: str
    need: str
    asked: str
    field: str
    area: str
    mandate_meeting: str = ""
    dimensions: tuple[str, ...] = ()
    landmark: str = ""
    lon: float | None = None
    lat: float | None = None
    volume: str = ""
    potential: str = ""
    contribution: str = ""
    cost_low: int | None = None
    cost_high: int | None = None
    priority: int = 1
    incidents: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    dataset: str = ""
    dossier: str = ""
    path: str = MAIN
    split_from: str = ""


def propose(*, actor: Actor, city: str, said: Asked) -> Proposal:
    """Publish a proposal; the same form again publishes nothing more.

    It enters the first cycle whose first stage has not closed; when it came too late for one, that is noted.
    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    actor.require_for(said.body, *SPEAKERS, city=city)
    body = listed_body(city, said.body)
    path = path_of(city)
    _check(city, said)
    parent = own(actor, city, said.split_from) if said.split_from else None
    first = SIDE if said.path == SIDE else path.facts.stages[0].code
    entry = path.entry(first, _today())
    if entry is None:
        raise Invalid("Kalender perencanaan kota belum memuat siklus berikutnya. Minta Bapperida mengisinya.")
    stands = _plain(said) | {
        "city": city,
        "code": ids.public_code(),
        "body": body,
        "version": newest_version(city, said.dataset) if said.dataset else None,
        "cycle": entry.slot.cycle,
        "stage": first,
        "split_from": parent,
    }
    with transaction.atomic():
        row, is_new = Proposal.objects.get_or_create(action_id=said.action_id, defaults=stands)
        if is_new:
            _rests(row)
            _entered(actor, row, entry.missed, parent)
    return row


def withdraw(*, actor: Actor, city: str, code: str) -> None:
    """Take a proposal back; its page stays. Once more changes nothing. Raises `NotAllowed`, `NotFound`."""
    row = own(actor, city, code)
    with transaction.atomic():
        found = Proposal.objects.filter(pk=row.pk, state__in=("open", "refused"))
        if found.update(state="withdrawn", changed_at=clock.now()):
            _note(actor, row, "withdrawn", {})


def again(*, actor: Actor, city: str, code: str) -> Proposal:
    """Enter a refused proposal into the next cycle, its refusals attached. Raises `Conflict`, `NotAllowed`."""
    row = own(actor, city, code)
    path = path_of(city)
    with transaction.atomic():
        row = Proposal.objects.select_for_update().get(pk=row.pk)
        if row.state == "open":
            return row
        if row.state != "refused":
            raise Conflict("Hanya usulan yang tidak disetujui yang bisa diajukan lagi.")
        first = SIDE if row.path == SIDE else path.facts.stages[0].code
        entry = path.entry(first, _today())
        if entry is None or entry.slot.cycle <= row.cycle:
            raise Conflict("Siklus berikutnya belum dibuka.")
        roll(actor=actor, row=row, to=entry.slot, verb="again")
    return row


def roll(*, actor: Actor, row: Proposal, to: Slot, verb: str = "rolled") -> None:
    """Move a locked proposal into another cycle and ask for its data anew. Part of an act that has checked."""
    before: dict[str, object] = {"from_cycle": row.cycle, "from_stage": row.stage}
    if row.dataset:
        try:
            note = f"Usulan {row.code} masuk siklus {to.cycle}."
            fresh = freeze(actor=REFRESH, city=row.city, slug=row.dataset, note=note)
            before["version"] = fresh.number
        except NotFound:
            before["dataset_gone"] = row.dataset
    row.cycle, row.stage, row.state, row.changed_at = to.cycle, to.stage, "open", clock.now()
    row.save(update_fields=["cycle", "stage", "state", "changed_at"])
    _note(actor, row, verb, before)


def wish_merge(*, actor: Actor, city: str, code: str, into: str) -> None:
    """Offer to join one's proposal with another; the other's body accepts. Raises `Invalid`, `NotFound`."""
    row = own(actor, city, code)
    other = Proposal.objects.filter(city=city, code=into.strip().upper(), state="open").first()
    if other is None or other.pk == row.pk or row.state != "open":
        raise Invalid("Tulis nomor usulan lain yang masih berjalan.")
    if Proposal.objects.filter(merged_into=row).exists() and other.merge_wish_id == row.pk:
        raise Invalid("Usulan itu sedang menunggu digabung dengan usulan ini.")
    with transaction.atomic():
        if Proposal.objects.filter(pk=row.pk).exclude(merge_wish=other).update(merge_wish=other):
            _note(actor, row, "wished", {"into": other.code})


def accept_merge(*, actor: Actor, city: str, code: str, from_code: str) -> None:
    """Take in a proposal that wished it; once more changes nothing. Raises `NotAllowed`, `NotFound`."""
    row = own(actor, city, code)
    with transaction.atomic():
        guest = Proposal.objects.select_for_update().filter(city=city, code=from_code.upper()).first()
        if guest is not None and guest.merged_into_id == row.pk:
            return
        if guest is None or guest.merge_wish_id != row.pk or row.state != "open":
            raise NotFound("Tidak ada usulan itu yang minta digabung.")
        guest.merged_into, guest.merge_wish, guest.state = row, None, "merged"
        guest.changed_at = clock.now()
        guest.save(update_fields=["merged_into", "merge_wish", "state", "changed_at"])
        _note(actor, guest, "merged", {"into": row.code})
        _note(actor, row, "took-in", {"from": guest.code})


def own(actor: Actor, city: str, code: str) -> Proposal:
    """Return a proposal whose body the actor speaks for. Raises `NotAllowed`, `NotFound`."""
    row = Proposal.objects.select_related("body").filter(city=city, code=code.upper()).first()
    if row is None:
        raise NotFound("Usulan ini tidak ada.")
    actor.require_for(row.body.public_id, *SPEAKERS, city=city)
    return row


def listed_body(city: str, public_id: str) -> Body:
    """Return a listed body. Raises `NotFound`."""
    row = Body.objects.filter(city=city, public_id=public_id, state__in=PUBLIC_STATES).first()
    if row is None:
        raise NotFound("Pihak ini tidak ada di kota ini.")
    return row


def _plain(said: Asked) -> dict[str, object]:
    """Return the fields of a new row that only what was said decides, and now."""
    words = ("mandate", "title", "need", "asked", "landmark", "volume", "potential", "contribution")
    same = ("field", "lon", "lat", "cost_low", "cost_high", "priority", "dataset", "dossier", "path")
    now = clock.now()
    return {
        **{name: getattr(said, name).strip() for name in words},
        **{name: getattr(said, name) for name in same},
        "mandate_meeting": said.mandate_meeting.strip().upper()[:9],
        "dimensions": list(said.dimensions),
        "area_code": said.area,
        "incidents": list(said.incidents),
        "cases": list(said.cases),
        "published_at": now,
        "changed_at": now,
    }


def _rests(row: Proposal) -> None:
    found = [("incident", code) for code in row.incidents] + [("case", code) for code in row.cases]
    found += [("dataset", row.dataset)] if row.dataset else []
    Ground.objects.bulk_create(Ground(proposal=row, kind=kind, code=code[:80]) for kind, code in found)


def _today() -> date:
    return timezone.localtime(clock.now()).date()


def _entered(actor: Actor, row: Proposal, missed: Slot | None, parent: Proposal | None) -> None:
    detail: dict[str, object] = {"body": row.body.public_id}
    if parent is not None:
        detail["split_from"] = parent.code
        _note(actor, parent, "split", {"part": row.code})
    if missed is not None:
        detail |= {"missed_cycle": missed.cycle, "closed": missed.closes.isoformat()}
    _note(actor, row, "entered", detail)


def _note(actor: Actor, row: Proposal, verb: str, detail: dict[str, object]) -> None:
    Passage.objects.create(
        proposal=row, at=clock.now(), verb=verb, cycle=row.cycle, stage=row.stage, detail=detail
    )
    data: dict[str, object] = {"cycle": row.cycle, "stage": row.stage, **detail}
    record(actor=actor, verb=f"proposal.{verb}", obj=Ref("proposal", row.code), data=data, city=row.city)


def _check(city: str, said: Asked) -> None:
    faults = [
        FieldFault(name, "missing", words)
        for name, words in (
            ("title", "Beri judul."),
            ("need", "Tulis masalahnya: apa yang terjadi, pada siapa."),
            ("asked", "Tulis apa yang diminta."),
            ("mandate", "Tulis bagaimana warga menyepakati usulan ini."),
        )
        if not getattr(said, name).strip()
    ]
    if said.area not in {area.code for area in places.areas(city)}:
        faults.append(FieldFault("area", "unknown", "Pilih wilayah yang ada di kota ini."))
    if said.field not in FIELDS or said.path not in PATHS:
        faults.append(FieldFault("field", "unknown", "Pilih bidang dan jalurnya."))
    if not set(said.dimensions) <= set(DIMENSIONS):
        faults.append(FieldFault("dimensions", "unknown", "Pilih dari enam dimensi."))
    faults += _money(said) + _numbers(said)
    if faults:
        raise Invalid("Usulan belum bisa diterbitkan. Periksa isian yang ditandai.", faults=tuple(faults))


def _numbers(said: Asked) -> list[FieldFault]:
    given = {
        "incidents": said.incidents,
        "cases": said.cases,
        "mandate_meeting": (said.mandate_meeting.strip(),),
    }
    return [
        FieldFault(name, "malformed", "Tulis nomornya saja: huruf dan angka.")
        for name, codes in given.items()
        if not all(CODE.fullmatch(code) for code in codes)
    ]


def _money(said: Asked) -> list[FieldFault]:
    low, high = said.cost_low, said.cost_high
    if any(one is not None and not 0 <= one <= DEAREST for one in (low, high)):
        return [FieldFault("cost_high", "out-of-range", "Tulis perkiraan biaya dalam rupiah, tanpa titik.")]
    if low is not None and high is not None and low > high:
        return [FieldFault("cost_high", "order", "Biaya tertinggi harus sama atau lebih dari yang terendah.")]
    return []
