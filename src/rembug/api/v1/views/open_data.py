"""Open data without key: JSON pages, GeoJSON, CSV and Atom over the same rows."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import orjson
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse

from rembug.api.v1.params import box_of, city_of, fraction, refuse, span_of, whole_number
from rembug.api.v1.problems import endpoint
from rembug.api.v1.views import intake
from rembug.lib import clock
from rembug.lib.cells import safe_cell
from rembug.lib.request import Request
from rembug.reports.queries import open_data
from rembug.reports.queries.categories import categories
from rembug.reports.queries.open_data import Question
from rembug.reports.rules.ladder import Rung

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
RUNGS = [rung.name.lower() for rung in Rung]
LIMIT, LIMIT_MAX = "100", 1000
KNOWN = {
    "city",
    "bbox",
    "datetime",
    "status",
    "rung",
    "min_probability",
    "category",
    "area",
    "limit",
    "after",
    "sort",
}


@endpoint("GET", "HEAD", "POST")
def reports(request: Request) -> HttpResponse:
    """`GET`: one page of public reports as JSON. `POST`: hand in a report."""
    if request.method == "POST":
        return intake.reports(request)
    return _page(request, open_data.report_page)


@endpoint("GET", "HEAD")
def incidents(request: Request) -> HttpResponse:
    """One page of public incidents as JSON."""
    return _page(request, open_data.incident_page)


@endpoint("GET", "HEAD")
def reports_geojson(request: Request) -> HttpResponse:
    """All public reports that fit as one GeoJSON FeatureCollection (RFC 7946), streamed."""
    question = question_of(request)
    return _unless_known(request, question, lambda: _geojson(open_data.all_reports(question)))


@endpoint("GET", "HEAD")
def reports_csv(request: Request) -> HttpResponse:
    """All public reports that fit as CSV (RFC 4180), safe to open in a spreadsheet, streamed."""
    question = question_of(request)
    return _unless_known(request, question, lambda: _csv(open_data.all_reports(question)))


@endpoint("GET", "HEAD")
def incidents_geojson(request: Request) -> HttpResponse:
    """All public incidents that fit as GeoJSON, streamed."""
    question = question_of(request)
    return _unless_known(request, question, lambda: _geojson(open_data.all_incidents(question)))


@endpoint("GET", "HEAD")
def incidents_csv(request: Request) -> HttpResponse:
    """All public incidents that fit as CSV, streamed."""
    question = question_of(request)
    return _unless_known(request, question, lambda: _csv(open_data.all_incidents(question)))


def question_of(request: Request) -> Question:
    """Read the filters of an address; an unknown one is refused, so that a typing error never widens the answer."""
    given = request.GET
    for name in given:
        if name not in KNOWN:
            raise refuse(name, f"Tidak dikenal. Yang ada: {', '.join(sorted(KNOWN))}.")
        if len(given.getlist(name)) > 1:
            raise refuse(name, "Tulis satu kali saja.")
        if "\x00" in given[name]:
            raise refuse(name, "Hapus huruf yang tidak terlihat.")
    city = city_of(request)
    start, end = span_of(given.get("datetime", ""))
    timed = bool(given.get("datetime"))
    return Question(
        city=city,
        box=box_of(given["bbox"]) if given.get("bbox") else None,
        start=start if timed else None,
        end=end if timed else None,
        status=_choice(given.get("status") or "all", "status", ["live", "ended", "all"]),
        rungs=tuple(_choice(rung, "rung", RUNGS) for rung in filter(None, given.get("rung", "").split(","))),
        min_probability=fraction(given.get("min_probability", ""), "min_probability"),
        category=_category(given.get("category", ""), city),
        area=given.get("area", "")[:24],
        by_change=_choice(given.get("sort") or "received", "sort", ["received", "changed"]) == "changed",
    )


def _category(code: str, city: str) -> str:
    return _choice(code, "category", list(categories(city))) if code else ""


def _choice(value: str, name: str, choices: list[str]) -> str:
    if value not in choices:
        raise refuse(name, f"Pilih salah satu: {', '.join(choices)}.")
    return value


def _page(request: Request, read: Callable[[Question, str, int], open_data.Page]) -> HttpResponse:
    question = question_of(request)
    limit = whole_number(request.GET.get("limit") or LIMIT, "limit", 1, LIMIT_MAX)
    after = request.GET.get("after", "")[:40]

    def answer() -> HttpResponse:
        page = read(question, after, limit)
        body: dict[str, Any] = {"items": page.items, "next": page.after or None, "licence": LICENCE}
        if page.after and page.after != after:
            asked = request.GET.copy()
            asked["after"] = page.after
            body["next_url"] = f"{settings.PUBLIC_URL}{request.path}?{asked.urlencode()}"
        return HttpResponse(orjson.dumps(body), content_type="application/json")

    return _unless_known(request, question, answer)


def _unless_known(
    request: Request, question: Question, answer: Callable[[], HttpResponse | StreamingHttpResponse]
) -> HttpResponse:
    """Answer 304 when nothing has changed since the reader's copy; the tag needs no look at the rows."""
    minute = clock.now().replace(second=0, microsecond=0) if question.status != "all" else ""
    second = clock.now().replace(microsecond=0) if question.by_change else ""
    said = f"{request.get_full_path()}|{open_data.stamp(question.city)}|{minute}|{second}"
    etag = f'W/"{hashlib.blake2b(said.encode(), digest_size=12).hexdigest()}"'
    known = etag in request.headers.get("If-None-Match", "")
    reply = (
        HttpResponse(status=304) if known else cast(HttpResponse, answer())
    )  # streamed ones are no subclass
    reply["ETag"] = etag
    reply["Cache-Control"] = "public, max-age=0, must-revalidate"
    reply["Access-Control-Allow-Origin"] = "*"
    reply["Access-Control-Expose-Headers"] = "ETag, Link"
    reply["Cross-Origin-Resource-Policy"] = "cross-origin"
    reply["Link"] = f'<{LICENCE}>; rel="license"'
    return reply


def _geojson(items: Iterable[dict[str, Any]]) -> StreamingHttpResponse:
    def lines() -> Iterator[bytes]:
        yield b'{"type":"FeatureCollection","features":['
        comma = b""
        for item in items:
            lon, lat = item.pop("lon"), item.pop("lat")
            point = {"type": "Point", "coordinates": [lon, lat]}
            feature = {"type": "Feature", "id": item["code"], "geometry": point, "properties": item}
            yield comma + orjson.dumps(feature)
            comma = b",\n"
        yield b"]}\n"

    return StreamingHttpResponse(_gathered(lines()), content_type="application/geo+json")


def _csv(items: Iterable[dict[str, Any]]) -> StreamingHttpResponse:
    def lines() -> Iterator[bytes]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n")
        header: list[str] = []
        for item in items:
            if not header:
                header = list(item)
                writer.writerow(header)
            writer.writerow([safe_cell(item[name]) for name in header])
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()

    answer = StreamingHttpResponse(_gathered(lines()), content_type="text/csv; charset=utf-8; header=present")
    answer["Content-Disposition"] = 'attachment; filename="rembug.csv"'
    return answer


def _gathered(parts: Iterator[bytes], size: int = 32_768) -> Iterator[bytes]:
    """Join small pieces, so that a long download is not a million writes."""
    held: list[bytes] = []
    length = 0
    for part in parts:
        held.append(part)
        length += len(part)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)
