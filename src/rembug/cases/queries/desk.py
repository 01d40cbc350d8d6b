"""What helps at the desk: kept filters, cases in which somebody was named, colleagues, ready sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils.translation import get_language

from rembug.cases.models import KeptFilter, Mention
from rembug.cases.queries.setup import facts_of
from rembug.cases.queries.work import role_for
from rembug.lib.actor import Actor
from rembug.people.models import RoleGrant

LISTED = 20
PAGE = 100


@dataclass(frozen=True, slots=True)
class Named:
    """A note in which the reader was named."""

    code: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence ready to use for a step."""

    code: str
    verb: str
    words: str


def kept(actor: Actor, city: str) -> list[tuple[str, str]]:
    """Return the actor's kept filters: name and question."""
    rows = KeptFilter.objects.filter(city=city, person_id=actor.person_id) if actor.person_id else ()
    return [(row.name, row.query) for row in sorted(rows, key=lambda row: row.name.lower())]


def named(actor: Actor, city: str) -> list[Named]:
    """Return the notes in which the actor was named and has not looked yet, oldest first.

    Only of cases that the actor still has a part in: one that moved on takes its notes with it.
    """
    if actor.person_id is None:
        return []
    rows = Mention.objects.filter(person_id=actor.person_id, seen_at=None, step__case__city=city)
    ordered = rows.select_related("step__case__body", "step__case__about_body").order_by("id")
    mine = (row.step for row in ordered.iterator(PAGE) if role_for(actor, row.step.case) is not None)
    return [Named(step.case.code, step.internal, step.at) for step in islice(mine, LISTED)]


def colleagues(actor: Actor, city: str) -> list[tuple[str, str]]:
    """Return number and name of everybody who handles cases in this city, for those who do so themselves."""
    grants = RoleGrant.objects.filter(body__city=city, ended_at=None, person__is_active=True)
    rows = grants.filter(role__in=("officer", "coordinator", "administrator")).exclude(
        person__public_id=actor.public_id
    )
    names = rows.values_list("person__public_id", "person__display_name", "body__name").order_by(
        "body__name", "person__display_name", "id"
    )
    return list(dict.fromkeys((code, f"{name}, {body}") for code, name, body in names))


def sentences(city: str, category: str, verbs: tuple[str, ...]) -> list[Sentence]:
    """Return the sentences of the pack for the steps that are possible now."""
    tongue = "en" if (get_language() or "id") == "en" else "id"
    return [
        Sentence(row.code, row.verb, row.words.get(tongue) or row.words["id"])
        for row in facts_of(city).templates
        if row.verb in verbs and (not row.categories or category in row.categories)
    ]
