"""A group enters what it drew or agreed on; another person reviews it; what was accepted is frozen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from rembug.audit.actions import Ref, record
from rembug.evidence.actions.ask import freeze, save_question
from rembug.evidence.models import Version, Workshop, WorkshopItem
from rembug.evidence.queries.workshops import MAPPERS, REVIEWERS
from rembug.evidence.rules.question import DIMENSIONS, Asked
from rembug.evidence.rules.workshop import (
    METHODS,
    MOST_ITEMS,
    MOST_PEOPLE,
    WORDS_MAX,
    Legend,
    check_home,
    check_legend,
    kind_of,
    read_legend,
)
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotAllowed, NotFound
from rembug.lib.masking import Sensitivity, public_place
from rembug.lib.pii import mask
from rembug.people.models import Body
from rembug.places import queries as places
from rembug.places.rules.cells import cell

HOME_CELL = 12  # about ten metres: one house drawn twice is moved by the same shift


@dataclass(frozen=True, slots=True)
class Opening:
    """What a map or workshop says of itself; `body` is a public id, `action_id` comes from the form."""

    action_id: UUID
    body: str
    title: str
    purpose: str
    held_on: date
    participants: int
    method: str
    legend: tuple[Legend, ...]
    area: str = ""
    meeting: str = ""
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """One mark or result: key of its sign, words, shape (None: no place), how many people (None: not counted)."""

    legend: str
    words: str
    geometry: BaseGeometry | None
    people: int | None = None


def open_workshop(*, actor: Actor, city: str, said: Opening) -> Workshop:
    """Begin a common map or workshop result for a body that the actor acts for; the same form again makes nothing more.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    actor.require_for(said.body, *MAPPERS, city=city)
    body = Body.objects.filter(city=city, public_id=said.body, state=Body.State.CONFIRMED).first()
    if body is None:
        raise NotFound("Pilih pihak yang ada.")
    _check(city, said)
    with transaction.atomic():
        row, is_new = Workshop.objects.get_or_create(
            action_id=said.action_id,
            defaults={
                "city": city,
                "body": body,
                "title": said.title.strip(),
                "purpose": said.purpose.strip(),
                "held_on": said.held_on,
                "area_code": said.area,
                "participants": said.participants,
                "method": said.method,
                "meeting": said.meeting.strip().upper(),
                "legend": [one.stored() for one in said.legend],
                "dimensions": list(said.dimensions),
                "made_at": clock.now(),
            },
        )
        if is_new:
            data: dict[str, object] = {"body": said.body, "held_on": said.held_on.isoformat()}
            data["method"] = said.method
            if said.participants >= settings.SMALLEST_K:  # the log is public: fewer are only told to be few
                data["participants"] = said.participants
            record(actor=actor, verb="workshop.opened", obj=Ref("workshop", row.code), data=data, city=city)
    return row


def add_items(*, actor: Actor, city: str, code: str, action_id: UUID, items: Sequence[Drawn]) -> int:
    """Enter marks or results, all or none; the same form again enters nothing more. Return how many were entered.

    Raises `Invalid` naming the first that cannot be taken, `NotAllowed`, `NotFound`.
    """
    row = _own(actor, city, code)
    legend = {one.key: one for one in read_legend(row.legend)}
    ready = [_ready(row, legend, one, place) for place, one in enumerate(items, start=1)]
    with transaction.atomic():
        Workshop.objects.select_for_update().get(pk=row.pk)
        if WorkshopItem.objects.filter(action_id=uuid5(action_id, "1")).exists():
            return 0
        if not ready or row.items.count() + len(ready) > MOST_ITEMS:
            raise Invalid(f"Isi 1 sampai {MOST_ITEMS} tanda untuk satu peta.")
        now = clock.now()
        for place, values in enumerate(ready, start=1):
            WorkshopItem.objects.create(
                **values,
                workshop=row,
                action_id=uuid5(action_id, str(place)),
                entered_by_id=actor.person_id,
                at=now,
            )
        data: dict[str, object] = {"items": len(ready)}
        record(actor=actor, verb="workshop.items", obj=Ref("workshop", row.code), data=data, city=city)
    return len(ready)


def review(*, actor: Actor, city: str, code: str, items: Collection[str], accept: bool, why: str = "") -> int:
    """Accept or refuse what another person entered; what was decided stays. Return how many were decided.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    row = Workshop.objects.filter(city=city, code=code).first()
    if row is None:
        raise NotFound("Peta ini tidak ada.")
    actor.require(*REVIEWERS, city=city, area=row.area_code)
    why = " ".join(why.split())[:WORDS_MAX]
    if not accept and len(why) < 5:
        raise Invalid("Tulis mengapa tidak diterima.")
    with transaction.atomic():
        waiting = row.items.select_for_update().filter(code__in=items, state=WorkshopItem.State.WAITING)
        found = list(waiting)
        if any(one.entered_by_id is not None and one.entered_by_id == actor.person_id for one in found):
            raise NotAllowed("Yang memeriksa harus orang lain, bukan yang memasukkan.")
        state = WorkshopItem.State.ACCEPTED if accept else WorkshopItem.State.REFUSED
        for one in found:
            one.state, one.reviewed_by_id, one.reviewed_at, one.why = state, actor.person_id, clock.now(), why
            one.save(update_fields=["state", "reviewed_by", "reviewed_at", "why"])
        if found:
            data: dict[str, object] = {"items": len(found), "accepted": accept}
            record(actor=actor, verb="workshop.reviewed", obj=Ref("workshop", row.code), data=data, city=city)
    return len(found)


def freeze_workshop(*, actor: Actor, city: str, code: str, note: str = "") -> Version:
    """Ask for a frozen version of what was accepted. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    row = _own(actor, city, code)
    if not row.items.filter(state=WorkshopItem.State.ACCEPTED).exists():
        raise Invalid("Belum ada yang diterima. Minta orang lain memeriksa dulu.")
    with transaction.atomic():
        made = save_question(
            actor=actor,
            body=row.body.public_id,
            title=f"Peta warga {row.code}: {row.title}",
            about=f"Peta atau hasil lokakarya warga tanggal {row.held_on.isoformat()}. Untuk apa: {row.purpose} "
            "Diperiksa orang lain sebelum dibekukan.",
            asked=Asked("workshops", areas=(row.area_code,) if row.area_code else (), workshop=row.code),
            dimensions=tuple(row.dimensions),
        )
        Workshop.objects.filter(pk=row.pk, dataset=None).update(dataset=made)
    return freeze(actor=actor, city=city, slug=made.slug, note=note)


