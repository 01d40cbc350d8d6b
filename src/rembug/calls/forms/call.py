"""Forms of calls: asking, observing together, joining, closing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy

from rembug.calls.actions.call import SPEAKERS, Asking
from rembug.calls.actions.watch import Seen
from rembug.lib import say
from rembug.lib.actor import Actor
from rembug.people.queries.bodies import public_bodies
from rembug.places import queries as places
from rembug.water.queries.kings import Occasion
from rembug.water.words import coming

AROUND = timedelta(minutes=60)  # before and after the high water


class CallForm(forms.Form):
    """What every call says."""

    action_id = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=gettext_lazy("Pengajak"))
    title = forms.CharField(label=gettext_lazy("Nama ajakan"), max_length=120)
    what = forms.CharField(
        label=gettext_lazy("Apa yang dikerjakan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    place = forms.CharField(label=gettext_lazy("Tempat berkumpul"), max_length=200)
    area = forms.ChoiceField(label=gettext_lazy("Kelurahan"), required=False)
    wanted = forms.IntegerField(label=gettext_lazy("Perlu berapa orang"), min_value=1, max_value=5000)
    safety = forms.CharField(
        label=gettext_lazy("Keselamatan: sepatu, air dalam, kabel, arus"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    role = forms.CharField(
        label=gettext_lazy("Penanggung jawab di tempat: jabatan, bukan nama"), max_length=80
    )

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.zone = ZoneInfo(places.city(city).timezone)
        areas = [(area.code, area.name) for area in places.areas(city, level="kelurahan")]
        own = [
            (body.public_id, body.name)
            for body in public_bodies(city=city)
            if actor.speaks_for(body.public_id, *SPEAKERS, city=city)
        ]
        self.fields["action_id"].initial = uuid4
        self.fields["body"].choices = own  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", gettext_lazy("Seluruh kota")), *areas]  # type: ignore[attr-defined]

    def common(self) -> dict[str, Any]:
        """Return what a valid form of either kind says."""
        names = ("action_id", "body", "title", "what", "place", "area", "wanted", "safety", "role")
        return {name: self.cleaned_data[name] for name in names}


class HelpForm(CallForm):
    """A call for hands at a day and hour."""

    day = forms.DateField(label=gettext_lazy("Tanggal"), widget=forms.DateInput(attrs={"type": "date"}))
    begins = forms.TimeField(label=gettext_lazy("Mulai"), widget=forms.TimeInput(attrs={"type": "time"}))
    hours = forms.FloatField(label=gettext_lazy("Lama (jam)"), min_value=0.25, max_value=168, initial=3)

    def asking(self) -> Asking:
        """Return the call that a valid form says."""
        said = self.cleaned_data
        begins = datetime.combine(said["day"], said["begins"], self.zone)
        return Asking(**self.common(), starts_at=begins, ends_at=begins + timedelta(hours=said["hours"]))


class WatchForm(CallForm):
    """A call to observe at one of the proposed high waters."""

    occasion = forms.ChoiceField(label=gettext_lazy("Kapan (air tinggi di siang hari)"))
    count = forms.IntegerField(label=gettext_lazy("Berapa titik"), min_value=1, max_value=200, initial=20)

    def __init__(self, *args: Any, actor: Actor, city: str, occasions: list[Occasion], **more: Any) -> None:
        super().__init__(*args, actor=actor, city=city, **more)
        self.occasions = {one.at.isoformat(): one for one in occasions}
        self.fields["occasion"].choices = [  # type: ignore[attr-defined]
            (key, f"{coming(one.at)} · {say.number(one.level_cm)} cm") for key, one in self.occasions.items()
        ]

    def asking(self) -> Asking:
        """Return the call that a valid form says."""
        high = self.occasions[self.cleaned_data["occasion"]]
        return Asking(
            **self.common(),
            starts_at=high.at - AROUND,
            ends_at=high.at + AROUND,
            kind="watch",
            level_cm=high.level_cm,
            sigma_cm=max(high.sigma_cm, 3.0),
        )


def uuid_of(value: object) -> UUID | None:
    """Return a random number of a page or program; nothing for a spoilt one."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def number_of(value: str) -> int:
    """Return a whole number; −1 for what is none."""
    return int(value) if value.isdecimal() and len(value) < 6 else -1


def hours_of(value: str) -> float:
    """Return hours as people write them (`12,5`); −1 for what is none."""
    try:
        return float(value.replace(",", ".")) if len(value) < 9 else -1.0
    except ValueError:
        return -1.0


def seen_of(given: Mapping[str, Any]) -> Seen | None:
    """Return one observation of a form or of a program's JSON; nothing where it cannot be read."""
    client = uuid_of(given.get("client_id", ""))
    point, depth = str(given.get("point", "")), str(given.get("depth_class", ""))
    at = _moment(str(given.get("seen_at") or ""))
    age = given.get("age_s")
    is_aged = isinstance(age, int | float) and not isinstance(age, bool) and 0 <= age < 7 * 86_400
    if client is None or not point.isdecimal() or len(point) > 4 or not depth:
        return None
    return Seen(
        client_id=client,
        point=int(point),
        wet=depth != "dry",
        depth_class=depth,
        observed_at=None if is_aged else at,
        age_s=float(age) if is_aged and age is not None else None,
    )


def _moment(text: str) -> datetime | None:
    """Return an aware instant; nothing for an empty, naive or impossible one: then it counts as seen just now."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None
