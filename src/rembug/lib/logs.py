"""Logs as one JSON object a line, and one line a request: what happened, never who or where.

A request is named by its route (`reports:receipt`), not by its path, which may hold a secret; no query, no body, no
token, no network address is ever written.
"""

import json
import logging
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]
MEMBERS = ("method", "route", "status", "ms")
request_id: ContextVar[str] = ContextVar("request_id", default="")
logger = logging.getLogger("rembug.requests")


class JsonLines(logging.Formatter):
    """Time, level, logger, message, request; of an exception its type and where it arose, not its words or values."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if known := request_id.get():
            line["request"] = known
        line |= {name: getattr(record, name) for name in MEMBERS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["where"] = places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


class NoPaths(logging.Filter):
    """Django names requests by their path; here they keep the name of their route."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the words of a record about a request."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            if record.levelno < logging.ERROR and _silent(request):
                return False
            record.msg = f"{_route(request)} {getattr(record, 'status_code', '')}".strip()
            record.args = ()
        return True


class Plain(logging.Formatter):
    """The same for people at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, and one for the place of an exception."""
        words = f"{self.formatTime(record)} {record.levelname} {record.name}: {record.getMessage()}"
        if record.exc_info and record.exc_info[0] is not None:
            words += (
                f"\n  {record.exc_info[0].__name__} in {' < '.join(reversed(places(record.exc_info[2])))}"
            )
        return words


def places(trace: Any) -> list[str]:
    """Return file, line and function of each step of a trace, outermost first."""
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename.rsplit('/src/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-12:]


class RequestLines:
    """Writes one line for each request, and gives the request an id that all its lines share."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        named = request_id.set(uuid.uuid4().hex[:16])
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            broken = response.status_code >= 500
            level = logging.ERROR if broken else logging.INFO
            said = {
                "method": request.method if request.method in {"GET", "HEAD", "POST", "PUT"} else "OTHER",
                "route": _route(request),
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
            }
            if broken or not _silent(request):
                logger.log(level, "%(method)s %(route)s %(status)s", said, extra=said)
            response.headers["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(named)


def configuration(kind: str, level: str) -> dict[str, Any]:
    """Return Django's LOGGING: `json` for machines, anything else for people; all to standard error."""
    formatter = JsonLines if kind == "json" else Plain
    stderr = {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_paths"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{__name__}.{formatter.__qualname__}"}},
        "filters": {"no_paths": {"()": f"{__name__}.NoPaths"}},
        "handlers": {"stderr": stderr},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {
                "handlers": [],
                "level": "ERROR",
                "propagate": True,
            },  # writes paths without a request
            # Statements carry values, templates carry what is on a page: never written, whatever the level.
            "django.db.backends": {"level": "WARNING"},
            "django.template": {"level": "WARNING"},
            "PIL": {"level": "WARNING"},
        },
    }


def _silent(request: HttpRequest) -> bool:
    """Tell whether nothing may be written about this address: that somebody came, and when, says too much there."""
    return _route(request).startswith(settings.SILENT_ROUTES)


def _route(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    if match is not None and match.view_name:
        return str(match.view_name)
    return "static" if request.path.startswith(settings.STATIC_URL) else "unknown"
