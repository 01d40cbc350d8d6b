"""What people write, as it is sealed: bounded, and filled up so that its length says little."""

import json
from collections.abc import Mapping

from rembug.lib.errors import FieldFault, Invalid

BLOCK = 1024  # lengths are rounded up: a short answer and a longer one look alike
MOST = 8000


def packed(said: Mapping[str, object]) -> bytes:
    """Return JSON, filled up to whole blocks.

    >>> len(packed({"words": "ya"}))
    1024
    """
    raw = json.dumps(said, ensure_ascii=False).encode()
    return raw + b" " * (-len(raw) % BLOCK)


def checked(words: str, field: str = "words", *, least: int = 1, most: int = MOST) -> str:
    """Return the words as they are kept. Raises `Invalid`."""
    clean = words.replace("\x00", "").strip()
    if len(clean) < least:
        message = "Tulis isinya dulu." if least == 1 else "Ceritakan sedikit lebih lengkap."
        raise Invalid(message, faults=(FieldFault(field, "too-short", message),))
    if len(clean) > most:
        message = f"Paling panjang {most} huruf. Sisanya bisa dikirim sebagai pesan berikutnya."
        raise Invalid(message, faults=(FieldFault(field, "too-long", message),))
    return clean
