"""Forms of classes: opening one, a sheet of answers, sums from paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy

from rembug.learning.queries.classes import LEADERS
from rembug.learning.queries.lessons import LessonFace, listed
from rembug.lib.actor import Actor
from rembug.people.queries.bodies import public_bodies


class OpenForm(forms.Form):
    """Which lesson, for which body, under which name."""

    action_id = forms.UUIDField(widget=forms.HiddenInput)
    lesson = forms.ChoiceField(label=gettext_lazy("Pelajaran"))
    body = forms.ChoiceField(label=gettext_lazy("Atas nama"))
    title = forms.CharField(
        label=gettext_lazy("Nama kelas, bukan nama orang"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["action_id"].initial = uuid4
        led = {grant.body for grant in actor.grants if grant.city == city and grant.role in LEADERS}
        bodies = [(body.public_id, body.name) for body in public_bodies(city=city) if body.public_id in led]
        self.fields["lesson"].choices = [(one.slug, one.title) for one in listed(city)]  # type: ignore[attr-defined]
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]


def token_of(given: Mapping[str, str]) -> UUID | None:
    """Return the sheet's random number, or nothing where it is spoilt."""
    try:
        return UUID(given.get("token", ""))
    except ValueError:
        return None


def choices_of(given: Mapping[str, str], lesson: LessonFace) -> dict[str, int]:
    """Return the chosen answers by question; what is no number is left out and asked for again."""
    return {one.key: int(value) for one in lesson.questions if (value := given.get(one.key, "")).isdecimal()}


def counts_of(given: Mapping[str, str], lesson: LessonFace) -> dict[str, dict[int, int]]:
    """Return sums by question and answer; empty fields are nought."""
    found: dict[str, dict[int, int]] = {}
    for one in lesson.questions:
        cells = {place: given.get(f"{one.key}-{place}", "")[:4] for place in range(len(one.options))}
        found[one.key] = {place: int(cell) for place, cell in cells.items() if cell.isdecimal() and int(cell)}
    return found
