"""What a reader of the list may ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from rembug.cases.queries.faces import Wanted
from rembug.cases.rules.states import NAMES
from rembug.people.queries.bodies import public_bodies
from rembug.places import queries as places
from rembug.reports.queries.categories import categories

HEAPS = (
    ("open", gettext_lazy("Terbuka")),
    ("late", gettext_lazy("Terlambat")),
    ("closed", gettext_lazy("Tertutup")),
    ("all", gettext_lazy("Semua")),
)


def page_key(raw: str) -> int:
    """Read the key of a page; a damaged one begins anew."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 16 else 0


DESK = (
    ("mine", gettext_lazy("Saya pegang")),
    ("due", gettext_lazy("Segera jatuh tempo")),
)


class CaseFilter(forms.Form):
    """State, category, area, body, words; anything unknown is ignored."""

    heaps: tuple[tuple[str, Any], ...] = HEAPS

    keadaan = forms.ChoiceField(label=gettext_lazy("Keadaan"), required=False)
    jenis = forms.ChoiceField(label=gettext_lazy("Jenis"), required=False)
    wilayah = forms.ChoiceField(label=gettext_lazy("Wilayah"), required=False)
    pihak = forms.ChoiceField(label=gettext_lazy("Pihak"), required=False)
    cari = forms.CharField(label=gettext_lazy("Kata atau nomor"), required=False, max_length=80)

    def __init__(self, *args: Any, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        english = (get_language() or "id") == "en"
        tongue = "en" if english else "id"
        states = [(state, names[english]) for state, names in NAMES.items()]
        kinds = [
            (kind.code, kind.names.get(tongue) or kind.names["id"]) for kind in categories(city).values()
        ]
        offices = [body for body in public_bodies(city=city) if body.sphere != "civil_society"]
        bodies = [(body.public_id, body.name) for body in offices]
        every = ("", gettext_lazy("Semua"))
        self._offer("keadaan", [*self.heaps, *states])
        self._offer("jenis", [every, *kinds])
        self._offer("wilayah", [every, *((area.code, area.name) for area in places.areas(city))])
        self._offer("pihak", [every, *bodies])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def wanted(self) -> Wanted:
        """Return what was asked; what cannot be understood asks for nothing."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            state=said.get("keadaan") or "open",
            category=said.get("jenis", ""),
            area=said.get("wilayah", ""),
            body=said.get("pihak", ""),
            words=said.get("cari", ""),
        )


class DeskFilter(CaseFilter):
    """The same for those who handle cases: also what they hold, and what is due soon."""

    heaps = (*HEAPS, *DESK)
