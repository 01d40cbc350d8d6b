"""The words people agree to, each with its version. A changed text gets a new version; old rows keep theirs."""

import hashlib
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One text of one purpose."""

    purpose: str
    version: str
    text: str | Promise


TEXTS = {
    text.purpose: text
    for text in (
        ConsentText(
            "account",
            "2026-11",
            gettext_lazy(
                "Rembug menyimpan nama, alamat e-mail, dan peran saya. "
                "Tujuannya: agar saya bisa bekerja di sini. "
                "Publik melihat nama lembaga saja. "
                "Saya boleh melihat, membetulkan, menarik, dan menghapus kapan saja."
            ),
        ),
        ConsentText(
            "group",
            "2026-11",
            gettext_lazy(
                "Rembug menampilkan nama kelompok, jenis, dan wilayahnya. "
                "Nama wakil dan alamat e-mail tidak tampil. "
                "Keduanya hanya untuk koordinator, agar bisa menghubungi kelompok. "
                "Kelompok boleh menarik pendaftaran kapan saja."
            ),
        ),
    )
}


def shown(purpose: str) -> tuple[ConsentText, str, str]:
    """Return the text, the language it is shown in now, and the SHA-256 of the words as shown."""
    text = TEXTS[purpose]
    return text, get_language() or "id", hashlib.sha256(str(text.text).encode()).hexdigest()
