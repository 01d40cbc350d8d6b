"""A dossier as PDF: typeset by Typst from the same facts as its page; the same version gives the same document."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
import typst
from django.utils.translation import get_language, gettext

from rembug.evidence.queries.dossiers import ClaimFace, DossierFace, Source
from rembug.lib import say
from rembug.lib.qr import picture

TEMPLATE = Path(__file__).parent / "templates" / "evidence" / "dossier.typ"
KEPT = 32


def pdf(face: DossierFace, sources: Iterable[Source], *, city: str, address: str) -> bytes:
    """Return the document. `address` is the public address of this version's page, which the cover's code leads to."""
    facts = _facts(face, sources, city, address)
    return _typeset(orjson.dumps(facts, option=orjson.OPT_SORT_KEYS))


@lru_cache(maxsize=KEPT)
def _typeset(facts: bytes) -> bytes:
    made = typst.compile(TEMPLATE, root=TEMPLATE.parent, format="pdf", sys_inputs={"facts": facts.decode()})
    if not isinstance(made, bytes):
        msg = "Typst made more than one file of one document"
        raise TypeError(msg)
    return made


def _facts(face: DossierFace, sources: Iterable[Source], city: str, address: str) -> dict[str, Any]:
    at = face.published_at
    return {
        "lang": get_language() or "id",
        "title": face.title,
        "asked": face.asked,
        "writers": [face.body_name, *(name for _, name in face.authors)],
        "city": city,
        "day": say.day(at),
        "date": [at.year, at.month, at.day],
        "number": face.number,
        "note": face.note,
        "summary": face.summary,
        "text": face.text,
        "claims": [_claim(claim) for claim in face.claims],
        "map": face.map,
        "methods": _methods(face.claims),
        "sources": [_source(source) for source in sources],
        "reviews": [
            {
                "who": one.body_name,
                "agrees": one.verdict == "agrees",
                "words": one.words,
                "day": say.day(one.at),
            }
            for one in face.reviews
        ],
        "address": address,
        "hash": face.content_hash,
        "qr": picture(address),
        "words": _words(),
    }


def _claim(claim: ClaimFace) -> dict[str, Any]:
    low, high = (
        (say.percent(claim.low), say.percent(claim.high))
        if claim.is_share
        else (say.number(claim.low, 1), say.number(claim.high, 1))
    )
    where = ", ".join(claim.area_names)
    return {
        "before": claim.before,
        "number": claim.number,
        "after": claim.after,
        "about": f"{claim.indicator_name}, {where}, {say.day(claim.first)} – {say.day(claim.last)}",
        "sure": f"{low} … {high} (90%); {claim.counted}",
        "source": f"{claim.dataset}, {gettext('versi')} {claim.version}",
        "chart": claim.chart,
    }


def _methods(claims: Iterable[ClaimFace]) -> list[list[str]]:
    return [list(pair) for pair in dict.fromkeys((claim.indicator_name, claim.formula) for claim in claims)]


def _source(source: Source) -> dict[str, str]:
    unknown = gettext("tidak diketahui")
    return {
        "title": source.title,
        "name": f"{source.dataset}, {gettext('versi')} {source.version}",
        "hash": source.sha256,
        "rows": say.number(source.rows),
        "day": say.day(source.frozen_at),
        "verified": unknown if source.verified is None else say.percent(source.verified),
        "probability": unknown if source.probability is None else say.percent(source.probability),
        "silent": ", ".join(source.silent) or gettext("tidak ada"),
    }


def _words() -> dict[str, str]:
    return {
        "kind": gettext("Data dukung"),
        "for": gettext("Yang diminta"),
        "from": gettext("Disusun oleh"),
        "version": gettext("versi"),
        "summary": gettext("Ringkasan"),
        "says": gettext("Yang dinyatakan data"),
        "where": gettext("Wilayah yang dibahas"),
        "days": gettext("Hari demi hari"),
        "bars": gettext("Batang: ada air. Titik pucat: dilihat dan kering. Latar pucat: tidak ada laporan."),
        "text": gettext("Uraian"),
        "methods": gettext("Cara menghitung"),
        "marked": gettext(
            "Angka yang dicetak tebal dihitung ulang dari data beku saat dokumen ini terbit. Angka yang berbeda dari "
            "datanya ditolak sistem."
        ),
        "quality": gettext("Mutu data"),
        "silence": gettext("Tidak ada laporan bukan berarti kering."),
        "rows": gettext("Baris"),
        "frozen": gettext("Dibekukan"),
        "verified": gettext("Diperiksa orang"),
        "probability": gettext("Peluang benar rata-rata"),
        "silent": gettext("Wilayah tanpa laporan"),
        "reviews": gettext("Diperiksa pihak lain"),
        "no-reviews": gettext("Belum diperiksa pihak lain."),
        "agrees": gettext("sesuai"),
        "doubts": gettext("diragukan"),
        "check": gettext("Periksa keasliannya"),
        "how": gettext(
            "Pindai kode ini atau buka alamatnya. Halaman itu memuat isi yang sama, sidik isinya (SHA-256), "
            "dan datanya."
        ),
        "page": gettext("Halaman"),
        "changed": gettext("Yang berubah:"),
    }
