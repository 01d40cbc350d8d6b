"""The methods of GeoReport v2."""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpResponse, StreamingHttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from rembug.api.open311 import media, params, wire
from rembug.api.open311.send import definition as attributes_of
from rembug.api.open311.send import missing_kind, submission_of
from rembug.api.open311.wire import Refused
from rembug.cases.queries import requests as asked
from rembug.cases.queries.requests import Row, Told, Wanted, history
from rembug.lib.actor import system
from rembug.lib.cells import safe_cell
from rembug.lib.errors import NotFound, RembugError
from rembug.lib.masking import Sensitivity, public_time
from rembug.lib.request import Request
from rembug.places import queries as places
from rembug.reports.actions.receive import receive_one
from rembug.reports.queries.catalogue import Kind, kinds

logger = logging.getLogger(__name__)
P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponseBase]
UNREADABLE = (MultiPartParserError, SuspiciousOperation, UnreadablePostError)  # bodies that are no form
CHANGESET = "2026-11-27T00:00:00+07:00"
BULK = (
    *("service_request_id", "requested_datetime", "updated_datetime", "closed_date", "status_description"),
    *("status_notes", "source", "service_name", "service_subtype", "description", "agency_responsible"),
    *("address", "lat", "long"),
)


def _method(*methods: str) -> Callable[[View[P]], View[P]]:
    """Make a method of the standard: every error in the format asked for, never a page, never 200."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            form = str(kwargs.get("form", "xml"))
            if form not in wire.TYPES:
                return wire.error(
                    "xml", Refused(("404", f"Forms here are {' and '.join(wire.TYPES)}."), status=404)
                )
            if request.method not in methods:
                refused = Refused(("405", f"Use {' or '.join(methods)} here."), status=405)
                reply = wire.error(form, refused)
                reply["Allow"] = ", ".join(methods)
                return reply
            try:
                with translation.override("id"):
                    return view(request, *args, **kwargs)
            except (Refused, RembugError, DatabaseError, TimeoutError, *UNREADABLE) as error:
                return wire.error(form, _refused(error))

        return cast(View[P], csrf_exempt(guarded))  # the key is in the form: no cookie gives rights here

    return decorate


def _refused(error: Exception) -> Refused:
    """Return what went wrong in the words of the standard."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, NotFound):
        return Refused(("404", error.message), status=404)
    if isinstance(error, RembugError):
        return Refused(
            *([("400", f"{one.field}: {one.message}") for one in error.faults] or [("400", error.message)])
        )
    if isinstance(error, UNREADABLE):
        return Refused(("400", "The body cannot be read. Send a form, as the standard says."))
    logger.warning("the database did not answer (%s)", type(error).__name__)
    words = "The database does not answer. Nothing was lost that was acknowledged; send again."
    return Refused(("503", words), status=503)


@_method("GET", "HEAD")
def discovery(request: Request, form: str) -> HttpResponse:
    """Where the endpoint is and what it speaks."""
    city = params.jurisdiction(request)
    kind = "test" if places.is_simulated(city) else "production"
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": f"{settings.PUBLIC_URL}/open311/v2",
        "changeset": CHANGESET,
        "type": kind,
        "formats": [one.split(";")[0] for one in wire.TYPES.values()],
    }
    contact = f"{settings.PUBLIC_URL}/tentang/"
    body = {
        "changeset": CHANGESET,
        "contact": f"Rembug {places.city(city).name}, {contact}",
        "key_service": f"Ask the city for a key: {contact}",
        "endpoints": [endpoint],
    }
    if form == "xml":
        body["endpoints"] = [endpoint | {"formats": endpoint["formats"]}]
    return wire.answer(form, "discovery", body)


@_method("GET", "HEAD")
def services(request: Request, form: str) -> HttpResponse:
    """What can be reported."""
    body = [_service(kind) for kind in kinds(params.jurisdiction(request))]
    return wire.answer(form, "services", body)


@_method("GET", "HEAD")
def definition(request: Request, code: str, form: str) -> HttpResponse:
    """The attributes of a service; one without any has an empty list."""
    kind = missing_kind(params.jurisdiction(request), code)
    body = {"service_code": kind.code, "attributes": attributes_of(kind)}
    return wire.answer(form, "service_definition", body)


@_method("GET", "HEAD", "POST")
def requests(request: Request, form: str) -> HttpResponse:
    """`GET`: public requests. `POST`: a new one."""
    if request.method == "POST":
        return _sent(request, form)
    city = params.jurisdiction(request)
    rows = asked.found(city, params.wanted(request))
    return wire.answer(form, "service_requests", _requests(request, city, rows))


def _sent(request: Request, form: str) -> HttpResponse:
    """Store a request with its photos."""
    media.refuse_too_large(request)
    said = submission_of(request, params.jurisdiction(request))
    photos = media.media_of(request)
    receipt = receive_one(said, actor=system("open311"))
    media.keep(photos, said.client_id, receipt.token)
    notice = "Laporan diterima. Perjalanannya dapat diikuti dengan nomor ini."
    if photos != media.Media():
        notice += " Foto tampil setelah dilihat petugas."
    body = [{"service_request_id": receipt.code, "service_notice": notice, "account_id": None}]
    return wire.answer(form, "service_requests", body, status=201)


