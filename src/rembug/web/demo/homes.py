"""For whom the demo logins speak: bodies that lived through the week, so that nobody's desk is empty."""

from __future__ import annotations

from rembug.cases.queries.work import in_hands_of
from rembug.lib.actor import Role
from rembug.people.queries.bodies import public_bodies
from rembug.reports.queries.waiting import is_empty


def homes(city: str) -> dict[Role, str]:
    """Return a body (public id) for the roles that work at a body's desk; {} in a city without reports.

    Officer and approver speak for the agency with the most open cases, the facilitator for the example group that
    published the week's data.
    """
    if is_empty(city):
        return {}
    found: dict[Role, str] = {}
    bodies = public_bodies(city=city)
    load = {
        body.public_id: len(in_hands_of(city, [body.public_id])) for body in bodies if body.kind == "dinas"
    }
    if any(load.values()):
        office = max(load, key=lambda one: load[one])
        found |= {"officer": office, "approver": office}
    group = next((one.public_id for one in bodies if one.is_example and one.sphere == "civil_society"), "")
    if group:
        found["facilitator"] = group
    return found
