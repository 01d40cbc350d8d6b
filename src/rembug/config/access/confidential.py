"""Confidential reports: whoever holds a receipt, and recipients with their key. No administrator."""

from rembug.lib.access import PUBLIC, Access
from rembug.lib.actor import Role

READERS: tuple[Role, ...] = ("officer", "coordinator", "approver")  # the pack names one of them for each body
BOX = "a box of a body that the pack names, for the role that it names (queries.boxes)"
MATTER = "a matter of an open box, never about a body that one has a role at (queries.matters)"

CONFIDENTIAL: dict[str, Access] = {
    "confidential:start": Access(PUBLIC),
    "confidential:tell": Access(PUBLIC, object="nothing is kept about who asks (confidential.middleware)"),
    "confidential:reopen": Access(PUBLIC, object="the matter of the receipt's sixteen digits"),
    "confidential:work": Access(READERS, object=BOX),
    "confidential:work-box": Access(READERS, object=BOX),
    "confidential:work-hand": Access(READERS, object=BOX),
    "confidential:work-matter": Access(READERS, object=MATTER),
    "confidential:work-write": Access(READERS, object=MATTER),
    "confidential:work-ask": Access(READERS, object=MATTER),
    "confidential:work-decide": Access(READERS, object=f"{MATTER}, never one's own wish (actions.unmask)"),
    "confidential:work-identity": Access(READERS, object=f"{MATTER}, after two people agreed"),
}
