"""What handlers' pages take from their readers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from rembug.lib.actor import Actor
from rembug.reports import work_words
from rembug.reports.queries.catalogue import Kind
from rembug.reports.queries.public.faces import Faces
from rembug.reports.queries.work.check import Asked
from rembug.reports.queries.work.incidents import Speaker
from rembug.reports.queries.work.scope import DECIDERS
from rembug.reports.rules.decisions import REASONS

Choices = list[tuple[str, str | Promise]]
ALL: tuple[str, str | Promise] = ("", _("Semua"))


class QueueForm(forms.Form):
    """The queue's filters; what cannot be understood is left out."""

    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    jenis = forms.ChoiceField(label=_("Jenis"), required=False)
    keadaan = forms.ChoiceField(
        label=_("Keadaan"), required=False, choices=[("", _("Menunggu")), ("decided", _("Sudah diputuskan"))]
    )

    def __init__(self, asked: QueryDict, *, actor: Actor, city: str, faces: Faces) -> None:
        super().__init__(asked)
        reached = [area for area in faces.kelurahan if actor.may(*DECIDERS, city=city, area=area.code)]
        _choose(self, "wilayah", [ALL, *((area.code, area.name) for area in reached)])
        _choose(self, "jenis", [ALL, *((kind.code, kind.name) for kind in faces.categories.values())])

    def asked(self) -> Asked:
        """Return what was asked for."""
        self.is_valid()
        kept = self.cleaned_data
        decided = kept.get("keadaan") == "decided"
        return Asked(kept.get("wilayah") or "", kept.get("jenis") or "", decided)


class DecisionForm(forms.Form):
    """A verdict with its reason: one radio list a verdict, so that one tap chooses both."""

    seen = forms.IntegerField(min_value=0)
    choice = forms.ChoiceField(
        choices=[
            (f"{verdict}:{reason}", reason) for verdict, reasons in REASONS.items() for reason in reasons
        ],
        error_messages={
            "required": _("Pilih hasil dan alasannya."),
            "invalid_choice": _("Pilih hasil dan alasannya."),
        },
    )
    words = forms.CharField(required=False, max_length=300)

    def decision(self) -> dict[str, Any]:
        """Return verdict, reason, words and the decision that was seen."""
        kept = self.cleaned_data
        verdict, _sep, reason = kept["choice"].partition(":")
        return {"verdict": verdict, "reason": reason, "words": kept["words"], "seen": kept["seen"]}


class ReplyForm(forms.Form):
    """One public sentence for one or many incidents: a ready one, own words, or both."""

    body = forms.ChoiceField(label=_("Atas nama"))
    sentence = forms.ChoiceField(label=_("Kalimat siap pakai"), required=False, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Kata-kata sendiri"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 600}),
        help_text=_("Tulis pendek. Semua orang dapat membacanya."),
    )

    def __init__(
        self, data: QueryDict | None, *, bodies: Iterable[Speaker], initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        _choose(self, "body", [(one.public_id, one.name) for one in bodies])
        _choose(self, "sentence", [("", _("Tidak memakai")), *work_words.REPLIES.items()])

    def clean(self) -> dict[str, Any]:
        """Ask for words where there are none."""
        kept: dict[str, Any] = super().clean() or {}
        if not kept.get("sentence") and not kept.get("text") and "text" not in self.errors:
            self.add_error("text", str(_("Pilih kalimat siap pakai atau tulis tanggapan.")))
        return kept

    def words(self) -> str:
        """Return what will stand in public."""
        kept = self.cleaned_data
        with override("id"):  # it stands in public: in the city's language, whatever the writer reads
            ready = str(work_words.REPLIES[kept["sentence"]]) if kept["sentence"] else ""
        return " ".join(filter(None, (ready, kept["text"].strip())))


class MessageForm(forms.Form):
    """A message from another channel and what it says; the fields are filled by reading it."""

    message = forms.CharField(
        label=_("Isi pesan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000, "autofocus": True}),
    )
    number = forms.CharField(
        label=_("Nomor di kanal asal"),
        required=False,
        max_length=60,
        help_text=_("Misalnya nomor Lapor Ajib."),
    )
    category = forms.ChoiceField(label=_("Jenis"))
    depth_class = forms.ChoiceField(label=_("Dalamnya air"), required=False)
    since = forms.ChoiceField(
        label=_("Sejak kapan"), required=False, choices=[("", _("tidak disebut")), *work_words.SINCES.items()]
    )
    area = forms.ChoiceField(label=_("Kelurahan"), required=False)
    landmark = forms.CharField(
        label=_("Patokan"), required=False, max_length=120, widget=forms.TextInput(attrs={"list": "patokan"})
    )
    point = forms.CharField(
        label=_("Titik atau tautan peta"),
        required=False,
        max_length=300,
        help_text=_("Misalnya -6.8812, 109.6701."),
    )
    visibility = forms.ChoiceField(
        label=_("Siapa yang melihat"),
        required=False,
        choices=[("public", _("semua orang, data pribadi ditutup")), ("private", _("petugas saja"))],
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        kinds: Iterable[Kind],
        wards: Choices,
        depths: Choices,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        _choose(self, "category", [("", _("pilih")), *((kind.code, kind.name) for kind in kinds)])
        _choose(self, "area", [("", _("pilih")), *wards])
        _choose(self, "depth_class", [("", _("tidak disebut")), *depths])


def _choose(form: forms.Form, field: str, choices: Choices) -> None:
    form.fields[field].choices = choices  # type: ignore[attr-defined]
