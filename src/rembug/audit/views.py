"""The public log: what happened, who did it, and the proof of each entry."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from rembug.audit import keys, queries, standalone
from rembug.audit.forms import LogFilter
from rembug.audit.models import Checkpoint, Entry
from rembug.audit.rules import note, tiles, verbs
from rembug.lib.errors import NotFound
from rembug.lib.request import Request

PAGE = 50
VERIFIER = Path(standalone.__file__).with_name("verify_log.py")
TEXT = "text/plain; charset=utf-8"
IMMUTABLE = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as a person reads it."""

    uid: str
    at: datetime
    who: str
    body: str
    said: str
    kind: str
    object_id: str
    address: str
    leaf_index: int | None


@require_safe
def log(request: Request) -> HttpResponse:
    """Show the newest entries; a page of them starts below the last one of the page before."""
    language = get_language() or "id"
    form = LogFilter(request.GET)
    form.offer(language)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.page(
        kind=asked.get("jenis", ""),
        object_id=asked.get("nomor", ""),
        before=asked.get("sebelum"),
        limit=PAGE + 1,
    )
    older = ""
    if len(found) > PAGE:
        keep = {name: asked[name] for name in ("jenis", "nomor") if asked.get(name)}
        older = "?" + urlencode({**keep, "sebelum": found[PAGE - 1].id})
    page = {
        "form": form,
        "rows": [_row(entry, language) for entry in found[:PAGE]],
        "older": older,
        "filtered": bool(asked.get("jenis") or asked.get("nomor")),
        "newest": queries.last_checkpoint(),
        "key": _key(),
    }
    return render(request, "audit/log.html", page)


@require_safe
def entry(request: Request, uid: str) -> HttpResponse:
    """Show one entry with the exact fields of its leaf and its inclusion proof."""
    try:
        found = queries.entry(uid)
        receipt = queries.receipt(found.leaf_hash)
    except NotFound:
        raise Http404 from None
    page = {
        "row": _row(found, get_language() or "id"),
        "entry": found,
        "leaf": queries.leaf_text(found),
        "receipt": receipt,
        "receipt_json": json.dumps(receipt, indent=1, ensure_ascii=False),
    }
    return render(request, "audit/entry.html", page)


@require_safe
def newest_checkpoint(request: Request) -> HttpResponse:  # noqa: ARG001
    """Return the newest signed checkpoint as C2SP prescribes."""
    return _note(queries.last_checkpoint(), cache="no-cache")


@require_safe
def one_checkpoint(request: Request, size: int) -> HttpResponse:  # noqa: ARG001
    """Return the checkpoint that was signed at this size."""
    return _note(queries.checkpoints(size + 1).filter(size=size).first(), cache=IMMUTABLE)


@require_safe
def checkpoint_list(request: Request) -> HttpResponse:
    """List the checkpoints, newest first."""
    raw = request.GET.get("sebelum", "")
    before = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else None
    found = list(queries.checkpoints(before)[: PAGE + 1])
    older = f"?sebelum={found[PAGE - 1].size}" if len(found) > PAGE else ""
    return render(
        request, "audit/checkpoints.html", {"checkpoints": found[:PAGE], "older": older, "key": _key()}
    )


@require_safe
def tile(request: Request, level: int, place: str) -> HttpResponse:  # noqa: ARG001
    """Return one tile of hashes at its C2SP tlog-tiles address (`0/x001/234` or `0/000.p/17`)."""
    try:
        number, width = tiles.place(place)
        hashes = queries.tile(level, number)
    except (ValueError, tiles.Broken):
        raise Http404 from None
    if len(hashes) < width * tiles.HASH:
        raise Http404
    answer = HttpResponse(hashes[: width * tiles.HASH], content_type="application/octet-stream")
    answer["Cache-Control"] = IMMUTABLE
    return answer


@require_safe
def verifier(request: Request) -> HttpResponse:  # noqa: ARG001
    """Hand out the stand-alone verifier."""
    answer = HttpResponse(VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{VERIFIER.name}"'
    return answer


def _note(found: Checkpoint | None, cache: str) -> HttpResponse:
    if found is None:
        raise Http404
    answer = HttpResponse(found.note, content_type=TEXT)
    answer["Cache-Control"] = cache
    return answer


def _key() -> str:
    try:
        return str(keys.load().signer.verifier)
    except (OSError, note.BadNote):
        return ""  # a web server need not hold the key; the page then says to ask the city


def _row(found: Entry, language: str) -> Row:
    return Row(
        uid=found.uid,
        at=found.at,
        who=verbs.who(found.actor, found.actor_kind, language),
        body=verbs.body_of(found.data),
        said=verbs.sentence(found.verb, language),
        kind=verbs.kind(found.object_kind, language),
        object_id=found.object_id,
        address=verbs.address(found.object_kind, found.object_id, found.verb),
        leaf_index=found.leaf_index,
    )
