"""Forecast pages and what-ifs: who may call which address."""

from rembug.lib.access import PUBLIC, Access
from rembug.lib.actor import Role

ASKERS: tuple[Role, ...] = ("facilitator", "coordinator", "administrator")

WATER: dict[str, Access] = {
    "water:city": Access(PUBLIC),
    "water:choose": Access(PUBLIC),
    "water:mine": Access(PUBLIC, object="what the browser itself keeps"),
    "water:spot": Access(PUBLIC, object="a rounded place, kept nowhere"),
    "water:ground": Access(PUBLIC),
    "water:overlay": Access(PUBLIC),
    "water:overlay-picture": Access(PUBLIC),
    "water:overlay-hour": Access(PUBLIC),
    "water:skill": Access(PUBLIC),
    "water:area": Access(PUBLIC),
    "water:calendar": Access(PUBLIC),
    "water:card": Access(PUBLIC),
    "water:scenarios": Access(PUBLIC),
    "water:compare": Access(PUBLIC),
    "water:scenario": Access(PUBLIC, object="a what-if of this city"),
    "water:scenario-picture": Access(PUBLIC, object="a what-if of this city"),
    "water:scenario-new": Access(ASKERS, object="a what-if of the own city (actions.scenario)"),
}
