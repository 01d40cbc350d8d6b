"""A body publishes a dossier whose numbers are recomputed first; another body reviews it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.utils.text import slugify

from rembug.audit.actions import Ref, record
from rembug.evidence.models import Dossier, Review
from rembug.evidence.queries.datasets import VersionFace, version
from rembug.evidence.queries.measured import Span, by_day, columns, measured
from rembug.evidence.rules.claims import holds, said_in
from rembug.evidence.rules.indicators import DAILY, INDICATORS
from rembug.lib import clock, say
from rembug.lib.actor import Actor, Role
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound
from rembug.people.models import Body
from rembug.people.queries.bodies import PUBLIC_STATES
from rembug.places import queries as places

WRITERS: tuple[Role, ...] = (
    *("verifier", "officer", "coordinator", "approver", "facilitator", "administrator"),
)
VERDICTS = ("agrees", "doubts")
MOST_CLAIMS, LONGEST_DAYS = 20, 1100


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence with one marked number, and what it is reckoned from; `number` is the version, 0 the newest."""

    sentence: str
    indicator: str
    dataset: str
    areas: tuple[str, ...]
    first: date
    last: date
    number: int = 0


@dataclass(frozen=True, slots=True)
class Writing:
    """What a dossier says. `slug` names an earlier one of which this is a new version."""

    action_id: UUID
    body: str
    title: str
    asked: str
    summary: str
    text: str = ""
    claims: tuple[Claim, ...] = ()
    authors: tuple[str, ...] = ()
    slug: str = ""
    note: str = ""


def publish(*, actor: Actor, city: str, said: Writing) -> Dossier:
    """Publish a dossier, or a new version of one; the same form again publishes nothing more.

    Every marked number is reckoned anew from its frozen version and refused when it differs. Raises `Conflict`,
    `Invalid`, `NotAllowed`, `NotFound`.
    """
    actor.require_for(said.body, *WRITERS, city=city)
    _check(said)
    done = Dossier.objects.filter(action_id=said.action_id).first()
    if done is not None:
        return done
    bodies = _bodies(city, (said.body, *said.authors))
    claims = [_reckoned(city, claim, place) for place, claim in enumerate(said.claims, start=1)]
    slug = said.slug or slugify(said.title)[:80]
    with transaction.atomic():
        before = Dossier.objects.select_for_update().filter(city=city, slug=slug).order_by("-number").first()
        if before is not None and (
            not said.slug or said.body not in {before.body.public_id, *before.authors}
        ):
            raise Conflict(
                "Judul ini sudah dipakai. Pakai judul lain, atau terbitkan versi baru sebagai penulisnya."
            )
        content: dict[str, Any] = {"title": said.title.strip(), "asked": said.asked.strip(), "claims": claims}
        content |= {"summary": said.summary.strip(), "text": said.text.strip()}
        digest = hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
        row = Dossier.objects.create(
            city=city,
            slug=slug,
            number=(before.number if before else 0) + 1,
            action_id=said.action_id,
            body=bodies[said.body],
            authors=[one for one in said.authors if one != said.body],
            content_hash=digest,
            note=said.note.strip()[:400],
            published_at=clock.now(),
            **content,
        )
        data: dict[str, object] = {"body": said.body, "number": row.number, "sha256": digest}
        data["versions"] = sorted({f"{one['dataset']}/{one['version']}" for one in claims})
        record(actor=actor, verb="dossier.published", obj=Ref("dossier", slug), data=data, city=city)
    return row


