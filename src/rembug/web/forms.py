"""What public pages take from their readers."""

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from rembug.reports.queries.public.faces import Faces
from rembug.reports.queries.public_types import Filters
from rembug.reports.words import RUNGS


class TongueForm(forms.Form):
    """The reader's language, and the page to go back to."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
    next = forms.CharField(required=False, max_length=2000)


class FilterForm(forms.Form):
    """The list's filters. A value that cannot be understood is left out and said so; the list still shows."""

    jenis = forms.ChoiceField(label=gettext_lazy("Jenis"), required=False)
    wilayah = forms.ChoiceField(label=gettext_lazy("Wilayah"), required=False)
    keadaan = forms.ChoiceField(
        label=gettext_lazy("Keadaan"),
        required=False,
        choices=[
            ("", gettext_lazy("Sekarang")),
            ("ended", gettext_lazy("Sudah selesai")),
            ("all", gettext_lazy("Semua")),
        ],
    )
    keyakinan = forms.ChoiceField(
        label=gettext_lazy("Keyakinan"), required=False, choices=[("", gettext_lazy("Semua")), *RUNGS.items()]
    )
    hari = forms.DateField(
        label=gettext_lazy("Hari"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, asked: QueryDict, *, faces: Faces) -> None:
        super().__init__(asked)
        everything = ("", gettext_lazy("Semua"))
        kinds = [(kind.code, kind.name) for kind in faces.categories.values()]
        places = [(area.code, area.name) for area in faces.kelurahan]
        self.fields["jenis"].choices = [everything, *kinds]  # type: ignore[attr-defined]
        self.fields["wilayah"].choices = [everything, *places]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """Return what was asked, without what could not be understood."""
        self.is_valid()
        kept = self.cleaned_data
        return Filters(
            category=kept.get("jenis") or "",
            area=kept.get("wilayah") or "",
            state=kept.get("keadaan") or "now",
            rung=kept.get("keyakinan") or "",
            day=kept.get("hari"),
        )
