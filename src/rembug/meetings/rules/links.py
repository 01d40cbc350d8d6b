"""Secret links of a meeting: derived from the key, so that none is stored and none can be guessed."""

from __future__ import annotations

from secrets import compare_digest

from rembug.lib import ids

LENGTH = 24


def link(secret: str, purpose: str, meeting: str, body: str = "") -> str:
    """Return `CODE-…` for the door (`body` empty) or for one invited body."""
    mac = ids.keyed(secret, f"meetings.{purpose}", f"{meeting}\x1f{body}", LENGTH)
    return f"{meeting}-{mac}"


def meeting_of(token: str) -> str:
    """Return the meeting's code that a link names; whether the link holds is another question."""
    return token.partition("-")[0][:9]


def holds(secret: str, purpose: str, token: str, body: str = "") -> bool:
    """Tell whether a link is ours."""
    return compare_digest(token.encode(), link(secret, purpose, meeting_of(token), body).encode())
