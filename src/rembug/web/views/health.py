"""Whether the server lives (`/healthz`), whether it can work (`/readyz`), and figures of both (`/metrics`)."""

import ipaddress
import secrets
from collections.abc import Iterator
from dataclasses import asdict

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotFound, JsonResponse
from django.views.decorators.http import require_safe

from rembug.audit import queries as log
from rembug.lib import clock, pulse
from rembug.lib.request import Request
from rembug.people.queries.requests import open_requests
from rembug.reports.queries.gauges import gauges

Line = tuple[str, str, str, dict[str, float]]  # name, type, help, value by label set


@require_safe
def live(_request: Request) -> HttpResponse:
    """The process answers; nothing else is asked, so that a slow database kills no server."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(_request: Request) -> HttpResponse:
    """The database answers and has this code's tables, and a worker works; else 503 with the reason."""
    found = pulse.readiness()
    answer = JsonResponse(asdict(found), status=200 if found.ready else 503)
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def metrics(request: Request) -> HttpResponse:
    """Figures in Prometheus' text format, without personal data, for this machine or for whoever has the token."""
    if not _may_watch(request):
        return HttpResponseNotFound("404\n", content_type="text/plain")
    text = "".join(_block(line) for line in _lines())
    answer = HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer


def _may_watch(request: Request) -> bool:
    """Allow the token, or a direct call from this machine: whatever comes through a proxy names whom it is for."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and secrets.compare_digest(given.encode(), token.encode()):
        return True
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _lines() -> Iterator[Line]:
    found = gauges()
    yield "reports_received_total", "counter", "Reports stored.", {"": found.received}
    yield "reports_processed_total", "counter", "Reports judged.", {"": found.received - found.waiting}
    yield "reports_waiting", "gauge", "Reports stored and not judged yet.", {"": found.waiting}
    yield "reports_unsettled", "gauge", "Changed reports their neighbours do not know.", {"": found.unsettled}
    yield "reports_oldest_waiting_seconds", "gauge", "Age of the oldest one.", {"": found.oldest_waiting_s}
    yield "reports_refused_total", "counter", "Reports not taken.", _labelled("reason", found.refused)
    yield "photos", "gauge", "Photos by state.", _labelled("state", found.photos)
    yield "jobs", "gauge", "Background jobs by state.", _labelled("state", pulse.jobs())
    silent = pulse.worker_silent_s()
    yield (
        "worker_silent_seconds",
        "gauge",
        "Since a worker's last sign.",
        {} if silent is None else {"": silent},
    )
    signed = log.last_checkpoint()
    age = {"": (clock.now() - signed.at).total_seconds()} if signed else {}
    size = log.size()
    yield "log_entries", "gauge", "Leaves of the public log.", {"": size}
    unsigned = size - (signed.size if signed else 0)
    yield "log_unsigned_entries", "gauge", "Leaves that no checkpoint covers yet.", {"": unsigned}
    yield "log_checkpoint_age_seconds", "gauge", "Since the last signature.", age
    yield (
        "data_requests_open",
        "gauge",
        "Requests about personal data not answered.",
        {"": len(open_requests())},
    )
    yield "database_bytes", "gauge", "Size of the database.", {"": pulse.database_bytes()}


def _labelled(name: str, values: dict[str, int]) -> dict[str, float]:
    return {f'{{{name}="{key}"}}': number for key, number in sorted(values.items())}


def _block(line: Line) -> str:
    name, kind, words, values = line
    rows = "".join(
        f"rembug_{name}{labels} {value:g}\n" if value % 1 else f"rembug_{name}{labels} {value:.0f}\n"
        for labels, value in values.items()
    )
    return f"# HELP rembug_{name} {words}\n# TYPE rembug_{name} {kind}\n{rows}"
