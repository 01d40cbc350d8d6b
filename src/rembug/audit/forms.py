"""What a reader of the log may ask for."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from rembug.audit.rules import verbs


class LogFilter(forms.Form):
    """Entries about one kind of thing, or one thing; from below an entry."""

    jenis = forms.CharField(  # bounded by a validator: a list has no maxlength
        required=False, label=_("Tentang"), widget=forms.Select, validators=[MaxLengthValidator(40)]
    )
    nomor = forms.CharField(max_length=80, required=False, label=_("Nomor"))
    sebelum = forms.IntegerField(min_value=1, max_value=2**62, required=False, widget=forms.HiddenInput)

    def offer(self, language: str) -> None:
        """List the kinds of things in the reader's language."""
        kinds = [(name, verbs.kind(name, language)) for name in verbs.KINDS]
        self.fields["jenis"].widget.choices = [("", _("Semua")), *kinds]
