"""A body promises: what, by when, from which money, and how it will be seen whether it worked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rembug.audit.actions import Ref, record
from rembug.commitments.models import Commitment, Milestone
from rembug.commitments.rules.states import KINDS, SOURCES
from rembug.deliberation.actions.propose import DEAREST, SPEAKERS, listed_body
from rembug.deliberation.queries.proposals import row_of
from rembug.evidence.queries.datasets import dataset
from rembug.evidence.rules.indicators import DAILY
from rembug.evidence.rules.question import DIMENSIONS
from rembug.lib import clock, ids
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotFound
from rembug.places import queries as places

FARTHEST = timedelta(days=10 * 366)
SHORTEST_BASE, LONGEST_BASE = timedelta(days=28), timedelta(days=3 * 366)
MOST_MILESTONES = 20


@dataclass(frozen=True, slots=True)
class Measure:
    """How it will be seen: indicator of a dataset, areas that should change, neighbours, the span before, the target.

    `target` is the relative change that is promised: −0.5 is "half of it". Days of the span are both included.
    """

    indicator: str
    dataset: str
    areas: tuple[str, ...]
    base_from: date
    base_to: date
    target: float
    controls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """What a body promises. `role` is the post in charge, never a name; money in rupiah."""

    action_id: UUID
    body: str
    kind: str
    title: str
    words: str
    role: str
    source: str
    due_on: date
    area: str
    amount: int | None = None
    source_code: str = ""
    funder: str = ""
    proposal: str = ""
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    dimensions: tuple[str, ...] = ()
    is_quick_win: bool = False
    milestones: tuple[tuple[str, date], ...] = ()
    measure: Measure | None = None


def promise(*, actor: Actor, city: str, said: Promise) -> Commitment:
    """Publish a promise of a body that the actor speaks for; the same form again promises nothing more.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    actor.require_for(said.body, *SPEAKERS, city=city)
    body = listed_body(city, said.body)
    faults = tuple(_faults(city, said))
    if faults:
        raise Invalid("Komitmen belum bisa diterbitkan. Periksa isian yang ditandai.", faults=faults)
    stands = _plain(said) | {
        "city": city,
        "code": ids.public_code(),
        "body": body,
        "funder": listed_body(city, said.funder) if said.funder else None,
        "proposal": row_of(city, said.proposal) if said.proposal else None,
    }
    with transaction.atomic():
        row, is_new = Commitment.objects.get_or_create(action_id=said.action_id, defaults=stands)
        if is_new:
            Milestone.objects.bulk_create(
                Milestone(commitment=row, place=place, what=what.strip()[:160], due_on=due)
                for place, (what, due) in enumerate(said.milestones, start=1)
            )
            data: dict[str, object] = {
                "body": said.body,
                "kind": said.kind,
                "due": said.due_on.isoformat(),
                "amount": said.amount,
                "source": said.source,
                "proposal": said.proposal,
                "indicator": row.indicator,
                "target": row.target,
                "dataset": row.dataset,
            }
            record(actor=actor, verb="promise.made", obj=Ref("promise", row.code), data=data, city=city)
    return row


def _plain(said: Promise) -> dict[str, object]:
    now = clock.now()
    same = ("kind", "source", "due_on", "amount", "lon", "lat", "is_quick_win")
    words = ("title", "words", "role", "source_code", "place")
    found: dict[str, object] = {
        **{name: getattr(said, name) for name in same},
        **{name: getattr(said, name).strip() for name in words},
        "area_code": said.area,
        "dimensions": list(said.dimensions),
        "made_at": now,
        "changed_at": now,
    }
    if said.measure is not None:
        measured = ("indicator", "dataset", "base_from", "base_to", "target")
        found |= {name: getattr(said.measure, name) for name in measured}
        found |= {"areas": list(said.measure.areas), "controls": list(said.measure.controls)}
    return found


def _faults(city: str, said: Promise) -> Iterator[FieldFault]:
    today = timezone.localtime(clock.now()).date()
    for name, words in (
        ("title", "Beri judul."),
        ("words", "Tulis apa yang dijanjikan."),
        ("role", "Tulis jabatan penanggung jawab, bukan nama orang."),
    ):
        if not getattr(said, name).strip():
            yield FieldFault(name, "missing", words)
    if said.kind not in KINDS or said.source not in SOURCES:
        yield FieldFault("kind", "unknown", "Pilih jenis dan sumbernya.")
    if not today <= said.due_on <= today + FARTHEST:
        yield FieldFault("due_on", "out-of-range", "Tanggal janji: hari ini atau sesudahnya.")
    yield from _unknown(city, said)
    if said.measure is not None:
        yield from _of_measure(city, said.measure, today)
        yield from _of_dataset(city, said.measure)


def _unknown(city: str, said: Promise) -> Iterator[FieldFault]:
    if said.kind not in KINDS or said.source not in SOURCES:
        yield FieldFault("kind", "unknown", "Pilih jenis dan sumbernya.")
    if said.amount is not None and not 0 <= said.amount <= DEAREST:
        yield FieldFault("amount", "out-of-range", "Tulis jumlah dalam rupiah, tanpa titik.")
    if said.area not in {area.code for area in places.areas(city)}:
        yield FieldFault("area", "unknown", "Pilih wilayah yang ada di kota ini.")
    if not set(said.dimensions) <= set(DIMENSIONS):
        yield FieldFault("dimensions", "unknown", "Pilih dari enam dimensi.")
    if len(said.milestones) > MOST_MILESTONES or any(not what.strip() for what, _ in said.milestones):
        words = f"Tulis paling banyak {MOST_MILESTONES} tonggak, satu baris satu."
        yield FieldFault("milestones", "count", words)


def _of_measure(city: str, measure: Measure, today: date) -> Iterator[FieldFault]:
    known = {area.code for area in places.areas(city)}
    if measure.indicator not in DAILY:
        yield FieldFault("indicator", "unknown", "Pilih ukurannya.")
    if not measure.areas or not known.issuperset((*measure.areas, *measure.controls)):
        yield FieldFault("areas", "unknown", "Pilih wilayah yang diharapkan berubah.")
    if set(measure.areas) & set(measure.controls):
        yield FieldFault("controls", "twice", "Pembanding tidak boleh wilayah yang sama.")
    if not SHORTEST_BASE <= measure.base_to - measure.base_from <= LONGEST_BASE or measure.base_to > today:
        yield FieldFault("base_to", "out-of-range", "Masa sebelum: paling pendek 28 hari, dan sudah lewat.")
    if not -1.0 <= measure.target < 0.0:
        yield FieldFault(
            "target", "out-of-range", "Tulis berapa persen yang dijanjikan berkurang, 1 sampai 100."
        )


def _of_dataset(city: str, measure: Measure) -> Iterator[FieldFault]:
    try:
        asked = dataset(city, measure.dataset).asked
    except NotFound:
        yield FieldFault("dataset", "unknown", "Pilih kumpulan data yang ada.")
        return
    if asked.subject != "reports" or asked.end is not None:
        yield FieldFault("dataset", "unfit", "Pakai kumpulan data laporan tanpa tanggal akhir.")
    if not all(asked.covers(area) for area in (*measure.areas, *measure.controls)):
        yield FieldFault("dataset", "unfit", "Kumpulan data ini tidak memuat semua wilayah yang dipilih.")
