"""The form by which a body joins its own calendar."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from rembug.lib.actor import Actor
from rembug.meetings.actions.calendars import Joining
from rembug.meetings.forms.meeting import own_bodies


class CalendarForm(forms.Form):
    """An address or a file."""

    action_id = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=gettext_lazy("Kalender milik"))
    address = forms.CharField(
        label=gettext_lazy("Alamat kalender (https://….ics)"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Kami membacanya tiap tiga jam. Alamatnya tidak tampil untuk umum."),
        widget=forms.URLInput,
    )
    file = forms.FileField(label=gettext_lazy("Atau berkas .ics"), required=False)

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["action_id"].initial = uuid4
        self.fields["body"].choices = [(body.public_id, body.name) for body in own_bodies(actor, city)]  # type: ignore[attr-defined]

    def joining(self) -> Joining:
        """Return what a valid form says."""
        said = self.cleaned_data
        address = said["address"].strip().replace("webcal://", "https://", 1)
        file = said["file"]
        return Joining(said["action_id"], said["body"], address, file.read() if file else b"")
