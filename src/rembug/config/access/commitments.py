"""Promises: who may read, promise, move, confirm."""

from rembug.lib.access import PUBLIC, Access
from rembug.lib.actor import Role

SPEAKERS: tuple[Role, ...] = (
    *("verifier", "officer", "coordinator", "approver", "facilitator", "administrator"),
)

COMMITMENTS: dict[str, Access] = {
    "commitments:list": Access(PUBLIC),
    "commitments:csv": Access(PUBLIC),
    "commitments:promise": Access(PUBLIC, object="a promise of this city"),
    "commitments:needs": Access(PUBLIC),
    "commitments:need": Access(PUBLIC, object="a request of this city"),
    "commitments:desk": Access(SPEAKERS, object="requests and things of bodies that one has a role in"),
    "commitments:desk-ask": Access(SPEAKERS, object="a body that one speaks for (actions.desk)"),
    "commitments:desk-thing": Access(SPEAKERS, object="a body that one speaks for (actions.desk)"),
    "commitments:desk-retire": Access(
        SPEAKERS, object="a thing of a body that one speaks for (actions.desk)"
    ),
    "commitments:desk-need": Access(
        SPEAKERS, object="the asker's, lender's or addressed body's step (actions.desk)"
    ),
    "commitments:grants": Access(PUBLIC),
    "commitments:grant": Access(PUBLIC, object="a request of this city"),
    "commitments:grants-work": Access(SPEAKERS, object="requests by and to bodies that one has a role in"),
    "commitments:grant-work": Access(
        SPEAKERS, object="the asker's or the deciding office's step (actions.grants)"
    ),
    "commitments:work": Access(SPEAKERS, object="promises of bodies that one has a role in"),
    "commitments:work-new": Access(SPEAKERS, object="a body that one speaks for (actions.promise)"),
    "commitments:work-promise-photo": Access(SPEAKERS, object="a body that one speaks for (actions.picture)"),
    "commitments:work-promise": Access(
        SPEAKERS, object="the owner's steps, or those of another party (actions.move)"
    ),
}
