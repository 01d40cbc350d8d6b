"""Meetings: who may read, answer, arrange, write, approve."""

from rembug.lib.access import PUBLIC, Access
from rembug.lib.actor import Role

SPEAKERS: tuple[Role, ...] = (
    *("verifier", "officer", "coordinator", "approver", "facilitator", "administrator"),
)
HOST = "a meeting of a body that one speaks for (actions.arrange)"

MEETINGS: dict[str, Access] = {
    "meetings:list": Access(PUBLIC),
    "meetings:feed": Access(PUBLIC),
    "meetings:meeting": Access(PUBLIC, object="a meeting of this city"),
    "meetings:record": Access(PUBLIC, object="a meeting of this city"),
    "meetings:attendance": Access(PUBLIC, object="a meeting of this city; bodies only, no person"),
    "meetings:board": Access(PUBLIC),
    "meetings:item": Access(PUBLIC, object="an item of this city"),
    "meetings:invitation": Access(PUBLIC, object="the invited body of the secret link"),
    "meetings:door": Access(PUBLIC, object="the meeting of the secret link at its door"),
    "meetings:positions": Access(PUBLIC),
    "meetings:position": Access(PUBLIC, object="a position of this city"),
    "meetings:work-calendars": Access(
        SPEAKERS, object="calendars of bodies that one speaks for (actions.calendars)"
    ),
    "meetings:work-calendar-end": Access(
        SPEAKERS, object="a calendar of a body that one speaks for (actions.calendars)"
    ),
    "meetings:work-position": Access(SPEAKERS, object="a body that one speaks for (actions.position)"),
    "meetings:work-sign": Access(SPEAKERS, object="a body that one speaks for (actions.position)"),
    "meetings:work": Access(SPEAKERS, object="meetings of bodies that one has a role in"),
    "meetings:work-new": Access(SPEAKERS, object=HOST),
    "meetings:work-meeting": Access(
        SPEAKERS, object="a meeting that one hosts, signs, answers or has work from"
    ),
    "meetings:work-photo": Access(SPEAKERS, object=HOST),
    "meetings:work-invite": Access(SPEAKERS, object=HOST),
    "meetings:work-cancel": Access(SPEAKERS, object=HOST),
    "meetings:work-paper": Access(SPEAKERS, object=HOST),
    "meetings:work-write": Access(SPEAKERS, object=HOST),
    "meetings:work-approve": Access(
        SPEAKERS, object="a body that signs and that one speaks for (actions.minutes)"
    ),
    "meetings:work-office": Access(SPEAKERS, object="the office that was met (actions.arrange)"),
    "meetings:work-add": Access(SPEAKERS, object=HOST),
    "meetings:work-move": Access(
        SPEAKERS, object="an item of a body that one speaks for, or its host (actions.plan)"
    ),
}
