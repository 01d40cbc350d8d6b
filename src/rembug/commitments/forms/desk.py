"""Forms of the facility desk: asking, listing, moving."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from rembug.commitments.actions.desk import Asking, Listing, Moving
from rembug.commitments.queries.desk import facility_names
from rembug.commitments.rules.desk import MOST
from rembug.deliberation.forms.proposal import own_bodies
from rembug.lib.actor import Actor
from rembug.people.queries.bodies import public_bodies
from rembug.places import queries as places

DAY = forms.DateInput(attrs={"type": "date"})


class _Common(forms.Form):
    """What both asking and listing say."""

    action_id = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=gettext_lazy("Atas nama"))
    kind = forms.ChoiceField(label=gettext_lazy("Jenis"))
    quantity = forms.IntegerField(label=gettext_lazy("Jumlah"), min_value=1, max_value=MOST, initial=1)
    area = forms.ChoiceField(label=gettext_lazy("Kelurahan"))

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        areas = [(area.code, area.name) for area in places.areas(city, level="kelurahan")]
        bodies = [(body.public_id, body.name) for body in own_bodies(actor, city)]
        choices = {"body": bodies, "kind": list(facility_names(city).items()), "area": areas}
        if "to" in self.fields:
            everybody = [(body.public_id, body.name) for body in public_bodies(city=city)]
            choices["to"] = [("", gettext_lazy("Siapa saja yang punya")), *everybody]  # type: ignore[list-item]
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]
        self.fields["action_id"].initial = uuid4


class AskForm(_Common):
    """What is asked for, and when."""

    purpose = forms.CharField(label=gettext_lazy("Untuk apa (tanpa nama dan nomor)"), max_length=400)
    from_on = forms.DateField(label=gettext_lazy("Dari tanggal"), widget=DAY)
    to_on = forms.DateField(label=gettext_lazy("Sampai tanggal"), widget=DAY)
    to = forms.ChoiceField(label=gettext_lazy("Diminta kepada"), required=False)

    def asking(self) -> Asking:
        """Return what a valid form says."""
        return Asking(**self.cleaned_data)


class ThingForm(_Common):
    """A thing that a body lends."""

    name = forms.CharField(label=gettext_lazy("Barang atau ruang"), max_length=120)

    def listing(self) -> Listing:
        """Return what a valid form says."""
        return Listing(**self.cleaned_data)


class NeedStepForm(forms.Form):
    """One step of a request."""

    action_id = forms.UUIDField()
    verb = forms.CharField(max_length=10)
    body = forms.CharField(max_length=60)
    seen = forms.CharField(max_length=10)
    thing = forms.CharField(max_length=9, required=False)
    quantity = forms.IntegerField(min_value=0, max_value=MOST, required=False)
    words = forms.CharField(max_length=400, required=False)

    def moving(self) -> Moving:
        """Return what a valid form says."""
        return Moving(**self.cleaned_data | {"quantity": self.cleaned_data["quantity"] or 0})