def review(
    *, actor: Actor, city: str, slug: str, number: int, action_id: UUID, body: str, verdict: str, words: str
) -> None:
    """Say for another body what one thinks of a version; the same form again says nothing more.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    actor.require_for(body, *WRITERS, city=city)
    row = Dossier.objects.select_related("body").filter(city=city, slug=slug, number=number).first()
    if row is None:
        raise NotFound("Data dukung ini tidak ada.")
    if body in {row.body.public_id, *row.authors}:
        raise NotAllowed("Yang memeriksa harus pihak lain, bukan penulisnya.")
    if verdict not in VERDICTS or not words.strip():
        message = "Pilih hasil pemeriksaan, dan tulis apa yang diperiksa."
        raise Invalid(message, faults=(FieldFault("words", "missing", message),))
    values = {"dossier": row, "verdict": verdict, "words": words.strip()[:2000], "at": clock.now()}
    with transaction.atomic():
        _, is_new = Review.objects.get_or_create(
            action_id=action_id, defaults=values | {"body": _bodies(city, (body,))[body]}
        )
        if is_new:
            data: dict[str, object] = {"body": body, "number": number, "verdict": verdict}
            record(actor=actor, verb="dossier.reviewed", obj=Ref("dossier", slug), data=data, city=city)


def _bodies(city: str, names: tuple[str, ...]) -> dict[str, Body]:
    rows = Body.objects.filter(city=city, public_id__in=names, state__in=PUBLIC_STATES)
    found = {row.public_id: row for row in rows}
    if len(found) < len(set(names)):
        raise NotFound("Salah satu pihak tidak ada di kota ini.")
    return found


def _check(said: Writing) -> None:
    faults = [
        FieldFault(name, "missing", words)
        for name, words in (
            ("title", "Beri judul."),
            ("asked", "Tulis apa yang diminta, dan dari siapa."),
            ("summary", "Tulis ringkasannya."),
        )
        if not getattr(said, name).strip()
    ]
    if len(said.claims) > MOST_CLAIMS:
        faults.append(FieldFault("claims", "count", f"Paling banyak {MOST_CLAIMS} pernyataan."))
    if faults:
        raise Invalid(
            "Data dukung belum bisa diterbitkan. Periksa isian yang ditandai.", faults=tuple(faults)
        )


def _reckoned(city: str, claim: Claim, place: int) -> dict[str, Any]:
    """Return a claim with what was reckoned. Raises `Invalid` where the sentence says another number."""

    def refuse(words: str) -> Invalid:
        message = f"Pernyataan {place}: {words}"
        return Invalid(message, faults=(FieldFault("claims", "claim", message),))

    number = said_in(claim.sentence)
    if number is None:
        raise refuse("tandai tepat satu angka, misalnya [[62%]].")
    wrong, frozen = _unfit(city, claim), _version(city, claim)
    if wrong or frozen is None:
        raise refuse(
            wrong
            or "pilih kumpulan data yang cocok dengan ukurannya, sudah dibekukan, dan memuat wilayah ini."
        )
    span = Span(claim.areas, claim.first, claim.last)
    found = measured(city, frozen, claim.indicator, span)
    if found.value is None:
        share = say.percent(found.coverage)
        raise refuse(f"datanya terlalu sedikit: kelengkapannya hanya {share}. Belum bisa dinyatakan.")
    if not holds(number, found.value):
        shown = found.value * 100 if number.is_percent else found.value
        raise refuse(f"menurut data angkanya {say.number(shown, max(number.decimals, 1))}.")
    return {
        "sentence": claim.sentence.strip()[:400],
        "indicator": claim.indicator,
        "dataset": claim.dataset,
        "version": frozen.number,
        "sha256": frozen.content_hash,
        "areas": list(claim.areas),
        "first": claim.first.isoformat(),
        "last": claim.last.isoformat(),
        "value": round(found.value, 6),
        "low": round(found.low or 0.0, 6),
        "high": round(found.high or 0.0, 6),
        "coverage": found.coverage,
        "days_seen": found.days_seen,
        "days": found.days,
        "series": _series(city, frozen, claim.indicator, span),
    }


def _series(city: str, frozen: VersionFace, indicator: str, span: Span) -> list[float | None]:
    """Return the days of an indicator that has days; None on a day on which nobody looked."""
    if indicator not in DAILY:
        return []
    days = by_day(city, columns(city, frozen, INDICATORS[indicator].subject), indicator, span)
    return [None if value != value else round(value, 2) for value in days.tolist()]


def _unfit(city: str, claim: Claim) -> str:
    if claim.indicator not in INDICATORS:
        return "pilih ukurannya."
    if INDICATORS[claim.indicator].kind == "people":
        return "ukuran ini berupa kisaran, jadi tidak bisa ditulis sebagai satu angka."
    if not set(claim.areas) <= {area.code for area in places.areas(city)} or not claim.areas:
        return "pilih wilayah yang ada di kota ini."
    if not 0 <= (claim.last - claim.first).days <= LONGEST_DAYS:
        return "tanggal akhir harus sesudah tanggal awal."
    return ""


def _version(city: str, claim: Claim) -> VersionFace | None:
    try:
        face, frozen = version(city, claim.dataset, claim.number or None)
    except NotFound:
        return None
    subject = INDICATORS[claim.indicator].subject if claim.indicator in INDICATORS else ""
    fits = face.asked.subject == subject and all(face.asked.covers(area) for area in claim.areas)
    return frozen if fits else None
