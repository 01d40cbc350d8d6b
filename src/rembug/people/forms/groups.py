"""A group registers itself; a coordinator decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembug.lib.actor import Role
from rembug.people import areas, consent_texts, words
from rembug.people.actions.registrations import GroupForm as Group

GROUP_SPHERES = [(code, words.SPHERES[code]) for code in ("civil_society", "business")]
GROUP_LEVELS = [(code, words.LEVELS[code]) for code in ("rw", "kelurahan", "kecamatan", "city")]


class GroupForm(forms.Form):
    """What a group says about itself."""

    name = forms.CharField(label=_("Nama kelompok"), max_length=120)
    kind = forms.ChoiceField(label=_("Jenis"), choices=list(words.GROUP_KINDS.items()))
    sphere = forms.ChoiceField(label=_("Bagian dari"), choices=GROUP_SPHERES)
    level = forms.ChoiceField(label=_("Tingkat"), choices=GROUP_LEVELS, initial="kelurahan")
    areas = forms.MultipleChoiceField(
        label=_("Wilayah yang dijaga"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kosong berarti seluruh kota."),
    )
    about = forms.CharField(
        label=_("Tentang kelompok"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Tampil untuk umum. Jangan tulis nomor telepon."),
    )
    offers = forms.CharField(
        label=_("Yang bisa kami bantu atau pinjamkan"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya: 12 relawan, perahu karet, pompa, tenda, ruang rapat. Tampil untuk umum."),
    )
    representative = forms.CharField(
        label=_("Nama wakil"),
        max_length=80,
        help_text=_("Tidak tampil untuk umum."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_email = forms.EmailField(
        label=_("Alamat e-mail wakil"),
        help_text=_("Tidak tampil untuk umum. Undangan dikirim ke sini."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Centang dulu bila setuju.")},
        help_text=_("Kami mencatat persetujuan ini."),
    )

    def __init__(self, *args: Any, city: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: Any = self.fields["areas"]
        known.choices = areas.choices(city)
        if not known.choices:
            del self.fields["areas"]
        self.fields["consent"].label = str(consent_texts.TEXTS["group"].text)

    def group(self) -> Group:
        """Return what the action takes."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "consent"}
        return Group(**data | {"areas": tuple(data.get("areas", ()))})


class DecisionForm(forms.Form):
    """Confirm with a role for the representative, or decline with a reason."""

    ROLES = [(code, words.ROLES[code]) for code in ("verifier", "member", "officer")]
    decision = forms.ChoiceField(choices=[("confirm", ""), ("decline", "")], widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("Peran wakil"), choices=ROLES, required=False)
    reason = forms.CharField(label=_("Alasan, bila belum diterima"), required=False, max_length=1000)

    def role_given(self) -> Role:
        """Return the role for the representative."""
        role: Role = self.cleaned_data["role"] or "verifier"
        return role
