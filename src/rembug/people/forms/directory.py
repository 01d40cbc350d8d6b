"""Groups as a table: written for everybody, read in with each fault and its line; the form to write to a body."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rembug.lib.sheets import csv_of, rows_of
from rembug.people import areas, words
from rembug.people.actions.contact import Writing
from rembug.people.actions.directory import GroupRow
from rembug.people.forms.groups import GROUP_LEVELS, GROUP_SPHERES
from rembug.people.queries.bodies import BodyFace

COLUMNS = (
    *("nama", "jenis", "bagian", "tingkat", "kode_wilayah", "tentang", "bisa_membantu"),
    *("keadaan", "contoh", "nomor"),
)
NEEDED = ("nama", "jenis", "bagian", "tingkat")
MOST = 500
LONGEST = {"nama": 120, "tentang": 1000, "bisa_membantu": 1000}


def write(bodies: Iterable[BodyFace]) -> str:
    """Return bodies as CSV; codes in `jenis`, `bagian`, `tingkat`, several area codes parted by spaces."""
    return csv_of(
        COLUMNS,
        (
            [
                *(body.name, body.kind, body.sphere, body.level, " ".join(body.areas), body.about),
                *(body.offers, body.state, "ya" if body.is_example else "", body.public_id),
            ]
            for body in bodies
        ),
    )


def read(text: str, *, city: str) -> tuple[list[GroupRow], list[str]]:
    """Return the groups of a table and what is wrong with it, line by line. Raises `Invalid` where it is no table."""
    known = set(dict(areas.choices(city)))
    found, faults, names = [], [], set()
    for line, row in enumerate(rows_of(text, NEEDED), start=2):
        if line > MOST + 1:
            faults.append(gettext("Paling banyak %(n)s kelompok sekali impor.") % {"n": MOST})
            break
        wrong = _faults(row, known)
        name = row["nama"].casefold()
        if name in names:
            wrong.append(gettext("nama ini sudah ada di baris lain."))
        names.add(name)
        faults += [gettext("Baris %(line)s: %(fault)s") % {"line": line, "fault": one} for one in wrong]
        if not wrong:
            found.append(_row(row))
    return found, faults


def _faults(row: dict[str, str], known: set[str]) -> list[str]:
    said = [gettext("%(name)s kosong.") % {"name": name} for name in NEEDED if not row.get(name)]
    for name, allowed in (
        ("jenis", words.GROUP_KINDS),
        ("bagian", dict(GROUP_SPHERES)),
        ("tingkat", dict(GROUP_LEVELS)),
    ):
        if row.get(name) and row[name] not in allowed:
            said.append(
                gettext("%(name)s harus salah satu dari: %(list)s.")
                % {"name": name, "list": ", ".join(sorted(allowed))}
            )
    said += [
        gettext("kode_wilayah %(code)s tidak ada di kota ini.") % {"code": code}
        for code in _codes(row)
        if code not in known
    ]
    said += [
        gettext("%(name)s paling panjang %(n)s huruf.") % {"name": name, "n": most}
        for name, most in LONGEST.items()
        if len(row.get(name, "")) > most
    ]
    try:
        validate_email(row.get("email_wakil") or "a@b.id")
    except ValidationError:
        said.append(gettext("email_wakil bukan alamat e-mail."))
    return said


def _row(row: dict[str, str]) -> GroupRow:
    return GroupRow(
        name=row["nama"],
        kind=row["jenis"],
        sphere=row["bagian"],
        level=row["tingkat"],
        areas=tuple(_codes(row)),
        about=row.get("tentang", ""),
        offers=row.get("bisa_membantu", ""),
        number=row.get("nomor", ""),
        email=row.get("email_wakil", ""),
    )


def _codes(row: dict[str, str]) -> list[str]:
    return row.get("kode_wilayah", "").replace(";", " ").replace(",", " ").split()


class ContactForm(forms.Form):
    """A message to a body."""

    action_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = forms.CharField(
        label=_("Nama Anda"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    reply_to = forms.CharField(
        label=_("Jawaban dikirim ke"),
        max_length=120,
        help_text=_("Alamat e-mail atau nomor WhatsApp Anda. Hanya pihak ini yang membacanya."),
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    words = forms.CharField(label=_("Pesan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))

    def writing(self) -> Writing:
        """Return what the action takes."""
        return Writing(**self.cleaned_data)


class HandOverForm(forms.Form):
    """Who follows in a role."""

    email = forms.EmailField(
        label=_("Alamat e-mail pengganti"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )


class MergeForm(forms.Form):
    """Which body is a double, and of which."""

    double = forms.ChoiceField(
        label=_("Yang kembar"), help_text=_("Halamannya nanti menuju ke pihak yang tetap.")
    )
    into = forms.ChoiceField(label=_("Yang tetap"))

    def __init__(self, *args: Any, bodies: Iterable[BodyFace], city: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.public_id, one.name) for one in bodies]
        double: Any = self.fields["double"]
        into: Any = self.fields["into"]
        into.choices = known
        double.choices = [pair for pair in known if not pair[0].startswith(f"{city}-")]
