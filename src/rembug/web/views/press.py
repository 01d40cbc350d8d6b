"""For newsrooms and feed readers: the week, a thread as a text, as a feed, as a card."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from rembug.lib import atom, clock
from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.places import queries as places
from rembug.water.rules.picture import card
from rembug.web import press
from rembug.web.thread import Link, Thread, thread
from rembug.web.ways import BY_SLUG, PAGES

CARD_AGE_S = 600


@require_safe
def week(request: Request) -> HttpResponse:
    """The week for the press; `?teks` as plain text."""
    try:
        return _release(request, press.week(request.city))
    except NotFound as error:
        raise Http404(error.message) from error


@require_safe
def of_thread(request: Request, kind: str, code: str) -> HttpResponse:
    """A thread for the press; `?teks` as plain text."""
    return _release(request, press.of_thread(request.city, _found(request, kind, code)))


@require_safe
def feed(request: Request, kind: str, code: str) -> HttpResponse:
    """The steps of a thread for any feed reader (RFC 4287)."""
    found = _found(request, kind, code)
    links = [(one.name, link) for one in found.stations for link in one.links if link.at]
    rows = sorted(links, key=lambda row: _moment(row[1]), reverse=True)
    page = settings.PUBLIC_URL + found.path
    updated = _moment(rows[0][1]) if rows else clock.now()
    entries = (_entry(name, link) for name, link in rows)
    whole = atom.Feed(page, found.title, updated, settings.PUBLIC_URL + request.path, page)
    return HttpResponse(atom.written(whole, entries), content_type=atom.TYPE)


@require_safe
def share_card(request: Request, kind: str, code: str) -> HttpResponse:
    """A thread as a picture for a chat group: what it is about, how far it is, what is missing next."""
    found = _found(request, kind, code)
    done = sum(bool(one.links) for one in found.stations)
    lines = [gettext("%(done)s dari %(all)s langkah sudah ada.") % {"done": done, "all": len(found.stations)}]
    if found.next:
        lines.append(gettext("Berikutnya: %(what)s") % {"what": found.next.name})
    if places.is_simulated(request.city):
        lines = [f"{' '.join(lines)}", gettext("Data simulasi.")]
    bars = [(one.name[:14], 1.0 if one.links else 0.0) for one in found.stations]
    foot = (settings.PUBLIC_URL + found.path).partition("://")[2]
    answer = HttpResponse(card(found.title[:90], lines, foot, bars), content_type="image/png")
    patch_cache_control(answer, public=True, max_age=CARD_AGE_S)
    return answer


def _release(request: Request, found: press.Release) -> HttpResponse:
    if "teks" in request.GET:
        return HttpResponse(found.text, content_type="text/plain; charset=utf-8")
    return render(request, "web/press.html", {"release": found})


def _found(request: Request, kind: str, code: str) -> Thread:
    if kind not in PAGES:
        raise Http404("Alur ini tidak ada.")
    try:
        return thread(request.city, kind, code if kind in BY_SLUG else code.upper())
    except NotFound as error:
        raise Http404(error.message) from error


def _moment(link: Link) -> datetime:
    at = link.at
    if isinstance(at, datetime):
        return at
    return datetime.combine(at, time(0), UTC) if at else datetime.min.replace(tzinfo=UTC)


def _entry(name: str, link: Link) -> atom.Entry:
    address = settings.PUBLIC_URL + link.path
    summary = ". ".join(part for part in (link.who, link.state) if part)
    return atom.Entry(f"{address}#{link.state}", f"{name}: {link.title}", _moment(link), address, summary)
