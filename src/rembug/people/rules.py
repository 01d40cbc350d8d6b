"""Who may give which role, and what counts as in force: plain tables and functions."""

from datetime import timedelta
from typing import Final

from rembug.lib.actor import Actor, Role, covers

INVITATION_LASTS: Final = timedelta(days=14)
ANSWER_WITHIN: Final = timedelta(hours=72)  # UU 27/2022: access, correction, withdrawal

ROLES: Final[tuple[Role, ...]] = (
    "member",
    "verifier",
    "officer",
    "coordinator",
    "approver",
    "facilitator",
    "administrator",
)
# Nobody makes their own equal: a coordinator gives less than they hold, an administrator gives everything.
GIVEN_BY_COORDINATOR: Final[frozenset[Role]] = frozenset({"member", "verifier", "officer", "facilitator"})
# Of groups and businesses in their area, which have no coordinator of their own, a coordinator invites these.
GIVEN_TO_GROUPS: Final[frozenset[Role]] = frozenset({"member", "verifier", "officer"})
GROUP_SPHERES: Final = frozenset({"civil_society", "business"})


def may_give(actor: Actor, role: Role, *, city: str, body: str, sphere: str, area: str) -> bool:
    """Tell whether the actor may give (or take back) this role for this body in this area."""
    if actor.may("administrator", city=city, area=area):
        return True
    if role in GIVEN_BY_COORDINATOR and actor.may("coordinator", city=city, area=area, body=body):
        return True
    is_group = sphere in GROUP_SPHERES and role in GIVEN_TO_GROUPS
    return is_group and actor.may("coordinator", city=city, area=area)


def may_decide_group(actor: Actor, *, city: str, areas: tuple[str, ...]) -> bool:
    """Tell whether the actor may confirm a group: a coordinator or administrator of one of its areas.

    A group that names no area belongs to the whole city.
    """
    return any(actor.may("coordinator", "administrator", city=city, area=area) for area in areas or ("",))


def within(areas: tuple[str, ...], area: str) -> bool:
    """Tell whether a role's area lies in what the body looks after; a body without areas has the city."""
    return not areas or not area or any(covers(own, area) for own in areas)


def is_of_pack(public_id: str, city: str) -> bool:
    """Tell whether the city's pack lists this body, which alone says what it is."""
    return public_id.startswith(f"{city}-")
