"""What officers fill in."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext

from rembug.lib.errors import FieldFault, Invalid


def new_passphrase(given: Mapping[str, str]) -> str:
    """Return a new passphrase that was typed twice alike. Raises `Invalid`."""
    first, second = given.get("passphrase", "")[:400], given.get("again", "")[:400]
    if first != second:
        message = gettext("Kedua kalimat sandi berbeda. Ketik lagi.")
        raise Invalid(message, faults=(FieldFault("again", "differs", message),))
    return first


def once_of(given: Mapping[str, str]) -> UUID:
    """Return the form's own number. Raises `Invalid`."""
    try:
        return UUID(given.get("once", ""))
    except ValueError:
        raise Invalid(gettext("Formulir ini tidak terbaca. Muat ulang halaman.")) from None
