"""Lessons in the reader's language, with the figures of their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import get_language, gettext

from rembug.cases.queries.counts import counts as case_counts
from rembug.learning.models import Lesson
from rembug.learning.rules.reading import html_of
from rembug.lib import clock, say
from rembug.lib.errors import NotFound
from rembug.lib.pack import LessonRow, lesson_from_json
from rembug.people.queries.bodies import public_bodies
from rembug.places import queries as places
from rembug.reports.queries.public.counts import counts
from rembug.reports.words import depth
from rembug.water.queries.outlook import area_outlook, first_to_flood
from rembug.water.words import chance, coming

WEEK, MONTH = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class QuestionFace:
    """A question in one language; `right` is −1 where there is no right answer."""

    key: str
    kind: str
    ask: str
    options: tuple[str, ...]
    right: int
    why: str

    @property
    def answer(self) -> str:
        """The right answer's words."""
        return self.options[self.right] if self.right >= 0 else ""


@dataclass(frozen=True, slots=True)
class LessonFace:
    """A lesson in one language."""

    slug: str
    audience: str
    minutes: int
    title: str
    summary: str
    act: str
    act_to: str
    sources: tuple[str, ...]
    questions: tuple[QuestionFace, ...]
    language: str
    html: str = ""


def listed(city: str) -> list[LessonFace]:
    """Return all lessons in their order, without their text."""
    rows = Lesson.objects.filter(city=city, retired_at=None).order_by("position", "slug")
    return [face(lesson_from_json(row.content)) for row in rows]


def lesson(city: str, slug: str, area: str = "") -> LessonFace:
    """Return one lesson with the figures of an area (empty: the whole city). Raises `NotFound`."""
    row = Lesson.objects.filter(city=city, slug=slug, retired_at=None).first()
    if row is None:
        raise NotFound(gettext("Pelajaran ini tidak ada."))
    return face(lesson_from_json(row.content), figures(city, area))


def face(row: LessonRow, words: Mapping[str, str] | None = None) -> LessonFace:
    """Return a lesson in the reader's language; where it was not written, in the city's first."""
    tongue = (get_language() or "id")[:2]
    if tongue not in row.title:
        tongue = "id" if "id" in row.title else min(row.title)  # a JSON column keeps no order
    questions = tuple(
        QuestionFace(one.key, one.kind, one.ask[tongue], one.options[tongue], one.right, one.why[tongue])
        for one in row.questions
    )
    return LessonFace(
        slug=row.slug,
        audience=row.audience,
        minutes=row.minutes,
        title=row.title[tongue],
        summary=row.summary[tongue],
        act=row.act[tongue],
        act_to=row.act_to,
        sources=row.sources,
        questions=questions,
        language=tongue,
        html="" if words is None else html_of(row.body[tongue], words),
    )


def figures(city: str, area: str) -> dict[str, str]:
    """Return what a text may quote of this place, in words. Raises `NotFound` for an area that is not there."""
    now = clock.now()
    where = places.area(city, area) if area else None
    code = where.code if where else ""
    week, month = counts(city, code, now - WEEK, now), counts(city, code, now - MONTH, now)
    handled = case_counts(city, code, now - WEEK)
    return {
        "place": where.name if where else places.city(city).name,
        "reports_week": say.number(week.flood_reports),
        "deepest_week": depth(week.deepest) if week.deepest else gettext("belum ada laporan"),
        "rob_days_month": say.number(month.flood_days),
        "next_water": _next_water(city, code),
        "cases_open": say.number(handled.open),
        "cases_settled": say.number(handled.settled),
        "bodies": say.number(len(public_bodies(city=city))),
    }


def _next_water(city: str, area: str) -> str:
    outlook = area_outlook(city, area) if area else first_to_flood(city)
    if outlook is None or outlook.next is None:
        return gettext("belum ada prakiraan")
    water = outlook.next
    return gettext("%(when)s di %(place)s, %(chance)s") % {
        "when": coming(water.at),
        "place": outlook.area_name,
        "chance": chance(water.probability),
    }
