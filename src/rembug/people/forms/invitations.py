"""Inviting somebody, and taking up an invitation."""

from typing import Any

from allauth.account.fields import SetPasswordField
from django import forms
from django.utils.translation import gettext_lazy as _

from rembug.lib.actor import Actor
from rembug.people import areas, consent_texts, words
from rembug.people.actions.invitations import Newcomer, Offer
from rembug.people.models import Person
from rembug.people.queries import bodies


class InviteForm(forms.Form):
    """A role for an e-mail address."""

    email = forms.EmailField(label=_("Alamat e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    body = forms.ChoiceField(label=_("Untuk pihak"))
    role = forms.ChoiceField(label=_("Peran"), choices=list(words.ROLES.items()))
    area = forms.ChoiceField(label=_("Wilayah"), required=False)

    def __init__(self, *args: Any, actor: Actor, city: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = bodies.inviting_bodies(actor=actor, city=city)
        body: Any = self.fields["body"]
        body.choices = [(one.public_id, one.name) for one in known]
        area: Any = self.fields["area"]
        area.choices = [("", _("semua wilayah pihak itu")), *areas.choices(city)]

    def offer(self) -> Offer:
        """Return what the action takes."""
        return Offer(**self.cleaned_data)


class NewcomerForm(forms.Form):
    """Name and password of somebody who is new here."""

    display_name = forms.CharField(
        label=_("Nama Anda"),
        max_length=80,
        help_text=_("Hanya rekan kerja yang melihat nama ini."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = SetPasswordField(
        label=_("Kata sandi"), help_text=_("Minimal 8 huruf. Kalimat panjang lebih aman.")
    )
    consent = forms.BooleanField(error_messages={"required": _("Centang dulu bila setuju.")})

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password: Any = self.fields["password"]
        password.widget.attrs.pop("placeholder", None)
        password.user = Person(email=email)  # a password must not look like the address
        self.fields["consent"].label = str(consent_texts.TEXTS["account"].text)

    def newcomer(self, language: str) -> Newcomer:
        """Return what the action takes."""
        return Newcomer(self.cleaned_data["display_name"], self.cleaned_data["password"], language)