@_method("GET", "HEAD")
def request_of(request: Request, code: str, form: str) -> HttpResponse:
    """One request, as a list of one."""
    city = params.jurisdiction(request)
    rows = asked.found(city, Wanted(codes=(code.upper(),)))
    if not rows:
        waiting = asked.waiting(city, code.upper())
        rows = [waiting] if waiting else []
    if not rows:
        raise Refused(("404", f"service_request_id {code[:60]!r} is not known."), status=404)
    return wire.answer(form, "service_requests", _requests(request, city, rows))


@_method("GET", "HEAD")
def token(request: Request, token: str, form: str) -> HttpResponse:
    """Every service here answers at once, so no token was ever given."""
    raise Refused(("404", f"token {token[:60]!r} is not known ({request.method}, {form})."), status=404)


@_method("GET", "HEAD")
def bulk(request: Request) -> HttpResponseBase:
    """Every public request as one CSV (Open311 bulk)."""
    city = params.jurisdiction(request)
    zone, names = ZoneInfo(places.city(city).timezone), {kind.code: kind.name for kind in kinds(city)}

    def lines() -> Iterator[bytes]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n")
        writer.writerow(BULK)
        for row in asked.every(city):
            writer.writerow([safe_cell(cell) for cell in _line(row, names, zone)])
            if buffer.tell() > 32_768:
                yield buffer.getvalue().encode()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue().encode()

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8; header=present")
    answer["Content-Disposition"] = 'attachment; filename="requests.csv"'
    return answer


@_method("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
def missing(request: Request, rest: str) -> HttpResponse:
    """Whatever is not there, in the format asked for."""
    form = "json" if rest.endswith(".json") else "xml"
    return wire.error(
        form, Refused(("404", f"{request.path[:200]} is not an address of GeoReport v2."), status=404)
    )


def _service(kind: Kind) -> dict[str, Any]:
    return {
        "service_code": kind.code,
        "service_name": kind.name,
        "description": kind.hint,
        "metadata": bool(attributes_of(kind)),
        "type": "realtime",
        "keywords": kind.code,
        "group": "rob" if kind.is_flood else "kota",
    }


def _requests(request: Request, city: str, rows: list[Row]) -> list[dict[str, Any]]:
    zone = ZoneInfo(places.city(city).timezone)
    names = {kind.code: kind.name for kind in kinds(city)}
    if request.GET.get("extensions", "").strip().lower() != "true":
        return [_request(row, names, zone) for row in rows]
    told = history(city, [row["case"] for row in rows if row.get("case")])
    return [_request(row, names, zone) | _extensions(row, told, zone) for row in rows]


def _request(row: Row, names: dict[str, str], zone: ZoneInfo) -> dict[str, Any]:
    photos = _photos(row)
    return {
        "service_request_id": row["code"],
        "status": row["status"],
        "status_notes": row.get("notes") or row.get("state_words") or None,
        "service_name": names.get(row["category"], row["category"]),
        "service_code": row["category"],
        "description": row.get("words") or None,
        "agency_responsible": row.get("agency") or None,
        "service_notice": None,
        "requested_datetime": wire.moment(row["received_at"], zone),
        "updated_datetime": wire.moment(row["changed_at"], zone),
        "expected_datetime": wire.moment(row.get("expected_at"), zone),
        "address": ", ".join(filter(None, [row.get("landmark"), row.get("area")])) or None,
        "address_id": None,
        "zipcode": None,
        "lat": row.get("lat"),
        "long": row.get("lon"),
        "media_url": photos[0] if photos else None,
    }


def _photos(row: Row) -> list[str]:
    return [f"{settings.PUBLIC_URL}/foto/{name}-800.jpg" for name in row.get("photos", ())]


def _extensions(row: Row, told: Mapping[str, list[Told]], zone: ZoneInfo) -> dict[str, Any]:
    """Return what `extensions=true` adds: photos, our own state, and the public steps as notes, oldest first."""
    notes = [
        {
            "datetime": wire.moment(public_time(one.at, Sensitivity.EXACT), zone),
            "state": one.state or None,
            "description": one.words or None,
        }
        for one in told.get(row.get("case") or "", ())
    ]
    return {
        "media": _photos(row),
        "extended_attributes": {"state": row["state"], "case": row.get("case") or None},
        "notes": notes,
    }


def _line(row: Row, names: dict[str, str], zone: ZoneInfo) -> list[Any]:
    changed = wire.moment(row["changed_at"], zone)
    return [
        row["code"],
        wire.moment(row["received_at"], zone),
        changed,
        changed if row["status"] == "closed" else "",
        row["status"],
        row["notes"],
        "Rembug",
        names.get(row["category"], row["category"]),
        "",
        row["words"],
        row["agency"],
        ", ".join(filter(None, [row["landmark"], row["area"]])),
        row["lat"],
        row["lon"],
    ]
