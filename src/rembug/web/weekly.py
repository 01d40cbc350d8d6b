"""The week of a group, of a kelurahan, or of the whole network, as plain text made from the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from rembug.calls.queries import calls
from rembug.cases.queries.counts import counts as case_counts
from rembug.lib import clock, say
from rembug.meetings.queries import meetings, plan
from rembug.meetings.queries.positions import signed_since
from rembug.people.queries.bodies import public_body
from rembug.places import queries as places
from rembug.reports.queries.public import happening_now
from rembug.reports.queries.public.counts import Counts, counts
from rembug.reports.words import depth
from rembug.water.queries.outlook import area_outlook, first_to_flood
from rembug.water.words import chance, coming

DAYS, AHEAD = 7, timedelta(days=14)
CHECKS, DATES = 3, 5


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its sentences."""

    title: str
    lines: tuple[str, ...]

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The same for a page: each line's words, and the address that ends it; empty where none does."""
        parts = [line.rpartition(f" {settings.PUBLIC_URL}/") for line in self.lines]
        return tuple((words, f"/{path}") if found else (path, "") for words, found, path in parts)


@dataclass(frozen=True, slots=True)
class Week:
    """A weekly text. `body` and `areas` are empty for the whole network."""

    title: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The same for a chat group: headings in asterisks, a line each."""
        parts = ["\n".join([f"*{part.title}*", *(f"- {line}" for line in part.lines)]) for part in self.parts]
        return "\n\n".join([f"*{self.title}*", *parts]) + "\n"


def week_start(now: datetime) -> datetime:
    """Return the city's midnight that begins a week of seven days, today among them: no text may tell of eight."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=DAYS - 1)


def week_of(city: str, body: str = "") -> Week:
    """Return the week of a body, or of the network when `body` is empty. Raises `NotFound`."""
    face = public_body(city=city, public_id=body) if body else None
    areas = tuple(code for code in face.areas if code) if face else ()
    name = face.name if face else gettext("Jaringan warga %(city)s") % {"city": places.city(city).name}
    parts = (
        Part(gettext("Yang terjadi di wilayah kita"), _happened(city, areas)),
        Part(gettext("Yang kita lakukan"), _done(city, body)),
        Part(gettext("Tiga hal untuk dilihat minggu ini"), _to_check(city, body, areas)),
        Part(gettext("Tanggal penting"), _dates(city)),
        Part(gettext("Air tinggi berikutnya"), (_water(city, areas),)),
    )
    title = gettext("Minggu ini: %(name)s") % {"name": name}
    return Week(title, tuple(part for part in parts if part.lines))


def _happened(city: str, areas: tuple[str, ...]) -> tuple[str, ...]:
    now = clock.now()
    lines = []
    for area in areas or ("",):
        found = counts(city, area, week_start(now), now)
        name = places.area(city, area).name if area else places.city(city).name
        lines.append(_sentence(name, found))
    handled = case_counts(city, areas[0] if len(areas) == 1 else "", week_start(now))
    lines.append(
        gettext("Kasus: %(opened)s dibuka, %(answered)s dijawab, %(late)s terlambat.")
        % {
            "opened": say.number(handled.opened),
            "answered": say.number(handled.answered),
            "late": say.number(handled.late),
        }
    )
    return tuple(lines)


def _sentence(name: str, found: Counts) -> str:
    if not found.reports and not found.dry_reports:
        return gettext("%(name)s: tidak ada laporan. Itu bukan berarti kering.") % {"name": name}
    said = ngettext("%(name)s: %(n)s laporan", "%(name)s: %(n)s laporan", found.reports) % {
        "name": name,
        "n": say.number(found.reports),
    }
    if found.deepest:
        said += gettext(", paling dalam %(deep)s") % {"deep": depth(found.deepest)}
    if found.flood_days:
        said += gettext(", rob pada %(days)s hari") % {"days": say.number(found.flood_days)}
    return f"{said}."


def _done(city: str, body: str) -> tuple[str, ...]:
    since = week_start(clock.now())
    lines = []
    held = [
        one
        for one in (meetings.of_body(city, body) if body else meetings.past(city))
        if one.starts_at >= since
    ]
    lines += [gettext("Pertemuan: %(title)s") % {"title": one.title} for one in held if one.state == "past"]
    called = (
        calls.of_body(city, body, since)
        if body
        else [one for one in calls.past(city) if one.ends_at >= since]
    )
    lines += [
        gettext("Ajakan: %(title)s, %(came)s orang") % {"title": one.title, "came": say.number(one.came)}
        for one in called
        if one.came is not None
    ]
    if body:
        lines += [
            gettext("Menandatangani: %(title)s") % {"title": one.title}
            for one in signed_since(city, body, since)
        ]
    steps = [
        gettext("Selesai: %(what)s") % {"what": one.what}
        for one in plan.board(city, body, "done")
        if any(step.verb == "finish" and step.at >= since for step in one.steps)
    ]
    return tuple((lines + steps)[:10])


def _to_check(city: str, body: str, areas: tuple[str, ...]) -> tuple[str, ...]:
    late = [one for one in plan.board(city, body, "open") if one.late]
    lines = [
        gettext("Terlambat: %(what)s (%(who)s) %(link)s")
        % {"what": one.what, "who": one.body_name, "link": _link("meetings:item", one.code)}
        for one in late[:1]
    ]
    open_calls = [one for one in calls.coming(city) if one.joined < one.wanted]
    lines += [
        gettext("Perlu tangan: %(title)s %(link)s")
        % {"title": one.title, "link": _link("calls:call", one.code)}
        for one in open_calls[:1]
    ]
    doubtful = [
        one
        for one in happening_now(city, clock.now()).incidents
        if one.rung in {"raw", "plausible", "contested"}
        and (not areas or (one.area and one.area.code in areas))
    ]
    lines += [
        gettext("Benarkah? %(what)s %(link)s")
        % {"what": one.category.name, "link": _link("reports:incident", one.code)}
        for one in doubtful
    ]
    return tuple(lines[:CHECKS])


def _dates(city: str) -> tuple[str, ...]:
    until = clock.now() + AHEAD
    rows = [(one.starts_at, one.title, _link("meetings:meeting", one.code)) for one in meetings.coming(city)]
    rows += [(one.starts_at, one.title, _link("calls:call", one.code)) for one in calls.coming(city)]
    chosen = sorted(row for row in rows if row[0] < until)[:DATES]
    return tuple(f"{coming(at)}: {title} {link}" for at, title, link in chosen)


def _water(city: str, areas: tuple[str, ...]) -> str:
    outlook = area_outlook(city, areas[0]) if areas else first_to_flood(city)
    if outlook is None or outlook.next is None:
        return gettext("Belum ada prakiraan.")
    water = outlook.next
    return gettext("%(when)s di %(place)s, %(chance)s.") % {
        "when": coming(water.at),
        "place": outlook.area_name,
        "chance": chance(water.probability),
    }


def _link(name: str, code: str) -> str:
    return settings.PUBLIC_URL + reverse(name, args=[code])
