"""Cases in other systems: where they may go, which are on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rembug.cases.models import Case, Forward
from rembug.cases.queries.setup import facts_of
from rembug.cases.rules.states import OPEN
from rembug.lib import clock
from rembug.lib.pack import OtherRow

MOVING = (Forward.State.WAITING, Forward.State.SENDING)
AGAIN = (Forward.State.REFUSED, Forward.State.UNSURE)


@dataclass(frozen=True, slots=True)
class Journey:
    """How a case fares in another system: its state (empty: not sent), number there, what went wrong."""

    body_name: str
    state: str = ""
    number: str = ""
    fault: str = ""
    may_send: bool = False
    is_unsure: bool = False


def system_of(row: Case) -> OtherRow | None:
    """Return the system of the body that holds a case, where it takes this category."""
    if row.body is None or row.state not in OPEN:
        return None
    own = row.body.public_id.removeprefix(f"{row.city}-")
    known: Iterable[OtherRow] = facts_of(row.city).others
    return next((one for one in known if one.body == own and row.category in one.services), None)


def journey(row: Case) -> Journey | None:
    """Return how a case fares in the system of its body; nothing where there is none and never was."""
    if row.body is None:
        return None
    sent = Forward.objects.filter(case=row, body=row.body).first()
    may_send = system_of(row) is not None and (sent is None or sent.state in AGAIN)
    if sent is None:
        return Journey(row.body.name, may_send=True) if may_send else None
    return Journey(
        row.body.name, sent.state, sent.number, sent.fault, may_send, sent.state == Forward.State.UNSURE
    )


def to_send() -> bool:
    """Tell whether a case waits to be sent on."""
    return Forward.objects.filter(state__in=MOVING, due_at__lte=clock.now()).exists()


def to_ask() -> bool:
    """Tell whether another system is to be asked."""
    return Forward.objects.filter(state=Forward.State.SENT, due_at__lte=clock.now()).exists()
