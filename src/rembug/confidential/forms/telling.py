"""The form of a confidential report. A spoilt field comes back with everything that was typed, photos excepted."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, gettext_lazy

from rembug.confidential.actions.submit import Telling
from rembug.confidential.queries.setup import facts_of, said
from rembug.confidential.rules.words import MOST
from rembug.people.queries.bodies import public_bodies

NOBODY = "-"  # a body that is not on the list


class TellForm(forms.Form):
    """Kind, words, the body that it is about; a name only where the person wants it."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("Tentang apa?"))
    accused = forms.ChoiceField(label=gettext_lazy("Pihak mana yang dilaporkan?"))
    words = forms.CharField(label=gettext_lazy("Apa yang terjadi?"), max_length=MOST)
    named = forms.ChoiceField(choices=[("no", ""), ("yes", "")])
    name = forms.CharField(max_length=120, required=False)
    contact = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, city: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["once"].initial = uuid4
        self.kinds = [(row.code, said(row.names)) for row in facts_of(city).kinds]
        bodies = [(body.public_id, body.name) for body in public_bodies(city=city) if not body.is_example]
        self.bodies = [*bodies, (NOBODY, gettext("Tidak ada di daftar ini"))]
        self.fields["kind"].choices = self.kinds  # type: ignore[attr-defined]
        self.fields["accused"].choices = self.bodies  # type: ignore[attr-defined]

    def telling(self, files: MultiValueDict[str, UploadedFile[bytes]]) -> Telling:
        """Return what was told; a name that was typed and then not wanted is dropped."""
        given = self.cleaned_data
        named = given["named"] == "yes"
        return Telling(
            once=given["once"],
            kind=given["kind"],
            words=given["words"],
            accused="" if given["accused"] == NOBODY else given["accused"],
            name=given["name"] if named else "",
            contact=given["contact"] if named else "",
            photos=tuple(file.read() for file in files.getlist("photos") if file.size),
        )
