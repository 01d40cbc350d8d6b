"""Forms of warnings: following, writing, refusing, relaying."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from rembug.alerts.queries.setup import facts_of
from rembug.alerts.rules.states import APPROVERS
from rembug.lib.actor import Actor
from rembug.people.queries.bodies import public_bodies
from rembug.places import queries as places

CAP_BYTES = 500_000


def _areas(city: str) -> list[tuple[str, str]]:
    return [(area.code, area.name) for area in places.areas(city, level="kelurahan")]


class FollowForm(forms.Form):
    """An address and an area."""

    email = forms.EmailField(
        label=gettext_lazy("Alamat e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    area = forms.ChoiceField(label=gettext_lazy("Kelurahan"), required=False)

    def __init__(self, *args: Any, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["area"].choices = [("", gettext_lazy("Seluruh kota")), *_areas(city)]  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """The texts of a message, in two languages."""

    headline_id = forms.CharField(label=gettext_lazy("Judul (Indonesia)"), max_length=160)
    description_id = forms.CharField(
        label=gettext_lazy("Isi (Indonesia)"), max_length=1200, widget=forms.Textarea(attrs={"rows": 4})
    )
    instruction_id = forms.CharField(
        label=gettext_lazy("Yang perlu dilakukan (Indonesia)"),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    headline_en = forms.CharField(label=gettext_lazy("Judul (Inggris)"), max_length=160)
    description_en = forms.CharField(
        label=gettext_lazy("Isi (Inggris)"), max_length=1200, widget=forms.Textarea(attrs={"rows": 4})
    )
    instruction_en = forms.CharField(
        label=gettext_lazy("Yang perlu dilakukan (Inggris)"),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def words(self) -> dict[str, dict[str, str]]:
        """Return the texts by language."""
        said = self.cleaned_data
        names = ("headline", "description", "instruction")
        return {tongue: {name: said[f"{name}_{tongue}"] for name in names} for tongue in ("id", "en")}


class EditForm(WordsForm):
    """Changed texts of a draft that was read in one revision."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000)


class WriteForm(WordsForm):
    """A warning by hand."""

    level = forms.ChoiceField(label=gettext_lazy("Tingkat"))
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Kelurahan"), widget=forms.SelectMultiple(attrs={"size": 6})
    )
    onset_at = forms.DateTimeField(
        label=gettext_lazy("Mulai"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    expires_at = forms.DateTimeField(
        label=gettext_lazy("Berlaku sampai"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def __init__(self, *args: Any, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        tongue = get_language() or "id"
        levels = [(row.code, row.names.get(tongue) or row.names["id"]) for row in facts_of(city).levels]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        self.fields["areas"].choices = _areas(city)  # type: ignore[attr-defined]
        self.order_fields(["level", "areas", "onset_at", "expires_at"])


class ApproveForm(forms.Form):
    """A yes to one revision, for one of the person's bodies."""

    body = forms.ChoiceField(label=gettext_lazy("Atas nama"))
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        own = [
            (body.public_id, body.name)
            for body in public_bodies(city=city)
            if actor.speaks_for(body.public_id, *APPROVERS, city=city)
        ]
        self.fields["body"].choices = own  # type: ignore[attr-defined]


class RefuseForm(forms.Form):
    """A no with its reason."""

    reason = forms.CharField(label=gettext_lazy("Alasan"), min_length=3, max_length=300)


class RelayForm(forms.Form):
    """A CAP file."""

    file = forms.FileField(label=gettext_lazy("Berkas CAP (XML)"))

    def clean_file(self) -> bytes:
        """Return the bytes; a file that is too large is refused before it is read."""
        file = self.cleaned_data["file"]
        if file.size > CAP_BYTES:
            raise forms.ValidationError(gettext_lazy("Berkas CAP paling besar 500 KB."))
        return bytes(file.read())
