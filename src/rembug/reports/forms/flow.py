"""One small form for each question of the report flow. A fault keeps everything that was typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembug.reports.queries.catalogue import Kind
from rembug.reports.queries.town import Town
from rembug.reports.rules.depth import BY_CODE
from rembug.reports.rules.submission import LANDMARK_MAX, NAME_MAX

WORDS_MAX = 600  # what a person types on a phone; programs may send up to 2000
PHOTO_MAX_BYTES = 10 * 1024 * 1024  # as the darkroom takes


class WhatForm(forms.Form):
    """What did you see?"""

    category = forms.ChoiceField(
        error_messages={"required": _("Pilih satu hal."), "invalid_choice": _("Pilih satu hal.")}
    )

    def __init__(self, *args: Any, kinds: tuple[Kind, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [(kind.code, kind.name) for kind in kinds]  # type: ignore[attr-defined]


class DepthForm(forms.Form):
    """How deep is the water?"""

    depth_class = forms.ChoiceField(
        choices=[(code, code) for code in BY_CODE],
        error_messages={"required": _("Pilih dalamnya air."), "invalid_choice": _("Pilih dalamnya air.")},
    )


class SinceForm(forms.Form):
    """Since when, and where does it stand?"""

    since = forms.ChoiceField(
        choices=[(code, code) for code in ("now", "morning", "yesterday")],
        error_messages={"required": _("Pilih sejak kapan."), "invalid_choice": _("Pilih sejak kapan.")},
    )
    setting = forms.ChoiceField(
        choices=[(code, code) for code in ("street", "yard", "house")],
        error_messages={"required": _("Pilih letak airnya."), "invalid_choice": _("Pilih letak airnya.")},
    )


class DetailForm(forms.Form):
    """The closed questions of another category."""

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in kind.questions:
            self.fields[question.field] = forms.ChoiceField(
                choices=question.choices,
                required=question.required,
                error_messages={
                    "required": _("Pilih satu jawaban."),
                    "invalid_choice": _("Pilih satu jawaban."),
                },
            )


class PlaceForm(forms.Form):
    """Where? The phone's own position, a kelurahan, or a tap on the picture (`spot.x`, `spot.y`)."""

    landmark = forms.CharField(
        max_length=LANDMARK_MAX,
        required=False,
        error_messages={"max_length": _("Patokan paling banyak 120 huruf.")},
    )
    lon = forms.FloatField(required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    accuracy_m = forms.FloatField(required=False, min_value=0, max_value=1_000_000)
    area_code = forms.CharField(required=False, max_length=24)

    def __init__(self, *args: Any, town: Town, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.town = town

    def clean_area_code(self) -> str:
        """Take only a kelurahan of this city."""
        code = str(self.cleaned_data["area_code"])
        if code and self.town.ward(code) is None:
            raise forms.ValidationError(_("Pilih kelurahan dari daftar."), code="unknown-area")
        return code


class ReviewForm(forms.Form):
    """The last page: words, name, who may see it, and whether it is the same as another."""

    text = forms.CharField(
        max_length=WORDS_MAX,
        required=False,
        error_messages={"max_length": _("Kata-kata paling banyak 600 huruf. Pendekkan sedikit.")},
    )
    visibility = forms.ChoiceField(choices=[("public", "public"), ("private", "private")], required=False)
    signed_name = forms.CharField(
        max_length=NAME_MAX, required=False, error_messages={"max_length": _("Nama paling banyak 60 huruf.")}
    )
    joins_incident = forms.CharField(max_length=16, required=False)
    photo = forms.FileField(
        required=False,
        error_messages={
            "empty": _("Foto itu kosong. Ambil foto lagi."),
            "invalid": _("Foto tidak sampai. Coba lagi."),
        },
    )

    def clean_photo(self) -> Any:
        """Refuse what is too big to be a phone's photo; the type is judged by its bytes later."""
        photo = self.cleaned_data.get("photo")
        if photo and photo.size > PHOTO_MAX_BYTES:
            raise forms.ValidationError(_("Foto terlalu besar. Paling besar 10 MB."), code="too-big")
        return photo
