"""The form of a joint position."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from rembug.lib.actor import Actor
from rembug.meetings.actions.position import Words
from rembug.meetings.forms.meeting import own_bodies


class PositionForm(forms.Form):
    """A text for several bodies to sign."""

    action_id = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=gettext_lazy("Atas nama"))
    title = forms.CharField(label=gettext_lazy("Judul"), max_length=120)
    addressed_to = forms.CharField(
        label=gettext_lazy("Ditujukan kepada (bila ada)"), max_length=200, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Isi"), max_length=8000, widget=forms.Textarea(attrs={"rows": 10})
    )

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["action_id"].initial = uuid4
        self.fields["body"].choices = [(body.public_id, body.name) for body in own_bodies(actor, city)]  # type: ignore[attr-defined]

    def words(self) -> Words:
        """Return what a valid form says."""
        return Words(**self.cleaned_data)
