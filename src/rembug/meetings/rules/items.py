"""A follow-up item: its states, and the days on which its body is reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OPEN = "open"
STATES = {
    "open": ("Belum selesai", "Not done yet"),
    "done": ("Selesai", "Done"),
    "handed": ("Diteruskan", "Handed on"),
    "dropped": ("Tidak jadi", "Dropped"),
}
# What an item may be handed to, and where its page stands.
TARGETS = {
    "report": ("Laporan", "Report", "/laporan/{code}/"),
    "incident": ("Kejadian", "Incident", "/kejadian/{code}/"),
    "case": ("Kasus", "Case", "/kasus/{code}/"),
    "call": ("Ajakan", "Call", "/ajakan/{code}/"),
    "meeting": ("Pertemuan", "Meeting", "/pertemuan/{code}/"),
}
SOON_DAYS = 3  # before the day
CHASE_EVERY = 7  # days after it


@dataclass(frozen=True, slots=True)
class Move:
    """One verb of an item: from which states, to which, and whether it needs words."""

    to: str
    since: tuple[str, ...]
    words: bool = True


MOVES = {
    "finish": Move("done", ("open", "handed")),
    "hand": Move("handed", ("open",), words=False),
    "drop": Move("dropped", ("open", "handed")),
    "reopen": Move("open", ("done", "handed", "dropped")),
}


def reminder(due: date, today: date) -> str:
    """Return which reminder is due today: `soon`, `late-0`, `late-1` … by week; empty when none is.

    The same name on several days means the same letter: it is sent once.
    """
    left = (due - today).days
    if 0 <= left <= SOON_DAYS:
        return "soon"
    if left < 0:
        return f"late-{(-left - 1) // CHASE_EVERY}"
    return ""
