"""Who may move a case from where to where, as one table.

received -> triaged -> assigned -> progress -> answered -> done -> settled, and the ways beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Who = Literal["coordinator", "handler", "citizen", "system"]
State = str

OPEN: tuple[State, ...] = (
    *("received", "triaged", "assigned", "progress", "waiting", "answered", "done", "reopened"),
)
CLOSED: tuple[State, ...] = ("settled", "rejected", "referred")
NAMES = {
    "received": ("Diterima", "Received"),
    "triaged": ("Dipilah", "Triaged"),
    "assigned": ("Diserahkan", "Assigned"),
    "progress": ("Dikerjakan", "In progress"),
    "waiting": ("Menunggu pelapor", "Waiting for the reporter"),
    "answered": ("Dijawab", "Answered"),
    "done": ("Selesai dikerjakan", "Work done"),
    "settled": ("Tuntas", "Settled"),
    "rejected": ("Tidak diterima", "Not accepted"),
    "referred": ("Diteruskan ke luar", "Referred outside"),
    "reopened": ("Dibuka lagi", "Reopened"),
}
REJECTIONS = {
    "not_public": ("Bukan urusan layanan publik", "No public matter"),
    "no_place": ("Tempatnya tidak jelas", "The place is unclear"),
    "twice": ("Sudah ada kasus yang sama", "There is a case of it already"),
    "not_found": ("Tidak ditemukan di lapangan", "Not found on the spot"),
    "planned": ("Sudah masuk rencana; lihat usulan", "Planned already; see the proposal"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """One verb: from which states, to which, by whom; what it must bring."""

    to: State
    since: tuple[State, ...]
    by: tuple[Who, ...]
    words: bool = False  # a public sentence
    proof: bool = False  # a photo where the matter is physical
    reason: bool = False


MOVES: dict[str, Move] = {
    "triage": Move("triaged", ("received", "reopened"), ("coordinator", "handler")),
    "assign": Move(  # from one body to another: a transfer, with its reason in public words
        "assigned",
        ("received", "triaged", "reopened", "assigned", "progress", "waiting"),
        ("coordinator",),
    ),
    "return": Move(  # its body says why the matter is not its own; the coordinator chooses again
        "received", ("received", "triaged", "assigned", "progress", "reopened"), ("handler",), words=True
    ),
    "start": Move(
        "progress", ("triaged", "assigned", "waiting", "reopened", "answered"), ("handler", "coordinator")
    ),
    "ask": Move("waiting", ("triaged", "assigned", "progress"), ("handler", "coordinator"), words=True),
    "answer": Move(
        "answered", ("triaged", "assigned", "progress", "waiting", "reopened"), ("handler",), words=True
    ),
    "finish": Move(
        "done", ("assigned", "progress", "answered", "reopened"), ("handler",), words=True, proof=True
    ),
    "confirm": Move("settled", ("done", "answered"), ("citizen",)),
    "dispute": Move("reopened", ("done", "answered", "settled"), ("citizen",), words=True),
    "silent": Move("settled", ("done", "answered"), ("system",)),
    "relay": Move(  # closed in the system of the body: an answer, not a solution
        "answered",
        ("received", "triaged", "assigned", "progress", "waiting", "reopened"),
        ("system",),
        words=True,
    ),
    "refer": Move("referred", ("received", "triaged", "assigned", "progress"), ("coordinator",), words=True),
    "reject": Move(
        "rejected", ("received", "triaged", "assigned"), ("coordinator", "handler"), words=True, reason=True
    ),
    "reopen": Move(
        "reopened", ("settled", "rejected", "referred", "done"), ("coordinator", "system"), words=True
    ),
}


def may(verb: str, state: State, who: Who) -> bool:
    """Tell whether somebody may do this to a case in this state."""
    move = MOVES.get(verb)
    return move is not None and state in move.since and who in move.by


def verbs(state: State, who: Who) -> list[str]:
    """Return what somebody may do to a case in this state."""
    return [verb for verb in MOVES if may(verb, state, who)]