def _own(actor: Actor, city: str, code: str) -> Workshop:
    """Return a workshop of a body that the actor acts for. Raises `NotAllowed`, `NotFound`."""
    row = Workshop.objects.select_related("body").filter(city=city, code=code).first()
    if row is None:
        raise NotFound("Peta ini tidak ada.")
    actor.require_for(row.body.public_id, *MAPPERS, city=city)
    return row


def _ready(row: Workshop, legend: dict[str, Legend], one: Drawn, place: int) -> dict[str, Any]:
    """Return what is stored of one mark: protected here, so that a true home is never written down."""

    def refuse(words: str) -> Invalid:
        message = f"Tanda {place}: {words}"
        return Invalid(message, faults=(FieldFault("items", "item", message),))

    sign = legend.get(one.legend)
    if sign is None:
        raise refuse("pilih tanda dari legenda.")
    if len(one.words) > WORDS_MAX or (one.geometry is None and not one.words.strip()):
        raise refuse(f"tulis keterangannya, paling banyak {WORDS_MAX} huruf.")
    if one.people is not None and not 0 <= one.people <= min(row.participants, MOST_PEOPLE):
        raise refuse("jumlah orang tidak bisa melebihi jumlah peserta.")
    try:
        check_home(sign, one.geometry)
        geometry, is_moved = _protected(row, sign, one.geometry)
    except Invalid as error:
        raise refuse(error.message) from error
    area = _area(row, geometry)
    if row.area_code and area and area != row.area_code and not area.startswith(f"{row.area_code}."):
        raise refuse("letaknya di luar wilayah peta ini.")
    return {
        "legend": sign.key,
        "words": mask(" ".join(one.words.split()))[:WORDS_MAX],
        "kind": kind_of(geometry),
        "wkt": geometry.wkt if geometry is not None else "",
        "area_code": area,
        "people": one.people,
        "is_moved": is_moved,
    }


def _protected(
    row: Workshop, sign: Legend, geometry: BaseGeometry | None
) -> tuple[BaseGeometry | None, bool]:
    """Return a shape, moved where it marks a home: each map by its own shift, or a map of one's own tells it."""
    if geometry is None or not sign.is_home or not isinstance(geometry, Point):
        return geometry, False
    hit = places.area_at(row.city, geometry.x, geometry.y)
    moved = public_place(
        geometry.x,
        geometry.y,
        Sensitivity.HOME,
        private_id=f"workshop:{row.code}:{cell(geometry.x, geometry.y, HOME_CELL)}",
        key=settings.MASK_KEY.encode(),
        inside=shape(places.shape(row.city, hit.code)) if hit.inside else None,
    )
    if moved is None:
        raise Invalid("titik tempat tinggal ini tidak bisa digeser dengan aman. Gambar sebagai wilayah.")
    return Point(moved.lon, moved.lat), True


def _area(row: Workshop, geometry: BaseGeometry | None) -> str:
    if geometry is None:
        return row.area_code
    spot = geometry.representative_point()
    hit = places.area_at(row.city, spot.x, spot.y)
    if not hit.accepted:
        raise Invalid("Ada tanda yang jauh di luar kota. Periksa lintang dan bujurnya.")
    return hit.code


def _check(city: str, said: Opening) -> None:
    faults = [
        FieldFault(name, "missing", words)
        for name, words in (("title", "Beri judul."), ("purpose", "Tulis untuk apa peta ini."))
        if not getattr(said, name).strip()
    ]
    if said.held_on > timezone.localtime(clock.now()).date():
        faults.append(FieldFault("held_on", "range", "Tanggalnya belum lewat."))
    if not 1 <= said.participants <= MOST_PEOPLE:
        faults.append(FieldFault("participants", "range", f"Isi jumlah peserta, 1 sampai {MOST_PEOPLE}."))
    if said.method not in METHODS:
        faults.append(FieldFault("method", "unknown", "Pilih caranya."))
    if said.area and said.area not in {one.code for one in places.areas(city)}:
        faults.append(FieldFault("area", "unknown", "Pilih wilayah yang ada di kota ini."))
    if not set(said.dimensions) <= set(DIMENSIONS):
        faults.append(FieldFault("dimensions", "unknown", "Pilih dari enam dimensi."))
    faults += check_legend(said.legend)
    if faults:
        raise Invalid(faults[0].message, faults=tuple(faults))
