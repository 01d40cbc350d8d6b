"""Calls: who may read, join, observe, ask."""

from rembug.lib.access import PUBLIC, Access
from rembug.lib.actor import Role

SPEAKERS: tuple[Role, ...] = (
    *("verifier", "officer", "coordinator", "approver", "facilitator", "administrator"),
)
OWN = "a call of a body that one speaks for (actions.call)"

CALLS: dict[str, Access] = {
    "calls:list": Access(PUBLIC),
    "calls:feed": Access(PUBLIC),
    "calls:call": Access(PUBLIC, object="a call of this city"),
    "calls:joined": Access(PUBLIC, object="an open call; the random number of one's own page"),
    "calls:reminder": Access(PUBLIC, object="an open call; the random number of one's own page"),
    "calls:event": Access(PUBLIC, object="a call of this city"),
    "calls:sign-up": Access(PUBLIC, object="an open call to observe"),
    "calls:watch": Access(PUBLIC, object="the watcher of the secret link"),
    "calls:observations": Access(PUBLIC, object="the watcher of the secret link; each observation once"),
    "calls:work": Access(SPEAKERS, object="calls of bodies that one has a role in"),
    "calls:work-photo": Access(SPEAKERS, object=OWN),
    "calls:work-new": Access(SPEAKERS, object=OWN),
    "calls:work-plan": Access(SPEAKERS, object=OWN),
    "calls:work-call": Access(SPEAKERS, object=OWN),
    "calls:work-sheet": Access(SPEAKERS, object=OWN),
    "calls:work-cancel": Access(SPEAKERS, object=OWN),
    "calls:work-close": Access(SPEAKERS, object=OWN),
    "calls:work-drop": Access(SPEAKERS, object=OWN),
}
