"""Words that stand beside a warning wherever it is shown: how sure, and a whole text for a chat group."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_lazy

from rembug.alerts.queries.faces import AlertFace
from rembug.lib import say

CERTAINTIES = {
    "Observed": gettext_lazy("sudah terlihat"),
    "Likely": gettext_lazy("kemungkinan besar"),
    "Possible": gettext_lazy("mungkin"),
    "Unlikely": gettext_lazy("kecil kemungkinan"),
}

STATES = {
    "draft": gettext_lazy("rancangan"),
    "approved": gettext_lazy("disetujui, menunggu pagi"),
    "released": gettext_lazy("terbit"),
    "refused": gettext_lazy("ditolak"),
    "replaced": gettext_lazy("diganti pesan baru"),
    "ended": gettext_lazy("sudah berakhir"),
}
KINDS = {
    "alert": gettext_lazy("peringatan"),
    "update": gettext_lazy("pembaruan"),
    "cancel": gettext_lazy("pembatalan"),
    "all-clear": gettext_lazy("tanda aman"),
}
STATUSES = {
    "Exercise": gettext_lazy("latihan"),
    "Test": gettext_lazy("uji coba"),
    "Actual": gettext_lazy("sungguhan"),
}


def how_sure(face: AlertFace) -> str:
    """Return the chance where one was reckoned, else the sender's own certainty: `peluang 70%`, `kemungkinan besar`."""
    if face.probability is not None:
        return gettext("peluang %(share)s") % {"share": say.percent(face.probability)}
    return str(CERTAINTIES.get(face.certainty, gettext("kepastian tidak disebut")))


def who(face: AlertFace) -> str:
    """Return who says it: the office, or that nobody official does."""
    return face.sender_name if face.official else gettext("Informasi warga, bukan peringatan resmi")


def headline(face: AlertFace) -> str:
    """Return the headline as it may leave our pages: an exercise never looks real."""
    level = f"{face.level_name}: " if face.level_name else ""
    return (gettext("LATIHAN: ") if face.is_exercise else "") + level + face.headline


def until(face: AlertFace) -> str:
    """Return until when it holds: `berlaku sampai 27 Nov 2026 10.00 WIB`."""
    when = f"{say.day(face.expires_at)} {say.hour(face.expires_at)} {say.zone(face.expires_at)}"
    return gettext("berlaku sampai %(when)s") % {"when": when}


def for_chat(face: AlertFace, address: str) -> str:
    """Return the whole message as plain text: what, what to do, who says so, how sure, until when."""
    said = f"{who(face)}. {how_sure(face).capitalize()}, {until(face)}."
    parts = [f"*{headline(face)}*", face.description, face.instruction, said, address]
    return "\n".join(part for part in parts if part)
