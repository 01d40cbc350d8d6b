"""Warnings: who may read, write, approve."""

from rembug.lib.access import PUBLIC, Access
from rembug.lib.actor import Role

WRITERS: tuple[Role, ...] = ("officer", "coordinator", "approver", "administrator")
APPROVERS: tuple[Role, ...] = ("approver", "coordinator")

ALERTS: dict[str, Access] = {
    "alerts:list": Access(PUBLIC),
    "alerts:alert": Access(PUBLIC, object="a released warning of this city"),
    "alerts:close": Access(PUBLIC, object="the reader's own cookie"),
    "alerts:follow": Access(PUBLIC, object="an address that confirms by letter"),
    "alerts:confirm": Access(PUBLIC, object="the address of the secret token"),
    "alerts:stop": Access(PUBLIC, object="the address of the secret token"),
    "alerts:work": Access(WRITERS, object="drafts of this city"),
    "alerts:work-new": Access(WRITERS, object="a draft of this city (actions.draft)"),
    "alerts:work-alert": Access(WRITERS, object="a message of this city"),
    "alerts:work-edit": Access(WRITERS, object="a draft of this city (actions.draft)"),
    "alerts:work-approve": Access(
        APPROVERS, object="a draft, once a person, for an own body (actions.release)"
    ),
    "alerts:work-refuse": Access(APPROVERS, object="a draft of this city (actions.release)"),
    "alerts:work-follow-up": Access(WRITERS, object="a released warning of this city (actions.draft)"),
    "alerts:work-relay": Access(WRITERS, object="a CAP file of an official sender (actions.relay)"),
    "cap:feed": Access(PUBLIC),
    "cap:message": Access(PUBLIC, object="a released warning of this city"),
    "cap:certificate": Access(PUBLIC),
}
