"""Where a handler goes after an act, and how a fault is told."""

from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from rembug.reports.queries.work.check import Asked


def asked_in(query: QueryDict) -> Asked:
    """Return the filters that a page of the queue carries along."""
    return Asked(
        query.get("wilayah", "")[:24], query.get("jenis", "")[:40], query.get("keadaan") == "decided"
    )


def carried(asked: Asked) -> str:
    """Return the filters as a query, with its question mark; empty without any."""
    kept = {"wilayah": asked.area, "jenis": asked.category, "keadaan": "decided" if asked.decided else ""}
    given = {name: value for name, value in kept.items() if value}
    return f"?{urlencode(given)}" if given else ""


def see(name: str, *args: str, query: str = "", anchor: str = "") -> HttpResponse:
    """Return a redirect after a POST (303), so that going back or loading again repeats nothing."""
    answer = redirect(reverse(f"reports:{name}", args=args) + query + (f"#{anchor}" if anchor else ""))
    answer.status_code = 303
    return answer
