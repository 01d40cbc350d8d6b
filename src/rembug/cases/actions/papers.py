"""Documents come to a case with a step: looked through, kept out of reach, shown to everybody only by choice."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from rembug.audit.actions import Ref, record
from rembug.cases.models import Case, Paper, Step
from rembug.cases.queries.papers import FOLDER, key
from rembug.cases.queries.work import role_for
from rembug.cases.rules import papers as rules
from rembug.cases.rules.unnamed import without_writer
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotAllowed, NotFound
from rembug.lib.pii import mask

MOST = 20  # documents of one case
ORPHAN_AFTER = timedelta(days=1)
REMEDY = {  # of each refusal
    "empty": gettext_noop("Berkas ini kosong."),
    "too-large": gettext_noop("Berkas terlalu besar. Paling besar 10 MB."),
    "unknown": gettext_noop(
        "Berkas ini bukan PDF, Office baru, atau OpenDocument. Simpan ulang sebagai PDF."
    ),
    "old": gettext_noop("Berkas Office lama tidak diterima. Simpan ulang sebagai PDF, DOCX atau XLSX."),
    "locked": gettext_noop(
        "Berkas ini memakai kata sandi, jadi tidak bisa diperiksa. Simpan ulang tanpa kata sandi."
    ),
    "script": gettext_noop(
        "Berkas ini berisi makro, skrip, atau berkas lain. Simpan ulang sebagai PDF biasa."
    ),
    "broken": gettext_noop("Berkas ini rusak atau tidak utuh. Simpan ulang, lalu kirim lagi."),
    "writer": gettext_noop(
        "Nama di berkas ini tidak bisa dibersihkan. Hapus komentar, cetak ulang ke PDF, atau simpan tertutup."
    ),
}


@dataclass(frozen=True, slots=True)
class Laid:
    """A document that was looked through and stored, and waits for its step."""

    title: str
    kind: str
    size: int
    digest: str
    name: str
    public_name: str


def lay(*, actor: Actor, city: str, code: str, data: bytes, title: str, is_public: bool = False) -> Laid:
    """Look through a document and store it; the step that it belongs to keeps it.

    A file whose step never comes is swept after a day. Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    row = Case.objects.select_related("body", "about_body").filter(city=city, code=code[:16].upper()).first()
    if row is None:
        raise NotFound(gettext("Kasus ini tidak ada."))
    if role_for(actor, row) is None:
        raise NotAllowed(gettext("Anda tidak memegang kasus ini."))
    if row.papers.count() >= MOST:
        raise _fault("too-many", gettext("Paling banyak %(n)s berkas untuk satu kasus.") % {"n": MOST})
    try:
        looked = rules.look(data)
        shown = without_writer(looked) if is_public else b""
    except rules.Refused as error:
        raise _fault(error.code, gettext(REMEDY[error.code])) from error
    digest = hashlib.sha256(data).hexdigest()
    public = _stored(shown) if is_public else ""
    name = mask(rules.title_of(title))[: rules.TITLE_MAX] or looked.kind.upper()
    return Laid(name, looked.kind, len(data), digest, _stored(data), public)


def keep(row: Case, step: Step, laid: Laid, *, actor: Actor) -> None:
    """Write that a document belongs to a step: part of the step's transaction."""
    Paper.objects.create(
        case=row,
        step=step,
        title=laid.title,
        kind=laid.kind,
        size=laid.size,
        digest=laid.digest,
        name=laid.name,
        public_name=laid.public_name,
        sender_id=actor.person_id,
        at=step.at,
    )
    data: dict[str, object] = {"kind": laid.kind, "sha256": laid.digest, "public": bool(laid.public_name)}
    record(actor=actor, verb="paper.received", obj=Ref("case", row.code), data=data, city=row.city)


def show(*, actor: Actor, city: str, code: str, paper: str, is_public: bool) -> Paper:
    """Show a document to everybody, or no longer; again changes nothing. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    row = _paper(city, code, paper)
    if role_for(actor, row.case) is None:
        raise NotAllowed(gettext("Anda tidak memegang kasus ini."))
    if bool(row.public_name) == is_public:
        return row
    copy = _copy(row) if is_public else ""
    with transaction.atomic():
        row = Paper.objects.select_for_update(of=("self",)).select_related("case").get(pk=row.pk)
        if bool(row.public_name) == is_public:
            return row
        gone, row.public_name = row.public_name, copy
        row.save(update_fields=["public_name"])
        verb = "paper.shown" if is_public else "paper.hidden"
        data: dict[str, object] = {"sha256": row.digest}
        record(actor=actor, verb=verb, obj=Ref("case", row.case.code), data=data, city=city)
    if gone:
        default_storage.delete(key(gone))
    return row


def sweep(*, actor: Actor) -> int:
    """Delete files older than a day that no document names: their step never came. Return how many."""
    if actor.kind != "system":
        raise NotAllowed(gettext("Hanya sistem yang membersihkan berkas."))
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    limit = clock.now() - ORPHAN_AFTER
    old = [name for name in names if default_storage.get_modified_time(key(name)) < limit]
    orphans = set(old) - _named(old)
    for name in orphans:
        default_storage.delete(key(name))
    return len(orphans)


def _named(names: Collection[str]) -> set[str]:
    found: set[str] = set()
    wanted = list(names)
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found |= set(Paper.objects.filter(name__in=part).values_list("name", flat=True))
        found |= set(Paper.objects.filter(public_name__in=part).values_list("public_name", flat=True))
    return found


def _paper(city: str, code: str, paper: str) -> Paper:
    rows = Paper.objects.select_related("case__body", "case__about_body")
    row = rows.filter(case__city=city, case__code=code[:16].upper(), code=paper[:16].upper()).first()
    if row is None:
        raise NotFound(gettext("Berkas ini tidak ada."))
    return row


def _copy(row: Paper) -> str:
    with default_storage.open(key(row.name)) as file:
        data = file.read()
    try:
        return _stored(without_writer(rules.look(data)))
    except rules.Refused as error:
        raise _fault(error.code, gettext(REMEDY[error.code])) from error


def _stored(data: bytes) -> str:
    name = secrets.token_hex(16)
    default_storage.save(key(name), ContentFile(data))
    return name


def _fault(code: str, words: str) -> Invalid:
    return Invalid(words, faults=(FieldFault("paper", code, words),))
