"""`GET /api/v1/feed.atom`: what happened last, for any feed reader (RFC 4287)."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext

from rembug.api.v1.problems import endpoint
from rembug.api.v1.views.open_data import question_of
from rembug.api.v1.views.screen_map import conditional
from rembug.lib import atom, clock
from rembug.lib.request import Request
from rembug.places import queries as places
from rembug.reports import words
from rembug.reports.queries import open_data

ENTRIES = 50


@endpoint("GET", "HEAD")
def newest(request: Request) -> HttpResponse:
    """The incidents that changed last, newest first."""
    question = question_of(request)
    items = open_data.newest_incidents(question, ENTRIES)
    here = f"{settings.PUBLIC_URL}{request.get_full_path()}"
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    updated = items[0]["changed_at"] if items else today.isoformat()
    title = gettext("Kejadian di %(city)s") % {"city": places.city(question.city).name}
    whole = atom.Feed(
        id=f"{settings.PUBLIC_URL}/api/v1/feed.atom",
        title=title,
        updated=updated,
        here=here,
        link=f"{settings.PUBLIC_URL}/",
        rights="CC BY 4.0",
    )
    return conditional(request, atom.written(whole, map(_entry, items)), atom.TYPE)


def _entry(item: dict[str, Any]) -> atom.Entry:
    address = f"{settings.PUBLIC_URL}/kejadian/{item['code']}/"
    where = str(item["area_name"] or "")
    depth = words.depth_cm(str(item["depth_class"] or ""))
    title = ", ".join(filter(None, [str(item["category_name"]), where, depth]))
    summary = gettext("%(count)s laporan, %(rung)s") % {
        "count": item["report_count"],
        "rung": words.rung(str(item["rung"])),
    }
    return atom.Entry(address, title, item["changed_at"], address, summary, item["started_at"])
