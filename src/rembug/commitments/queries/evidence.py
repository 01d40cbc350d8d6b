"""Whether the evidence that a step names exists, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.urls import reverse

from rembug.calls.queries.calls import call
from rembug.cases.queries.faces import case
from rembug.deliberation.queries.proposals import row_of
from rembug.evidence.queries.datasets import dataset
from rembug.lib.errors import NotFound
from rembug.meetings.queries.meetings import meeting
from rembug.reports.queries import public

DOCUMENT = re.compile(r"^(https://[^\s<>\"']{4,190}|[\w./ -]{3,80})$")
PAGES = {
    "report": "reports:report",
    "incident": "reports:incident",
    "case": "cases:case",
    "dataset": "evidence:dataset",
    "meeting": "meetings:meeting",
    "call": "calls:call",
    "proposal": "deliberation:proposal",
}


def exists(city: str, kind: str, code: str) -> bool:
    """Tell whether there is such evidence; a document is a number or an https address, and is taken as it is."""
    if kind == "document":
        return DOCUMENT.match(code) is not None
    find: dict[str, Callable[[str, str], object]] = {
        "report": public.report,
        "incident": public.incident,
        "case": case,
        "dataset": dataset,
        "meeting": meeting,
        "call": call,
        "proposal": row_of,
    }
    if kind not in find:
        return False
    try:
        find[kind](city, code)
    except NotFound:
        return False
    return True


def address(kind: str, code: str) -> str:
    """Return the page of some evidence; "" for a document that is no address."""
    if kind in PAGES:
        return reverse(PAGES[kind], args=[code])
    return code if code.startswith("https://") else ""
