"""A body saves a question, and asks for a frozen answer."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from rembug.audit.actions import Ref, record
from rembug.evidence.models import Dataset, Version
from rembug.evidence.queries.datasets import EDITORS
from rembug.evidence.rules.question import DIMENSIONS, Asked, check
from rembug.lib import clock
from rembug.lib.actions import wake
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotFound
from rembug.people.models import Body
from rembug.places import queries as places
from rembug.reports.queries.categories import categories

TITLE_MAX, ABOUT_MIN, ABOUT_MAX, NOTE_MAX = 160, 50, 2000, 400


def save_question(
    *,
    actor: Actor,
    body: str,
    title: str,
    about: str,
    asked: Asked,
    title_en: str = "",
    about_en: str = "",
    dimensions: tuple[str, ...] = (),
) -> Dataset:
    """Save a question under a permanent address. The same title and question of the same body are the same dataset.

    Raises `Invalid` with each fault, `NotFound` for an unknown body, `Conflict` where the address is taken by another
    question.
    """
    title, about = " ".join(title.split()), about.strip()
    with transaction.atomic():
        publisher = Body.objects.filter(public_id=body, state=Body.State.CONFIRMED).first()
        if publisher is None:
            raise NotFound("Pilih pihak yang ada.")
        city = publisher.city
        actor.require_for(body, *EDITORS, city=city)
        slug = slugify(title)[:80]
        _check(city, title, about, slug, asked, dimensions)
        known = Dataset.objects.select_for_update().filter(city=city, slug=slug).first()
        if known is not None:
            return _same(known, publisher, asked)
        now = clock.now()
        made = Dataset(
            city=city,
            slug=slug,
            title=title,
            title_en=" ".join(title_en.split())[:TITLE_MAX],
            about=about,
            about_en=about_en.strip()[:ABOUT_MAX],
            dimensions=list(dimensions),
            question=asked.stored(),
            publisher=publisher,
            asked_by_id=actor.person_id,
            asked_at=now,
            changed_at=now,
        )
        _insert(made)
        record(
            actor=actor,
            verb="dataset.asked",
            obj=Ref("dataset", made.slug),
            data={"slug": slug, "body": body, "question": asked.stored()},
            city=city,
        )
        return made


def freeze(*, actor: Actor, city: str, slug: str, note: str = "") -> Version:
    """Ask for a frozen answer; a job makes and publishes it. While one is being made, that one is returned."""
    with transaction.atomic():
        question = Dataset.objects.select_for_update().filter(city=city, slug=slug).first()
        if question is None:
            raise NotFound("Kumpulan data ini tidak ada.")
        if actor.kind != "system":
            actor.require_for(question.publisher.public_id, *EDITORS, city=city)
        waiting = question.versions.filter(state=Version.State.MAKING).first()
        if waiting is not None:
            return waiting
        last = question.versions.aggregate(most=Max("number"))["most"] or 0
        made = Version.objects.create(
            dataset=question,
            number=last + 1,
            note=" ".join(note.split())[:NOTE_MAX],
            asked_by_id=actor.person_id,
            asked_at=clock.now(),
        )
    wake("rembug.evidence.tasks.make")
    return made


def _check(city: str, title: str, about: str, slug: str, asked: Asked, dimensions: tuple[str, ...]) -> None:
    check(asked)
    faults = []
    if not slug or len(title) > TITLE_MAX:
        faults.append(FieldFault("title", "length", f"Tulis judul, paling banyak {TITLE_MAX} huruf."))
    if not ABOUT_MIN <= len(about) <= ABOUT_MAX:
        words = f"Jelaskan isinya dengan {ABOUT_MIN} sampai {ABOUT_MAX} huruf."
        faults.append(FieldFault("about", "length", words))
    if asked.category and asked.category not in categories(city):
        faults.append(FieldFault("category", "unknown", "Pilih jenis yang ada di kota ini."))
    known = {area.code for area in places.areas(city)}
    if not known.issuperset(asked.areas):
        faults.append(FieldFault("areas", "unknown", "Pilih wilayah yang ada di kota ini."))
    if not set(dimensions) <= set(DIMENSIONS):
        faults.append(FieldFault("dimensions", "unknown", "Pilih dari enam dimensi."))
    if faults:
        raise Invalid(faults[0].message, faults=tuple(faults))


def _same(known: Dataset, publisher: Body, asked: Asked) -> Dataset:
    if known.publisher_id == publisher.pk and known.question == asked.stored():
        return known
    raise Conflict("Judul ini sudah dipakai untuk pertanyaan lain. Pakai judul lain.")


def _insert(made: Dataset) -> None:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("Judul ini sudah dipakai. Pakai judul lain.") from error
