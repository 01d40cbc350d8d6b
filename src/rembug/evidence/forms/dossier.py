"""Forms of a dossier: its words, and each claim with what it is reckoned from."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language, gettext_lazy

from rembug.evidence.actions.dossier import MOST_CLAIMS, WRITERS, Claim, Writing
from rembug.evidence.queries.datasets import catalogue
from rembug.evidence.rules.indicators import INDICATORS
from rembug.lib.actor import Actor
from rembug.people.queries.bodies import public_bodies
from rembug.places import queries as places

DAY = forms.DateInput(attrs={"type": "date"})


class DossierForm(forms.Form):
    """The words of a dossier."""

    action_id = forms.UUIDField(widget=forms.HiddenInput)
    slug = forms.SlugField(widget=forms.HiddenInput, required=False)
    body = forms.ChoiceField(label=gettext_lazy("Atas nama"))
    authors = forms.MultipleChoiceField(
        label=gettext_lazy("Ditulis bersama"), required=False, widget=forms.SelectMultiple(attrs={"size": 5})
    )
    title = forms.CharField(label=gettext_lazy("Judul"), max_length=160)
    asked = forms.CharField(label=gettext_lazy("Apa yang diminta, dan dari siapa"), max_length=600)
    summary = forms.CharField(
        label=gettext_lazy("Ringkasan satu halaman"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    text = forms.CharField(
        label=gettext_lazy("Uraian (boleh kosong)"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    note = forms.CharField(
        label=gettext_lazy("Yang berubah dari versi sebelumnya"), max_length=400, required=False
    )

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["action_id"].initial = uuid4
        every = public_bodies(city=city)
        own = [body for body in every if actor.speaks_for(body.public_id, *WRITERS, city=city)]
        self.fields["body"].choices = [(body.public_id, body.name) for body in own]  # type: ignore[attr-defined]
        self.fields["authors"].choices = [(body.public_id, body.name) for body in every]  # type: ignore[attr-defined]

    def writing(self, claims: tuple[Claim, ...]) -> Writing:
        """Return what a valid form says."""
        said = dict(self.cleaned_data)
        return Writing(**said | {"authors": tuple(said["authors"]), "claims": claims})


class ClaimForm(forms.Form):
    """One sentence with a marked number; an empty row is no claim."""

    sentence = forms.CharField(
        label=gettext_lazy("Kalimat dengan satu angka bertanda, misalnya [[62%]]"), max_length=400
    )
    indicator = forms.ChoiceField(label=gettext_lazy("Ukuran"))
    dataset = forms.ChoiceField(label=gettext_lazy("Kumpulan data"))
    areas = forms.MultipleChoiceField(label=gettext_lazy("Wilayah"))
    first = forms.DateField(label=gettext_lazy("Dari tanggal"), widget=DAY)
    last = forms.DateField(label=gettext_lazy("Sampai tanggal"), widget=DAY)

    def __init__(self, *args: Any, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        english = (get_language() or "id") == "en"
        told = [one for one in INDICATORS.values() if one.kind != "people"]  # a range is no one number
        subjects = {one.subject for one in told}
        sets = [(face.slug, face.title) for face in catalogue(city) if face.asked.subject in subjects]
        choices: dict[str, list[tuple[str, Any]]] = {
            "indicator": [(one.code, one.names[english]) for one in told],
            "dataset": sets,
            "areas": [(area.code, area.name) for area in places.areas(city)],
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """A row counts once it has a sentence; chosen boxes alone are none."""
        return bool(self.data.get(self.add_prefix("sentence"), "").strip())

    def claim(self) -> Claim:
        """Return what a valid row says."""
        said = dict(self.cleaned_data)
        return Claim(**said | {"areas": tuple(said["areas"])})


ClaimRows = forms.formset_factory(ClaimForm, extra=3, max_num=MOST_CLAIMS, validate_max=True)
