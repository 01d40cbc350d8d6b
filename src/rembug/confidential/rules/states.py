"""What happens to a matter, and who may be asked to read it."""

from collections.abc import Collection

RECEIVED, READ, EXAMINED, REFERRED, CLOSED = "received", "read", "examined", "referred", "closed"
STATES = (RECEIVED, READ, EXAMINED, REFERRED, CLOSED)
NEXT: dict[str, tuple[str, ...]] = {
    RECEIVED: (READ,),
    READ: (EXAMINED, REFERRED, CLOSED),
    EXAMINED: (REFERRED, CLOSED),
    REFERRED: (EXAMINED, CLOSED),
    CLOSED: (EXAMINED,),
}
NEEDS_REASON = {REFERRED, CLOSED}
ENDED = {REFERRED, CLOSED}


def may_move(state: str, to: str) -> bool:
    """Tell whether a matter may go there."""
    return to in NEXT.get(state, ())


def readers(recipients: Collection[str], accused: str, open_boxes: Collection[str]) -> list[str]:
    """Return the bodies that get a matter: never the one it is about, and only who has a box to seal it for."""
    return [body for body in recipients if body != accused and body in open_boxes]
