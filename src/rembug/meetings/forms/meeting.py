"""Forms of meetings: arranging, attendance, minutes, the plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext, gettext_lazy

from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.meetings.actions.arrange import SPEAKERS, Plan
from rembug.meetings.actions.attend import TRAITS
from rembug.meetings.actions.plan import Task
from rembug.meetings.rules.items import TARGETS
from rembug.people.queries.bodies import BodyFace, public_bodies
from rembug.places import queries as places


def own_bodies(actor: Actor, city: str) -> list[BodyFace]:
    """Return the bodies that the actor speaks for."""
    return [
        body for body in public_bodies(city=city) if actor.speaks_for(body.public_id, *SPEAKERS, city=city)
    ]


class ArrangeForm(forms.Form):
    """A meeting: who calls it, where, when, what about, who is invited."""

    action_id = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=gettext_lazy("Pengundang"))
    title = forms.CharField(label=gettext_lazy("Nama pertemuan"), max_length=120)
    place = forms.CharField(label=gettext_lazy("Tempat"), max_length=200)
    area = forms.ChoiceField(label=gettext_lazy("Kelurahan"), required=False)
    day = forms.DateField(label=gettext_lazy("Tanggal"), widget=forms.DateInput(attrs={"type": "date"}))
    begins = forms.TimeField(label=gettext_lazy("Mulai"), widget=forms.TimeInput(attrs={"type": "time"}))
    hours = forms.FloatField(label=gettext_lazy("Lama (jam)"), min_value=0.25, max_value=72, initial=2)
    agenda = forms.CharField(
        label=gettext_lazy("Acara, satu baris satu butir"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    office = forms.ChoiceField(label=gettext_lazy("Audiensi dengan (bila ada)"), required=False)
    invited = forms.MultipleChoiceField(
        label=gettext_lazy("Undang"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.zone = ZoneInfo(places.city(city).timezone)
        own = own_bodies(actor, city)
        every = [(body.public_id, body.name) for body in public_bodies(city=city)]
        areas = [(area.code, area.name) for area in places.areas(city, level="kelurahan")]
        self.fields["action_id"].initial = uuid4
        choices: dict[str, list[tuple[str, Any]]] = {
            "body": [(body.public_id, body.name) for body in own],
            "area": [("", gettext_lazy("Seluruh kota")), *areas],
            "office": [("", "–"), *every],
            "invited": [*every],
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """Return the plan that a valid form says."""
        said = self.cleaned_data
        begins = datetime.combine(said["day"], said["begins"], self.zone)
        return Plan(
            action_id=said["action_id"],
            body=said["body"],
            title=said["title"],
            place=said["place"],
            starts_at=begins,
            ends_at=begins + timedelta(hours=said["hours"]),
            agenda=said["agenda"],
            area=said["area"],
            office=said["office"],
            invited=tuple(said["invited"]),
            signing=(said["office"],) if said["office"] else (),
        )


class TaskForm(forms.Form):
    """Who does what by when."""

    action_id = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.CharField(label=gettext_lazy("Apa"), max_length=300)
    body = forms.ChoiceField(label=gettext_lazy("Siapa"))
    role = forms.CharField(
        label=gettext_lazy("Jabatan, bukan nama (bila perlu)"), max_length=80, required=False
    )
    due_on = forms.DateField(
        label=gettext_lazy("Paling lambat"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),  # no browser reads another
    )

    def __init__(self, *args: Any, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["action_id"].initial = uuid4
        self.fields["body"].choices = [(body.public_id, body.name) for body in public_bodies(city=city)]  # type: ignore[attr-defined]
        self.fields["due_on"].initial = (clock.now() + timedelta(days=14)).date()

    def task(self) -> Task:
        """Return the item that a valid form says."""
        return Task(**self.cleaned_data)


def uuid_of(value: str) -> UUID:
    """Return the random number of a page; a spoilt one becomes a new one."""
    try:
        return UUID(value)
    except ValueError:
        return uuid4()


def traits_of(given: Mapping[str, str]) -> dict[str, str]:
    """Return what somebody said of themselves."""
    return {trait: given.get(trait, "")[:12] for trait in TRAITS}


def sums_of(given: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """Return the sums of a paper list; empty fields are nought."""
    cells = {
        (trait, value): given.get(f"{trait}-{value}", "")[:4]
        for trait, values in TRAITS.items()
        for value in values
    }
    return {key: int(cell) for key, cell in cells.items() if cell.isdecimal()}


def number_of(value: str) -> int:
    """Return a whole number; −1 for what is none."""
    return int(value) if value.isdecimal() and len(value) < 6 else -1


def targets() -> list[tuple[str, str]]:
    """Return what an item may be handed to."""
    names = {"report": gettext("Laporan"), "incident": gettext("Kejadian"), "case": gettext("Kasus")}
    names |= {"call": gettext("Ajakan"), "meeting": gettext("Pertemuan")}
    return [(code, names[code]) for code in TARGETS]
