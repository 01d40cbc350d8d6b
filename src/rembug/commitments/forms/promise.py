"""Forms of promises: promising, moving."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language, gettext_lazy

from rembug.commitments.actions.move import Moving
from rembug.commitments.actions.promise import Measure, Promise
from rembug.commitments.words import EVIDENCE, KINDS, SOURCES
from rembug.deliberation.forms.proposal import DIMENSIONS, LONG, own_bodies
from rembug.evidence.queries.datasets import catalogue
from rembug.evidence.rules.indicators import DAILY, INDICATORS
from rembug.lib.actor import Actor
from rembug.people.queries.bodies import public_bodies
from rembug.places import queries as places

DAY = forms.DateInput(attrs={"type": "date"})


class PromiseForm(forms.Form):
    """What a body promises, and how it will be seen whether it worked."""

    GROUPS = (
        (gettext_lazy("Janjinya"), ("body", "kind", "title", "words", "role", "due_on", "milestones")),
        (gettext_lazy("Tempatnya"), ("area", "place", "lat", "lon")),
        (gettext_lazy("Dananya"), ("source", "amount", "source_code", "funder")),
        (gettext_lazy("Untuk apa"), ("proposal", "dimensions", "is_quick_win")),
        (
            gettext_lazy("Cara mengukur hasilnya"),
            ("indicator", "dataset", "areas", "controls", "base_from", "base_to", "target"),
        ),
    )

    action_id = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=gettext_lazy("Yang berjanji"))
    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), choices=KINDS.items())
    title = forms.CharField(label=gettext_lazy("Judul"), max_length=120)
    words = forms.CharField(label=gettext_lazy("Yang dijanjikan"), max_length=2000, widget=LONG)
    role = forms.CharField(label=gettext_lazy("Jabatan penanggung jawab, bukan nama"), max_length=80)
    due_on = forms.DateField(label=gettext_lazy("Paling lambat"), widget=DAY)
    area = forms.ChoiceField(label=gettext_lazy("Wilayah"))
    place = forms.CharField(label=gettext_lazy("Tempat"), max_length=200, required=False)
    lat = forms.FloatField(label=gettext_lazy("Lintang"), min_value=-90, max_value=90, required=False)
    lon = forms.FloatField(label=gettext_lazy("Bujur"), min_value=-180, max_value=180, required=False)
    source = forms.ChoiceField(label=gettext_lazy("Sumber dana"), choices=SOURCES.items())
    amount = forms.IntegerField(label=gettext_lazy("Jumlah (Rp)"), min_value=0, required=False)
    source_code = forms.CharField(
        label=gettext_lazy("Kode anggaran (bila ada)"), max_length=60, required=False
    )
    funder = forms.ChoiceField(label=gettext_lazy("Penyandang dana, bila pihak lain"), required=False)
    proposal = forms.CharField(
        label=gettext_lazy("Untuk usulan nomor (bila ada)"), max_length=9, required=False
    )
    milestones = forms.CharField(
        label=gettext_lazy("Tonggak, satu baris satu: tanggal lalu apa"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "2027-03-01 Lahan siap"}),
    )
    dimensions = forms.MultipleChoiceField(
        label=gettext_lazy("Dimensi"), required=False, choices=DIMENSIONS, widget=forms.CheckboxSelectMultiple
    )
    is_quick_win = forms.BooleanField(label=gettext_lazy("Quick win"), required=False)
    indicator = forms.ChoiceField(label=gettext_lazy("Ukuran hasil (bila ada)"), required=False)
    dataset = forms.ChoiceField(label=gettext_lazy("Dari kumpulan data"), required=False)
    areas = forms.MultipleChoiceField(label=gettext_lazy("Wilayah yang akan berubah"), required=False)
    controls = forms.MultipleChoiceField(
        label=gettext_lazy("Wilayah pembanding, yang tidak dikerjakan"), required=False
    )
    base_from = forms.DateField(label=gettext_lazy("Masa sebelum: dari"), required=False, widget=DAY)
    base_to = forms.DateField(label=gettext_lazy("Masa sebelum: sampai"), required=False, widget=DAY)
    target = forms.IntegerField(
        label=gettext_lazy("Akan berkurang berapa persen"), min_value=1, max_value=100, required=False
    )

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields as a page shows them: a heading and what belongs under it."""
        return [(str(name), [self[field] for field in fields]) for name, fields in self.GROUPS]

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        english = (get_language() or "id") == "en"
        areas = [(area.code, area.name) for area in places.areas(city)]
        every = [(body.public_id, body.name) for body in public_bodies(city=city)]
        measures = [(code, INDICATORS[code].names[english]) for code in DAILY]
        sets = [(face.slug, face.title) for face in catalogue(city) if face.asked.subject == "reports"]
        choices: dict[str, list[tuple[str, Any]]] = {
            "body": [(body.public_id, body.name) for body in own_bodies(actor, city)],
            "area": areas,
            "areas": areas,
            "controls": areas,
            "funder": [("", "–"), *every],
            "indicator": [("", gettext_lazy("Tidak diukur")), *measures],
            "dataset": [("", "–"), *sets],
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]
        self.fields["action_id"].initial = uuid4

    def clean_milestones(self) -> tuple[tuple[str, date], ...]:
        """Read lines of a day and what is done by then."""
        found = []
        for line in self.cleaned_data["milestones"].splitlines():
            day, _, what = line.strip().partition(" ")
            if not day:
                continue
            try:
                found.append((what.strip(), date.fromisoformat(day)))
            except ValueError as error:
                words = gettext_lazy("Mulai tiap baris dengan tanggal, misalnya 2027-03-01 Lahan siap.")
                raise forms.ValidationError(words) from error
        return tuple(found)

    def clean(self) -> dict[str, Any]:
        """Ask for the whole measure where one is chosen."""
        said = super().clean() or {}
        if said.get("indicator"):
            for name in ("dataset", "areas", "base_from", "base_to", "target"):
                if not said.get(name):
                    self.add_error(name, gettext_lazy("Isi ini agar hasilnya bisa diukur."))
        return said

    def promise(self) -> Promise:
        """Return what a valid form says."""
        said = dict(self.cleaned_data)
        measured = ("indicator", "dataset", "areas", "controls", "base_from", "base_to", "target")
        parts = {name: said.pop(name) for name in measured}
        measure = None
        if parts["indicator"]:
            parts |= {"areas": tuple(parts["areas"]), "controls": tuple(parts["controls"])}
            measure = Measure(**parts | {"target": -parts["target"] / 100})
        return Promise(**said | {"dimensions": tuple(said["dimensions"]), "measure": measure})


class StepForm(forms.Form):
    """One move, with its evidence."""

    # Without ids: the same form stands several times on a page.
    action_id = forms.UUIDField(widget=forms.HiddenInput(attrs={"id": False}))
    verb = forms.CharField(max_length=10)
    body = forms.CharField(max_length=60)
    seen = forms.CharField(widget=forms.HiddenInput(attrs={"id": False}), max_length=10)
    evidence = forms.ChoiceField(label=gettext_lazy("Bukti"), choices=EVIDENCE.items())
    evidence_code = forms.CharField(label=gettext_lazy("Nomor atau alamat bukti"), max_length=200)
    words = forms.CharField(label=gettext_lazy("Keterangan"), max_length=1000, required=False, widget=LONG)
    milestone = forms.IntegerField(required=False, min_value=0, max_value=99)

    def __init__(self, *args: Any, seen: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["action_id"].initial = uuid4
        self.fields["seen"].initial = seen

    def moving(self) -> Moving:
        """Return what a valid form says."""
        return Moving(**self.cleaned_data | {"milestone": self.cleaned_data["milestone"] or 0})
