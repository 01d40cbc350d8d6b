"""Correcting my data."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class CorrectForm(forms.Form):
    """My name and my language."""

    display_name = forms.CharField(label=_("Nama"), max_length=80)
    language = forms.ChoiceField(label=_("Bahasa"), choices=settings.LANGUAGES)
