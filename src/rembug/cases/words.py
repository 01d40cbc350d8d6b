"""What the steps of a case are called on buttons."""

from django.utils.translation import gettext, gettext_noop

WORDS = {
    "triage": gettext_noop("Pilah"),
    "assign": gettext_noop("Serahkan"),
    "return": gettext_noop("Kembalikan ke koordinator"),
    "start": gettext_noop("Mulai kerja"),
    "ask": gettext_noop("Tanya pelapor"),
    "answer": gettext_noop("Jawab"),
    "finish": gettext_noop("Selesai dikerjakan"),
    "refer": gettext_noop("Teruskan ke luar"),
    "reject": gettext_noop("Tidak diterima"),
    "reopen": gettext_noop("Buka lagi"),
}


def verb_words(verb: str) -> str:
    """Return the words of a step in the reader's language."""
    return gettext(WORDS.get(verb, verb))
