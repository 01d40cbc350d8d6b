"""Who may move a message from where to where."""

from __future__ import annotations

from rembug.lib.actor import Role

APPROVERS: tuple[Role, ...] = ("approver", "coordinator")
WRITERS: tuple[Role, ...] = ("officer", "coordinator", "approver", "administrator")
NEEDED = 2  # different people

# state -> what may come next
MOVES: dict[str, frozenset[str]] = {
    "draft": frozenset({"approved", "released", "refused"}),
    "approved": frozenset({"released", "refused"}),
    "released": frozenset({"replaced", "ended"}),
    "refused": frozenset(),
    "replaced": frozenset(),
    "ended": frozenset(),
}
OPEN = ("draft", "approved")
KINDS = ("alert", "update", "cancel", "all-clear")
CAP_KINDS = {"alert": "Alert", "update": "Update", "cancel": "Cancel", "all-clear": "Update"}


def may_move(state: str, to: str) -> bool:
    """Tell whether a message may go from one state to another."""
    return to in MOVES[state]
