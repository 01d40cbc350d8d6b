"""Forms of surveys: opening one, a sheet, a pile of paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from rembug.evidence.actions.survey import Opening, Pile
from rembug.evidence.forms.choices import offer_own
from rembug.evidence.forms.question import DIMENSION_NAMES
from rembug.evidence.queries.surveys import ASKERS
from rembug.evidence.rules.question import DIMENSIONS
from rembug.evidence.rules.survey import ASK_MAX, MOST_QUESTIONS, PEOPLE, TEXT_MAX, Answer, Question
from rembug.lib.actor import Actor

DAY = forms.DateInput(attrs={"type": "date"})
KIND_NAMES = (
    ("one", gettext_lazy("Pilih satu")),
    ("many", gettext_lazy("Boleh pilih beberapa")),
    ("scale", gettext_lazy("Skala 1 sampai 5")),
    ("number", gettext_lazy("Angka")),
    ("text", gettext_lazy("Tulisan pendek (tidak pernah diterbitkan)")),
)


class SurveyForm(forms.Form):
    """Who asks, what for, where and when."""

    action_id = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=gettext_lazy("Atas nama"))
    title = forms.CharField(label=gettext_lazy("Nama survei"), max_length=120)
    purpose = forms.CharField(
        label=gettext_lazy("Untuk apa jawaban dipakai"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asker = forms.CharField(label=gettext_lazy("Siapa yang bertanya: jabatan, bukan nama"), max_length=120)
    area = forms.ChoiceField(label=gettext_lazy("Wilayah"), required=False)
    opens_on = forms.DateField(label=gettext_lazy("Dari tanggal"), widget=DAY)
    closes_on = forms.DateField(label=gettext_lazy("Sampai tanggal"), widget=DAY)
    dimensions = forms.MultipleChoiceField(
        label=gettext_lazy("Dimensi"),
        required=False,
        choices=[(name, DIMENSION_NAMES[name]) for name in DIMENSIONS],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, actor: Actor, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        offer_own(self, actor=actor, city=city, roles=ASKERS)

    def opening(self, questions: tuple[Question, ...]) -> Opening:
        """Return what a valid form says."""
        said = dict(self.cleaned_data)
        return Opening(**said | {"dimensions": tuple(said["dimensions"]), "questions": questions})


class QuestionRow(forms.Form):
    """One question; an empty row is none."""

    ask = forms.CharField(label=gettext_lazy("Pertanyaan"), max_length=ASK_MAX)
    kind = forms.ChoiceField(label=gettext_lazy("Jenis jawaban"), choices=KIND_NAMES)
    options = forms.CharField(
        label=gettext_lazy("Pilihan, satu baris satu"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    low = forms.IntegerField(label=gettext_lazy("Angka terkecil"), required=False, min_value=0)
    high = forms.IntegerField(label=gettext_lazy("Angka terbesar"), required=False, min_value=0)

    def has_changed(self) -> bool:
        """A row counts once it has a question; a chosen kind alone is none."""
        return bool(self.data.get(self.add_prefix("ask"), "").strip())

    def question(self, key: str) -> Question:
        """Return what a valid row says."""
        said = self.cleaned_data
        lines = (line.strip() for line in said["options"].splitlines())
        options = tuple(line for line in lines if line) if said["kind"] in {"one", "many"} else ()
        low, high = (said["low"] or 0, said["high"] or 0) if said["kind"] == "number" else (0, 0)
        return Question(key, said["kind"], said["ask"].strip(), options, low, high)


QuestionRows = forms.formset_factory(
    QuestionRow, extra=MOST_QUESTIONS, max_num=MOST_QUESTIONS, validate_max=True
)


def questions_of(rows: Any) -> tuple[Question, ...]:
    """Return the questions of valid rows, numbered as they stand."""
    filled = [row for row in rows.forms if row.has_changed()]
    return tuple(row.question(f"q{number}") for number, row in enumerate(filled, start=1))


def answer_of(given: QueryDict, questions: tuple[Question, ...]) -> Answer:
    """Return a sheet; what fits no choice stays in and is refused by name."""
    choices: dict[str, tuple[str, ...]] = {}
    words: dict[str, str] = {}
    for one in questions:
        if one.kind == "text":
            words[one.key] = given.get(one.key, "")[:TEXT_MAX]
        elif one.kind == "number":
            choices[one.key] = _band(one, given.get(one.key, "").strip())
        else:
            choices[one.key] = tuple(value[:8] for value in given.getlist(one.key)[:20])
    people = {key: given.get(key, "")[:8] for key in PEOPLE}
    return Answer(choices, words, given.get("area", "")[:24], people)


def pile_of(given: Mapping[str, str], questions: tuple[Question, ...], fresh: UUID) -> Pile:
    """Return a pile of paper as sums; empty fields are nought."""
    counts = {
        one.key: {
            code: int(cell)
            for code, _ in one.choices()
            if (cell := given.get(f"{one.key}-{code}", "").strip()[:5]).isdecimal() and int(cell)
        }
        for one in questions
        if one.kind != "text"
    }
    sheets = given.get("sheets", "").strip()[:5]
    return Pile(
        action_id=fresh,
        label=given.get("label", "")[:80],
        sheets=int(sheets) if sheets.isdecimal() else 0,
        counts=counts,
        area=given.get("area", "")[:24],
    )


def _band(one: Question, cell: str) -> tuple[str, ...]:
    if not cell.isdecimal() or len(cell) > 7 or not one.low <= int(cell) <= one.high:
        return ()
    return (one.band(int(cell)),)
