"""Forms of grants: asking, deciding."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from rembug.commitments.actions.grants import Deciding, Request
from rembug.commitments.queries.grants import requirements, routes
from rembug.commitments.rules.grants import DEAREST
from rembug.deliberation.forms.proposal import own_bodies
from rembug.lib.actor import Actor
from rembug.people.queries.bodies import public_bodies
from rembug.places import queries as places

OFFICES = ("bureaucracy", "leadership")


class GrantForm(forms.Form):
    """What a group asks for, by which route, of which office."""

    action_id = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=gettext_lazy("Atas nama"))
    route = forms.ChoiceField(label=gettext_lazy("Jalur"))
    to = forms.ChoiceField(label=gettext_lazy("Kantor yang berwenang"))
    title = forms.CharField(label=gettext_lazy("Judul"), max_length=120)
    purpose = forms.CharField(
        label=gettext_lazy("Untuk apa (tanpa nama dan nomor)"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    amount = forms.IntegerField(label=gettext_lazy("Jumlah (Rp)"), min_value=1, max_value=DEAREST)
    area = forms.ChoiceField(label=gettext_lazy("Wilayah"))
    met = forms.MultipleChoiceField(
        label=gettext_lazy("Syarat yang sudah dipenuhi"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        offices = [one for sphere in OFFICES for one in public_bodies(city=city, sphere=sphere)]
        choices: dict[str, list[tuple[str, str]]] = {
            "body": [(body.public_id, body.name) for body in own_bodies(actor, city)],
            "route": [(one.code, one.name) for one in routes(city)],
            "to": [(body.public_id, body.name) for body in offices],
            "area": [(area.code, area.name) for area in places.areas(city)],
            "met": [(one.code, one.name) for one in requirements(city)],
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]
        self.fields["action_id"].initial = uuid4

    def asked(self) -> Request:
        """Return what a valid form says."""
        return Request(**self.cleaned_data | {"met": tuple(self.cleaned_data["met"])})


class DecisionForm(forms.Form):
    """One step of a request."""

    action_id = forms.UUIDField()
    verb = forms.CharField(max_length=10)
    body = forms.CharField(max_length=60)
    seen = forms.CharField(max_length=10)
    words = forms.CharField(max_length=600, required=False)
    reference = forms.CharField(max_length=120, required=False)

    def deciding(self, met: list[str]) -> Deciding:
        """Return what a valid form says, with the boxes that were ticked."""
        return Deciding(**self.cleaned_data, met=tuple(code[:24] for code in met[:100]))
