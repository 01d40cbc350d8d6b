"""The log by HTTP: what outsiders download and check."""

import re

import orjson
from django.http import HttpResponse

from rembug.api.v1.problems import endpoint
from rembug.audit import queries
from rembug.lib.errors import FieldFault, Invalid, NotFound
from rembug.lib.request import Request

LIMIT = 1000
HASH = re.compile("[0-9a-fA-F]{64}")
LARGEST = 2**62


@endpoint("GET", "HEAD")
def entries(request: Request) -> HttpResponse:
    """Return numbered entries behind `after` (a leaf index); `format=jsonl` gives one entry a line."""
    after = _number(request, "after", default=-1, low=-1)
    limit = _number(request, "limit", default=100, low=1, high=LIMIT)
    found = [queries.exported(entry) for entry in queries.entries_after(after, limit)]
    if request.GET.get("format") == "jsonl":
        lines = b"".join(orjson.dumps(entry) + b"\n" for entry in found)
        return HttpResponse(lines, content_type="application/x-ndjson")
    following = None
    if len(found) == limit:
        following = f"{request.path}?after={found[-1]['leaf_index']}&limit={limit}"
    return _json({"entries": found, "size": queries.size(), "next": following})


@endpoint("GET", "HEAD")
def inclusion(request: Request) -> HttpResponse:
    """Return the receipt of an entry (`hash`), or the proof of a leaf (`index`) in a tree of a given `size`."""
    if sought := request.GET.get("hash", ""):
        if not HASH.fullmatch(sought):
            raise NotFound("Tidak ada catatan dengan sidik ini.")
        return _json(queries.receipt(sought.lower()))
    index = _number(request, "index", low=0)
    size = _number(request, "size", low=1) if "size" in request.GET else None
    return _json(queries.inclusion_proof(index, size))


@endpoint("GET", "HEAD")
def consistency(request: Request) -> HttpResponse:
    """Return the proof that the log of `to` leaves begins with that of `from` leaves."""
    return _json(queries.consistency_proof(_number(request, "from", low=0), _number(request, "to", low=0)))


def _number(request: Request, name: str, *, default: int | None = None, low: int, high: int = LARGEST) -> int:
    raw = request.GET.get(name, "")
    if not raw and default is not None:
        return default
    digits = raw.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) < 20 and low <= int(raw) <= high:
        return int(raw)
    sentence = f"Tulis bilangan bulat dari {low} sampai {high}."
    raise Invalid("Isian belum benar.", faults=(FieldFault(name, "number", sentence),))


def _json(body: object) -> HttpResponse:
    return HttpResponse(orjson.dumps(body), content_type="application/json")
