"""Codes of meetings in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

TRAITS = {
    "gender": gettext_lazy("Jenis kelamin"),
    "age": gettext_lazy("Umur"),
    "disability": gettext_lazy("Penyandang disabilitas"),
}
VALUES = {
    "woman": gettext_lazy("perempuan"),
    "man": gettext_lazy("laki-laki"),
    "other": gettext_lazy("lainnya"),
    "under18": gettext_lazy("di bawah 18"),
    "18to30": gettext_lazy("18–30"),
    "31to59": gettext_lazy("31–59"),
    "60plus": gettext_lazy("60 ke atas"),
    "yes": gettext_lazy("ya"),
    "no": gettext_lazy("tidak"),
}
ANSWERS = {
    "": gettext_lazy("belum menjawab"),
    "yes": gettext_lazy("datang"),
    "no": gettext_lazy("tidak datang"),
    "maybe": gettext_lazy("mungkin datang"),
}
VERBS = {
    "add": gettext_lazy("Direncanakan"),
    "finish": gettext_lazy("Selesai"),
    "hand": gettext_lazy("Diteruskan"),
    "drop": gettext_lazy("Tidak jadi"),
    "reopen": gettext_lazy("Dibuka lagi"),
}
MOVES = {
    "finish": gettext_lazy("Tandai selesai"),
    "hand": gettext_lazy("Teruskan"),
    "drop": gettext_lazy("Tidak jadi"),
    "reopen": gettext_lazy("Buka lagi"),
}
TABLES = {"trait": TRAITS, "value": VALUES, "answer": ANSWERS, "verb": VERBS, "move": MOVES}
