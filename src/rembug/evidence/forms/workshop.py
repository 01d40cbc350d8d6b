"""Forms of common maps and workshop results: beginning one, one mark, a file of marks."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import orjson
from django import forms
from django.utils.translation import gettext_lazy

from rembug.evidence.actions.workshop import Drawn, Opening
from rembug.evidence.forms.choices import offer_own
from rembug.evidence.forms.question import DIMENSION_NAMES
from rembug.evidence.queries.workshops import MAPPERS
from rembug.evidence.rules.question import DIMENSIONS
from rembug.evidence.rules.workshop import MOST_ITEMS, Legend, drawn, legend_of, of_geojson
from rembug.evidence.words import METHOD_NAMES, SHAPE_NAMES
from rembug.lib.actor import Actor
from rembug.lib.errors import Invalid
from rembug.lib.sheets import rows_of, text_of

MOST_FAULTS = 20  # after these a file is not read any further
COLUMNS = ("legend", "words", "people", "lat", "lon")


class WorkshopForm(forms.Form):
    """Who met, when, how many, with which legend."""

    action_id = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=gettext_lazy("Atas nama"))
    title = forms.CharField(label=gettext_lazy("Judul"), max_length=120)
    purpose = forms.CharField(
        label=gettext_lazy("Untuk apa"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    held_on = forms.DateField(
        label=gettext_lazy("Tanggal pertemuan"), widget=forms.DateInput(attrs={"type": "date"})
    )
    participants = forms.IntegerField(label=gettext_lazy("Banyak peserta"), min_value=1, max_value=10_000)
    method = forms.ChoiceField(label=gettext_lazy("Caranya"), choices=METHOD_NAMES)
    area = forms.ChoiceField(label=gettext_lazy("Wilayah"), required=False)
    meeting = forms.CharField(
        label=gettext_lazy("Nomor pertemuan di sini (bila ada)"), max_length=16, required=False
    )
    legend = forms.CharField(
        label=gettext_lazy("Legenda, satu baris satu tanda"),
        help_text=gettext_lazy("Awali dengan * bila menandai tempat tinggal. Titiknya akan digeser."),
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "Saluran buntu\nPompa perlu\n* Rumah lansia"}),
    )
    dimensions = forms.MultipleChoiceField(
        label=gettext_lazy("Dimensi"),
        required=False,
        choices=[(name, DIMENSION_NAMES[name]) for name in DIMENSIONS],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        offer_own(self, actor=actor, city=city, roles=MAPPERS)

    def opening(self) -> Opening:
        """Return what a valid form says."""
        said = dict(self.cleaned_data)
        return Opening(
            **said | {"legend": legend_of(said["legend"]), "dimensions": tuple(said["dimensions"])}
        )


class ItemForm(forms.Form):
    """One mark or result."""

    action_id = forms.UUIDField(widget=forms.HiddenInput)
    legend = forms.ChoiceField(label=gettext_lazy("Tanda"))
    words = forms.CharField(
        label=gettext_lazy("Keterangan, tanpa nama orang"), max_length=200, required=False
    )
    people = forms.IntegerField(
        label=gettext_lazy("Berapa orang menandai atau memilih (boleh kosong)"), min_value=0, required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("Bentuk"), choices=SHAPE_NAMES)
    corners = forms.CharField(
        label=gettext_lazy("Titik-titiknya: lintang, bujur, satu baris satu"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "-6.8637, 109.6753", "data-corners": ""}),
    )

    def __init__(self, *args: Any, legend: tuple[Legend, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["action_id"].initial = uuid4
        self.fields["legend"].choices = [(one.key, one.words) for one in legend]  # type: ignore[attr-defined]

    def mark(self) -> Drawn:
        """Return what a valid form says. Raises `Invalid` for corners that draw nothing."""
        said = self.cleaned_data
        return Drawn(said["legend"], said["words"], drawn(said["kind"], said["corners"]), said["people"])


def marks_of(content: bytes, legend: tuple[Legend, ...]) -> list[Drawn]:
    """Return the marks of a file: GeoJSON, or a table with legend, words, people, lat, lon.

    Raises `Invalid` naming each row that cannot be taken, at most twenty of them.
    """
    keys = {one.words.casefold(): one.key for one in legend} | {one.key: one.key for one in legend}
    is_geojson = content.lstrip()[:1] == b"{"
    rows = _features(content) if is_geojson else rows_of(text_of(content), COLUMNS)
    found, faults = [], []
    for number, row in enumerate(rows, start=1):
        try:
            found.append(_mark(row, keys, is_geojson=is_geojson))
        except Invalid as error:
            faults.append(f"{number}: {error.message}")
            if len(faults) == MOST_FAULTS:
                break
    if faults:
        raise Invalid(" · ".join(faults))
    return found


def _features(content: bytes) -> list[dict[str, Any]]:
    try:
        body = orjson.loads(content)
        rows = body["features"]
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise Invalid("Berkas ini bukan GeoJSON FeatureCollection.") from error
    if not isinstance(rows, list) or len(rows) > MOST_ITEMS or not all(isinstance(row, dict) for row in rows):
        raise Invalid(f"Paling banyak {MOST_ITEMS} tanda dalam satu berkas.")
    return rows


def _mark(row: dict[str, Any], keys: dict[str, str], *, is_geojson: bool) -> Drawn:
    said = row.get("properties") or {} if is_geojson else row
    if not isinstance(said, dict):
        raise Invalid("`properties` tidak terbaca.")
    sign = keys.get(str(said.get("legend", "")).strip().casefold(), "")
    if not sign:
        raise Invalid(f"tanda “{str(said.get('legend', ''))[:40]}” tidak ada di legenda.")
    counted = str(said.get("people") or "").strip()
    if counted and not (counted.isdecimal() and len(counted) < 6):
        raise Invalid("jumlah orang harus angka bulat.")
    shape = of_geojson(row.get("geometry")) if is_geojson else _point(said)
    words = str(said.get("words") or "").strip()
    return Drawn(sign, words[:400], shape, int(counted) if counted else None)


def _point(said: dict[str, Any]) -> Any:
    if not (said["lat"] or said["lon"]):
        return None
    return drawn("point", f"{said['lat'].replace(',', '.')}, {said['lon'].replace(',', '.')}")
