"""What the permission table is made of; the table itself is `rembug.config.access`."""

from dataclasses import dataclass
from typing import Literal

from rembug.lib.actor import Role

Who = Literal["public", "signed-in"]
PUBLIC: Who = "public"
SIGNED_IN: Who = "signed-in"

NEEDS_SECOND_FACTOR: frozenset[Role] = frozenset(
    {"officer", "coordinator", "approver", "facilitator", "administrator"}
)


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call an address, and on which object.

    `who`: PUBLIC, SIGNED_IN, or the roles of which one is needed in the city of the request. `second_factor`
    asks signed-in people for one even where their role would not. `object` says in words which object is
    checked and where; `scoped` is true where the right role in another area is refused (tested).
    """

    who: Who | tuple[Role, ...]
    second_factor: bool = False
    object: str = ""
    scoped: bool = False
