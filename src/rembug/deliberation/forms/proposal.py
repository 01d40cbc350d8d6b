"""Forms of proposals: publishing, deciding, delivering, answering."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from rembug.deliberation.actions.answer import Handed, Saying
from rembug.deliberation.actions.decide import Ruling
from rembug.deliberation.actions.propose import SPEAKERS, Asked
from rembug.deliberation.queries.setup import path_of, said
from rembug.deliberation.words import ANSWERS, FIELDS, OUTCOMES, PATHS
from rembug.evidence.queries.datasets import catalogue
from rembug.evidence.queries.dossiers import listed
from rembug.lib.actor import Actor
from rembug.people.queries.bodies import BodyFace, public_bodies
from rembug.places import queries as places

DIMENSIONS = (
    ("governance", gettext_lazy("Tata kelola")),
    ("branding", gettext_lazy("Citra daerah")),
    ("economy", gettext_lazy("Ekonomi")),
    ("living", gettext_lazy("Kualitas hidup")),
    ("society", gettext_lazy("Masyarakat")),
    ("environment", gettext_lazy("Lingkungan")),
)
LONG = forms.Textarea(attrs={"rows": 4})


def own_bodies(actor: Actor, city: str) -> list[BodyFace]:
    """Return the bodies that the actor speaks for."""
    return [
        body for body in public_bodies(city=city) if actor.speaks_for(body.public_id, *SPEAKERS, city=city)
    ]


def codes_of(text: str) -> tuple[str, ...]:
    """Return public codes that somebody typed, separated by spaces or commas."""
    return tuple(dict.fromkeys(text.upper().replace(",", " ").split()))[:30]


class _Numbered(forms.Form):
    """A form that may be sent twice and counts once."""

    # Without an id: the same form stands several times on a page.
    action_id = forms.UUIDField(widget=forms.HiddenInput(attrs={"id": False}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["action_id"].initial = uuid4

    def choose(self, **choices: list[tuple[str, Any]]) -> None:
        """Fill the choices of fields."""
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]


class ProposalForm(_Numbered):
    """What is asked, why, where, what it rests on: the fields of Form RW.1 and a little more."""

    body = forms.ChoiceField(label=gettext_lazy("Pengusul"))
    mandate = forms.CharField(
        label=gettext_lazy("Bagaimana warga menyepakatinya"),
        max_length=400,
        help_text=gettext_lazy("Misalnya: rembug RW 3 tanggal 10 Januari, 42 orang hadir."),
    )
    mandate_meeting = forms.CharField(
        label=gettext_lazy("Nomor pertemuan (bila ada)"), max_length=9, required=False
    )
    title = forms.CharField(label=gettext_lazy("Judul"), max_length=120)
    need = forms.CharField(label=gettext_lazy("Masalahnya"), max_length=4000, widget=LONG)
    asked = forms.CharField(label=gettext_lazy("Yang diminta"), max_length=4000, widget=LONG)
    field = forms.ChoiceField(label=gettext_lazy("Bidang"), choices=FIELDS.items())
    area = forms.ChoiceField(label=gettext_lazy("Wilayah"))
    landmark = forms.CharField(
        label=gettext_lazy("RT/RW dan patokan (tetenger)"), max_length=200, required=False
    )
    lat = forms.FloatField(label=gettext_lazy("Lintang"), min_value=-90, max_value=90, required=False)
    lon = forms.FloatField(label=gettext_lazy("Bujur"), min_value=-180, max_value=180, required=False)
    volume = forms.CharField(label=gettext_lazy("Volume"), max_length=120, required=False)
    potential = forms.CharField(label=gettext_lazy("Potensi yang ada"), max_length=600, required=False)
    contribution = forms.CharField(
        label=gettext_lazy("Sumbangan warga (tenaga, bahan, uang)"), max_length=600, required=False
    )
    cost_low = forms.IntegerField(
        label=gettext_lazy("Biaya paling rendah (Rp)"), min_value=0, required=False, localize=False
    )
    cost_high = forms.IntegerField(
        label=gettext_lazy("Biaya paling tinggi (Rp)"), min_value=0, required=False, localize=False
    )
    priority = forms.IntegerField(
        label=gettext_lazy("Urutan kepentingan, 1 paling penting"), min_value=1, max_value=99, initial=1
    )
    path = forms.ChoiceField(label=gettext_lazy("Jalur"), choices=PATHS.items())
    dataset = forms.ChoiceField(label=gettext_lazy("Data pendukung"), required=False)
    dossier = forms.ChoiceField(label=gettext_lazy("Risalah data dukung"), required=False)
    incidents = forms.CharField(
        label=gettext_lazy("Nomor kejadian yang mendasari"), max_length=400, required=False
    )
    cases = forms.CharField(label=gettext_lazy("Nomor kasus yang mendasari"), max_length=400, required=False)
    split_from = forms.CharField(
        label=gettext_lazy("Pecahan dari usulan nomor (bila ada)"), max_length=9, required=False
    )
    dimensions = forms.MultipleChoiceField(
        label=gettext_lazy("Dimensi"), required=False, choices=DIMENSIONS, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        sets = [(face.slug, face.title) for face in catalogue(city)]
        self.choose(
            body=[(body.public_id, body.name) for body in own_bodies(actor, city)],
            area=[(area.code, area.name) for area in places.areas(city)],
            dataset=[("", gettext_lazy("Belum ada")), *sets],
            dossier=[("", gettext_lazy("Belum ada")), *((one.slug, one.title) for one in listed(city))],
        )

    def asked_for(self) -> Asked:
        """Return what a valid form says."""
        plain = dict(self.cleaned_data)
        return Asked(
            **plain
            | {
                "dimensions": tuple(plain["dimensions"]),
                "incidents": codes_of(plain["incidents"]),
                "cases": codes_of(plain["cases"]),
                "split_from": plain["split_from"].strip().upper(),
            }
        )


class RulingForm(_Numbered):
    """A decision at a stage."""

    body = forms.ChoiceField(label=gettext_lazy("Atas nama"))
    post = forms.CharField(label=gettext_lazy("Jabatan yang memutuskan, bukan nama"), max_length=80)
    outcome = forms.ChoiceField(label=gettext_lazy("Keputusan"), choices=OUTCOMES.items())
    reason = forms.ChoiceField(label=gettext_lazy("Kode alasan (bila tidak disetujui penuh)"), required=False)
    words = forms.CharField(label=gettext_lazy("Alasan"), max_length=1000, widget=LONG)
    referred_to = forms.CharField(
        label=gettext_lazy("Diteruskan kepada (bila diteruskan)"), max_length=120, required=False
    )
    meeting = forms.CharField(label=gettext_lazy("Nomor pertemuan (bila ada)"), max_length=9, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, city: str, bodies: list[Any], stage: str, **more: Any) -> None:
        super().__init__(*args, **more)
        reasons = [(row.code, said(row.names)) for row in path_of(city).facts.reasons]
        self.choose(body=[(body.public_id, body.name) for body in bodies], reason=[("", "–"), *reasons])
        self.fields["seen"].initial = stage

    def ruling(self) -> Ruling:
        """Return what a valid form says."""
        return Ruling(**self.cleaned_data)


class HandForm(_Numbered):
    """To whom a proposal was handed."""

    body = forms.ChoiceField(label=gettext_lazy("Diserahkan kepada"))
    on = forms.DateField(
        label=gettext_lazy("Tanggal diserahkan"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),  # no browser reads another
    )
    letter = forms.CharField(label=gettext_lazy("Nomor surat (bila ada)"), max_length=80, required=False)
    post = forms.CharField(label=gettext_lazy("Diterima oleh (jabatan)"), max_length=80, required=False)

    def __init__(self, *args: Any, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.choose(body=[(body.public_id, body.name) for body in public_bodies(city=city)])

    def handed(self) -> Handed:
        """Return what a valid form says."""
        return Handed(**self.cleaned_data)


class AnswerForm(_Numbered):
    """One step of an answer sheet."""

    verb = forms.CharField(widget=forms.HiddenInput, max_length=10)
    body = forms.CharField(widget=forms.HiddenInput, max_length=60)
    answer = forms.ChoiceField(
        label=gettext_lazy("Jawaban"), required=False, choices=[("", "–"), *ANSWERS.items()]
    )
    words = forms.CharField(
        label=gettext_lazy("Alasan atau isi jawaban"), max_length=2000, required=False, widget=LONG
    )
    will_do = forms.CharField(label=gettext_lazy("Yang akan dilakukan"), max_length=600, required=False)
    reference = forms.CharField(
        label=gettext_lazy("Nomor surat balasan atau pertemuan"), max_length=80, required=False
    )

    def saying(self) -> Saying:
        """Return what a valid form says."""
        return Saying(**self.cleaned_data)
