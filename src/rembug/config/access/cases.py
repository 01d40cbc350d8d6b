"""Cases: who may read, who may move them."""

from rembug.lib.access import PUBLIC, Access
from rembug.lib.actor import Role

HANDLERS: tuple[Role, ...] = ("officer", "coordinator", "administrator")
CHECKERS: tuple[Role, ...] = ("verifier", "facilitator", "coordinator", "administrator")
SPEAKERS: tuple[Role, ...] = ("officer", "coordinator", "approver", "administrator")
COORDINATORS: tuple[Role, ...] = ("coordinator", "administrator")

CASES: dict[str, Access] = {
    "cases:list": Access(PUBLIC),
    "cases:case": Access(PUBLIC, object="a case of this city"),
    "cases:feed": Access(PUBLIC, object="a case of this city"),
    "cases:of-receipt": Access(PUBLIC, object="the cases of the report of the secret token"),
    "cases:say": Access(PUBLIC, object="a case of the report of the secret token (actions.move)"),
    "cases:paper": Access(
        PUBLIC, object="a copy for everybody; else a case of an own body or area (queries.papers)"
    ),
    "cases:work-paper": Access(
        HANDLERS, object="a document of a case of an own body or area (actions.papers)"
    ),
    "cases:follow": Access(PUBLIC, object="a case of this city; the address must be confirmed"),
    "cases:followed": Access(PUBLIC, object="the follower of the letter's link"),
    "cases:unfollow": Access(PUBLIC, object="the follower of the letter's link"),
    "cases:check": Access(
        CHECKERS, object="a case of an area that an own community looks after (queries.near)"
    ),
    "cases:work": Access(HANDLERS, object="cases of own bodies and areas (queries.work.visible)"),
    "cases:work-csv": Access(HANDLERS, object="cases of own bodies and areas (queries.work.visible)"),
    "cases:work-channels": Access(COORDINATORS, object="complaints of this city's channels (actions.bring)"),
    "cases:work-answers": Access(COORDINATORS, object="answers to this city's channels"),
    "cases:work-map": Access(HANDLERS, object="cases of own bodies and areas (queries.work.visible)"),
    "cases:work-many": Access(HANDLERS, object="each case by itself (actions.move)"),
    "cases:work-case": Access(HANDLERS, object="a case of an own body or area (queries.work.role_for)"),
    "cases:work-move": Access(HANDLERS, object="a case of an own body or area (actions.move)"),
    "cases:work-note": Access(HANDLERS, object="a case of an own body or area (actions.move)"),
    "cases:work-split": Access(COORDINATORS, object="a case of an own area (actions.move)"),
    "cases:work-about": Access(COORDINATORS, object="a case of an own area (actions.accuse)"),
    "cases:work-reply": Access(SPEAKERS, object="a case about an own body (queries.accused.may_reply)"),
    "cases:work-filter": Access(HANDLERS, object="own filters (actions.desk)"),
    "cases:work-forward": Access(HANDLERS, object="a case of an own body or area (actions.forward)"),
    "cases:work-number": Access(COORDINATORS, object="a case of an own area (actions.escalate)"),
    "cases:work-inspections": Access(CHECKERS, object="cases near own communities (queries.near)"),
    "cases:work-inspect": Access(CHECKERS, object="a case near an own community (queries.near)"),
    "cases:figures": Access(COORDINATORS, object="sums of this city"),
}
