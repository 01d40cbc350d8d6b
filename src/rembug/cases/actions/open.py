"""Opening cases: by rule from incidents, by hand or by another system; each incident once a body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import h3
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.cases.models import Case, Cursor, Deadline, Step
from rembug.cases.queries.setup import calendar_of, facts_of
from rembug.cases.rules.referral import LAW, is_of_law
from rembug.lib import clock, workdays
from rembug.lib.actor import Actor, covers
from rembug.lib.errors import FieldFault, Invalid
from rembug.lib.pack import CaseFacts
from rembug.people.models import Body
from rembug.places import queries as places
from rembug.reports.queries.categories import categories
from rembug.reports.queries.handling import Happening, changed_since

BATCH = 500
OVERLAP = timedelta(seconds=15)  # a slow transaction may show an incident that changed a little earlier
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a case is about. The place is the public one; `words` are masked already."""

    city: str
    category: str
    area_code: str = ""
    lon: float | None = None
    lat: float | None = None
    words: str = ""
    incident: str = ""
    channel: str = "incident"
    legal_class: str = "complaint"
    foreign_number: str = ""
    about: int | None = None  # row of the body that is complained about: it never gets the case


def open_new(city: str, *, actor: Actor) -> int:
    """Open the cases of incidents that changed since the last look; return how many.

    The cursor moves with the cases in one transaction: a run that dies is done again and opens nothing twice. Each run
    begins a little before the cursor, because a slow transaction may show a change late.
    """
    facts, done, after = facts_of(city), 0, 0
    since: datetime | None = None
    while True:
        with transaction.atomic():
            cursor, _ = Cursor.objects.select_for_update().get_or_create(
                city=city, defaults={"changed_at": EPOCH}
            )
            since = since or min(cursor.changed_at, clock.now() - OVERLAP)
            found = changed_since(city, since, BATCH, after)
            known = _known(city, found)
            for happening in found:
                done += happening.code not in known and _open_one(city, facts, happening, actor)
            if found:
                since, after = found[-1].changed_at, found[-1].id
                cursor.changed_at = max(since, cursor.changed_at)
                cursor.save()
        if len(found) < BATCH:
            return done


def _known(city: str, found: list[Happening]) -> set[str]:
    """Return the incidents that have a case already."""
    rows = Case.objects.filter(city=city, incident__in=[one.code for one in found])
    return set(rows.values_list("incident", flat=True))


def open_case(matter: Matter, *, actor: Actor, body: Body | None = None, parent: Case | None = None) -> Case:
    """Open one case for a body, or for the coordinator where nobody is responsible; part of an act that has checked.

    Raises `Invalid` for a category that the city does not have.
    """
    facts = facts_of(matter.city)
    if matter.category not in categories(matter.city):
        message = gettext("Pilih jenis yang ada di kota ini.")
        raise Invalid(message, faults=(FieldFault("category", "unknown", message),))
    now = clock.now()
    chosen = body or responsible(matter.city, matter.category, matter.area_code, but=matter.about)
    row = Case(
        city=matter.city,
        incident=matter.incident,
        channel=matter.channel,
        category=matter.category,
        area_code=matter.area_code,
        lon=matter.lon,
        lat=matter.lat,
        cell=h3.latlng_to_cell(matter.lat, matter.lon, 9)
        if matter.lat is not None and matter.lon is not None
        else "",
        words=matter.words,
        body=chosen,
        about_body_id=matter.about,
        parent=parent,
        legal_class=matter.legal_class,
        foreign_number=matter.foreign_number,
        opened_at=now,
        changed_at=now,
    )
    row.save(force_insert=True)
    start_clocks(row, facts, now)
    Step.objects.create(case=row, at=now, verb="open", state="received", body=chosen)
    data = {
        "incident": matter.incident,
        "category": matter.category,
        "area": matter.area_code,
        "body": chosen.public_id if chosen else "",
        "body_name": chosen.name if chosen else "",
        "due": {one.kind: one.due_at.isoformat() for one in row.deadlines.all()},
    }
    record(actor=actor, verb="case.opened", obj=Ref("case", row.code), data=data, city=row.city)
    return row


def _refer(matter: Matter, facts: CaseFacts, actor: Actor) -> None:
    """Answer a matter of law with the referral: no office gets it, no clock runs, its words are not shown."""
    now = clock.now()
    row = Case.objects.create(
        city=matter.city,
        incident=matter.incident,
        category=matter.category,
        area_code=matter.area_code,
        state="referred",
        opened_at=now,
        changed_at=now,
    )
    Step.objects.create(
        case=row, at=now, verb="refer", state="referred", public=facts.referral["id"][:1200], reason=LAW
    )
    record(actor=actor, verb="case.referred", obj=Ref("case", row.code), data={"reason": LAW}, city=row.city)


def responsible(city: str, category: str, area: str, *, but: int | None = None) -> Body | None:
    """Return the body that the pack makes responsible: of the category's kind, its subjects, the nearest area.

    `but` is the row of a body that is complained about.
    """
    kind = places.city(city).responsible.get(category, "")
    rows = Body.objects.filter(city=city, kind=kind).exclude(state__in=("pending", "closed", "declined"))
    rows = rows.exclude(pk=but) if but else rows
    best: tuple[int, Body] | None = None
    for body in rows.prefetch_related("areas").order_by("id"):
        if body.categories and category not in body.categories:
            continue
        reach = [one.area_code for one in body.areas.all() if not area or covers(one.area_code, area)]
        if reach and (best is None or len(max(reach)) > best[0]):
            best = (len(max(reach)), body)
    return best[1] if best else None


def start_clocks(row: Case, facts: CaseFacts, now: datetime) -> None:
    """Promise: verification, the class of the matter, and the city's own word, each with its basis."""
    zone, calendar = ZoneInfo(places.city(row.city).timezone), calendar_of(facts)
    wanted = [facts.clock("verify"), facts.clock(row.legal_class), facts.promise]
    clocks = [
        Deadline(
            case=row,
            kind=promise.code,
            days=promise.days,
            basis=promise.basis[:400],
            started_at=now,
            due_at=workdays.due(calendar, now, promise.days, zone),
        )
        for promise in wanted
        if promise is not None
    ]
    Deadline.objects.bulk_create(clocks)
    row.due_at = min(one.due_at for one in clocks)
    row.save(update_fields=["due_at"])


def _open_one(city: str, facts: CaseFacts, happening: Happening, actor: Actor) -> bool:
    sure = happening.rung in facts.rungs and happening.probability >= facts.min_probability
    alone = happening.category in facts.alone and happening.probability >= facts.alone_probability
    if not (sure or alone):
        return False
    matter = Matter(
        city=city,
        category=happening.category,
        area_code=happening.area_code,
        lon=happening.lon,
        lat=happening.lat,
        words=happening.words[:2400],
        incident=happening.code,
    )
    try:
        with transaction.atomic():
            if happening.reports < 2 and is_of_law(happening.words, facts.referral_terms):
                _refer(matter, facts, actor)
            else:
                open_case(matter, actor=actor)
    except IntegrityError:  # another worker was quicker
        return False
    return True
