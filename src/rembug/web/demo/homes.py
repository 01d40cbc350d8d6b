"""For whom the demo logins speak: bodies that lived through the week, so that nobody's desk is empty."""

from __future__ import annotations

from collections import Counter

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
    agencies = [body.public_id for body in bodies if body.sphere == "bureaucracy"]
    load = Counter(case.body_id for case in in_hands_of(city, agencies))
    for office, _ in load.most_common(1):
        found |= {"officer": office, "approver": office}
    group = next((one.public_id for one in bodies if one.is_example and one.sphere == "civil_society"), "")
    if group:
        found["facilitator"] = group
    return found
