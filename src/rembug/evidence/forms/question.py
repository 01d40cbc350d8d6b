"""The form of a new question."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import get_language, gettext_lazy

from rembug.evidence.queries.datasets import EDITORS
from rembug.evidence.rules.question import DIMENSIONS, Asked
from rembug.lib.actor import Actor
from rembug.people.queries.bodies import public_bodies
from rembug.places import queries as places
from rembug.reports.queries.categories import categories
from rembug.reports.queries.city import zone

SUBJECT_NAMES = (
    ("reports", gettext_lazy("Laporan")),
    ("incidents", gettext_lazy("Kejadian")),
    ("cases", gettext_lazy("Kasus: siapa menjawab, kapan")),
)
DIMENSION_NAMES = {
    "governance": gettext_lazy("Tata kelola"),
    "branding": gettext_lazy("Citra daerah"),
    "economy": gettext_lazy("Ekonomi"),
    "living": gettext_lazy("Kualitas hidup"),
    "society": gettext_lazy("Masyarakat"),
    "environment": gettext_lazy("Lingkungan"),
}


class QuestionForm(forms.Form):
    """What, where, when, how sure, and what is left out."""

    body = forms.ChoiceField(label=gettext_lazy("Atas nama"))
    title = forms.CharField(label=gettext_lazy("Judul"), max_length=160)
    about = forms.CharField(
        label=gettext_lazy("Penjelasan"),
        min_length=50,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Apa isinya dan untuk apa. Paling sedikit 50 huruf."),
    )
    subject = forms.ChoiceField(label=gettext_lazy("Yang dihitung"), choices=SUBJECT_NAMES)
    category = forms.ChoiceField(label=gettext_lazy("Jenis"), required=False)
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Wilayah"),
        required=False,
        help_text=gettext_lazy("Kosong berarti seluruh kota."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    start = forms.DateField(
        label=gettext_lazy("Dari tanggal"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    end = forms.DateField(
        label=gettext_lazy("Sampai tanggal"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    min_probability = forms.DecimalField(
        label=gettext_lazy("Peluang paling rendah (0–1)"),
        min_value=0,
        max_value=1,
        initial=0,
        decimal_places=2,
    )
    excluded = forms.CharField(
        label=gettext_lazy("Nomor yang dikecualikan"),
        required=False,
        max_length=12_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(label=gettext_lazy("Alasannya"), required=False, max_length=300)
    dimensions = forms.MultipleChoiceField(
        label=gettext_lazy("Dimensi"),
        required=False,
        choices=[(name, DIMENSION_NAMES[name]) for name in DIMENSIONS],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.city = city
        own = [
            (body.public_id, body.name)
            for body in public_bodies(city=city)
            if actor.speaks_for(body.public_id, *EDITORS, city=city)
        ]
        tongue = get_language() or "id"
        kinds = [
            (kind.code, kind.names.get(tongue) or kind.names["id"]) for kind in categories(city).values()
        ]
        self._choices("body", own)
        self._choices("category", [("", gettext_lazy("Semua jenis")), *kinds])
        self._choices("areas", [(area.code, area.name) for area in places.areas(city)])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def asked(self) -> Asked:
        """Return the question; days are days of the city, the last one is included."""
        said = self.cleaned_data
        local = ZoneInfo(zone(self.city))
        return Asked(
            subject=said["subject"],
            category=said["category"],
            areas=tuple(said["areas"]),
            start=_midnight(said["start"], local),
            end=_midnight(said["end"], local, days=1),
            min_probability=float(said["min_probability"]),
            excluded=tuple(said["excluded"].upper().replace(",", " ").split()),
            reason=said["reason"].strip(),
        )


def _midnight(day: Any, local: ZoneInfo, days: int = 0) -> datetime | None:
    if day is None:
        return None
    ordinal = day.toordinal() + days
    return datetime.combine(day.fromordinal(ordinal), time(0), tzinfo=local)
