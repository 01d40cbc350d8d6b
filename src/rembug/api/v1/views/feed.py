"""`GET /api/v1/feed.atom`: what happened last, for any feed reader (RFC 4287)."""

from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext

from rembug.api.v1.problems import endpoint
from rembug.api.v1.views.open_data import question_of
from rembug.api.v1.views.screen_map import conditional
from rembug.lib import clock
from rembug.lib.request import Request
from rembug.places import queries as places
from rembug.reports import words
from rembug.reports.queries import open_data

ENTRIES = 50


@endpoint("GET", "HEAD")
def atom(request: Request) -> HttpResponse:
    """The incidents that changed last, newest first."""
    question = question_of(request)
    items = open_data.newest_incidents(question, ENTRIES)
    here = f"{settings.PUBLIC_URL}{request.get_full_path()}"
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    updated = items[0]["changed_at"] if items else today.isoformat()
    title = gettext("Kejadian di %(city)s") % {"city": places.city(question.city).name}
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
        f"<title>{escape(title)}</title><id>{escape(settings.PUBLIC_URL)}/api/v1/feed.atom</id>",
        f'<updated>{updated}</updated><link rel="self" href={quoteattr(here)}/>',
        f"<link href={quoteattr(settings.PUBLIC_URL + '/')}/><author><name>Rembug</name></author>",
        "<rights>CC BY 4.0</rights>\n",
    ]
    parts += [_entry(item) for item in items]
    parts.append("</feed>\n")
    return conditional(request, "".join(parts).encode(), "application/atom+xml; charset=utf-8")


def _entry(item: dict[str, object]) -> str:
    address = f"{settings.PUBLIC_URL}/kejadian/{item['code']}/"
    where = str(item["area_name"] or "")
    depth = words.depth_cm(str(item["depth_class"] or ""))
    title = ", ".join(filter(None, [str(item["category_name"]), where, depth]))
    summary = gettext("%(count)s laporan, %(rung)s") % {
        "count": item["report_count"],
        "rung": words.rung(str(item["rung"])),
    }
    return (
        f"<entry><title>{escape(title)}</title><id>{escape(address)}</id><updated>{item['changed_at']}</updated>"
        f"<published>{item['started_at']}</published><link href={quoteattr(address)}/>"
        f"<summary>{escape(summary)}</summary></entry>\n"
    )
