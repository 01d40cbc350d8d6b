"""Complaints of other channels become cases, or point to the case that is there already."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.cases.actions.open import Matter, open_case
from rembug.cases.models import Case, ForeignNumber, Step
from rembug.cases.queries import similar as near
from rembug.cases.rules.channels import Complaint, Refused
from rembug.cases.rules.states import OPEN
from rembug.lib import clock, pii
from rembug.lib.actor import Actor
from rembug.lib.errors import Invalid
from rembug.lib.masking import Sensitivity
from rembug.lib.pack import ChannelRow
from rembug.places import queries as places
from rembug.reports.queries.categories import categories
from rembug.reports.queries.similar import similar as happening_near
from rembug.reports.rules.message import degrees_in, read_message

AMONG_WORDS = 0.95  # of places' likeness: the whole name stands in the text


@dataclass(slots=True)
class Brought:
    """What an import did. `refused` holds (line, reason)."""

    opened: int = 0
    joined: int = 0  # to a case that is there already
    known: int = 0  # brought before
    refused: list[tuple[int, str]] = field(default_factory=list)


def bring(rows: Iterable[Complaint | Refused], *, actor: Actor, city: str, channel: ChannelRow) -> Brought:
    """Take complaints in, each in a transaction of its own: the same file again, also after a crash, doubles nothing.

    The case's public words stay empty: what somebody wrote elsewhere was not meant for everybody. Officers read it.
    """
    if actor.kind != "system":
        actor.require("coordinator", "administrator", city=city)
    done = Brought()
    for row in rows:
        if isinstance(row, Refused):
            done.refused.append((row.line, row.reason))
            continue
        try:
            with transaction.atomic():
                came = _one(row, actor, city, channel)
        except Invalid as error:
            done.refused.append((row.line, error.message))
            continue
        except IntegrityError:  # another import was quicker
            came = "known"
        done.opened += came == "opened"
        done.joined += came == "joined"
        done.known += came == "known"
    if done.opened or done.joined:
        data: dict[str, object] = {"channel": channel.code, "opened": done.opened, "joined": done.joined}
        with transaction.atomic():
            record(actor=actor, verb="cases.brought", obj=Ref("city", city), data=data, city=city)
    return done


def _one(row: Complaint, actor: Actor, city: str, channel: ChannelRow) -> str:
    if ForeignNumber.objects.filter(city=city, channel=channel.code, number=row.number).exists():
        return "known"
    matter, incident = _matter(row, city, channel)
    case = _there(matter, incident, row)
    came = "opened" if case is None else "joined"
    if case is None:
        if Case.objects.filter(city=city, incident=incident).exclude(incident="").exists():
            matter = replace(matter, incident="")  # that one was closed: this is a new matter
        case = open_case(matter, actor=actor)
    now = clock.now()
    ForeignNumber.objects.create(
        city=city, channel=channel.code, number=row.number, case=case, at=row.at or now, brought_at=now
    )
    words = f"{channel.code} {row.number}: {pii.mask(row.words)}"[:1200]
    Step.objects.create(case=case, at=now, verb="note", internal=words, body=case.body)
    data: dict[str, object] = {"channel": channel.code, "number": row.number}
    record(actor=actor, verb="case.numbered", obj=Ref("case", case.code), data=data, city=city)
    return came


def _matter(row: Complaint, city: str, channel: ChannelRow) -> tuple[Matter, str]:
    """Return what the case is about, and the open incident at that place. Raises `Invalid` with the reason."""
    known = {code: kind for code, kind in categories(city).items() if kind.closed_at is None}
    category = channel.categories.get(row.category) or read_message(row.words, known).category
    if category not in known:
        words = gettext("jenis %(kind)s tidak dikenal. Tambahkan di [channel.categories]")
        raise Invalid(words % {"kind": repr(row.category[:40])})
    place = _degrees(row)
    if place is None:
        named = _named(city, row.place)
        if named is None:
            raise Invalid(gettext("tempatnya tidak dikenal: tulis lintang dan bujur, atau nama kelurahan"))
        area = places.area_at(city, *named)  # a name is no point: neither stored nor compared
        return _case_of(row, city, channel, category, area.code), ""
    area = places.area_at(city, *place)
    if not area.accepted:
        raise Invalid(gettext("tempatnya di luar kota ini"))
    close = happening_near(city, category, *place, row.at or clock.now())
    incident = close[0].code if close else ""
    is_exact = known[category].sensitivity == Sensitivity.EXACT.value
    return _case_of(row, city, channel, category, area.code, place if is_exact else None, incident), incident


def _case_of(
    row: Complaint,
    city: str,
    channel: ChannelRow,
    category: str,
    area: str,
    place: tuple[float, float] | None = None,
    incident: str = "",
) -> Matter:
    lon, lat = (round(place[0], 5), round(place[1], 5)) if place else (None, None)
    return Matter(city, category, area, lon, lat, "", incident, channel.code, foreign_number=row.number)


def _there(matter: Matter, incident: str, row: Complaint) -> Case | None:
    """Return the open case that answers this already: of the same incident, else of the same kind near by."""
    open_ones = Case.objects.filter(city=matter.city, state__in=OPEN, parent=None)
    if incident:
        found = open_ones.filter(incident=incident).order_by("id").first()
        if found is not None:
            return found
    if matter.lon is None or matter.lat is None:
        return None
    at = row.at or clock.now()
    for one in near.similar(matter.city, matter.category, matter.lon, matter.lat, at):
        return open_ones.filter(code=one.code).first()
    alike = ForeignNumber.objects.filter(
        city=matter.city, case__category=matter.category, case__state__in=OPEN
    )
    for other in (
        alike.filter(at__range=(at - near.SPAN, at + near.SPAN)).select_related("case").order_by("id")
    ):
        if near.is_near(other.case, matter.lon, matter.lat):
            return other.case
    return None


def _named(city: str, text: str) -> tuple[float, float] | None:
    """Return the place that a text names: it alone, or the only one among other words."""
    found = places.find(city, text)
    said = [found.sure] if found.sure else [one for one in found.maybe if one.likeness >= AMONG_WORDS]
    return (said[0].lon, said[0].lat) if len(said) == 1 else None


def _degrees(row: Complaint) -> tuple[float, float] | None:
    try:
        lon, lat = float(row.lon.replace(",", ".")), float(row.lat.replace(",", "."))
    except ValueError:
        return degrees_in(row.place) or degrees_in(row.words)
    return (
        (lon, lat)
        if math.isfinite(lon) and math.isfinite(lat) and abs(lat) <= 85 and abs(lon) <= 180
        else None
    )
