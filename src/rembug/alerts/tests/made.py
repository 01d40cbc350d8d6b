"""Forecasts, people and steps that tests of warnings share."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import time_machine

from rembug.alerts.actions.forecast import draft_from_forecast
from rembug.alerts.actions.release import approve
from rembug.alerts.models import Alert
from rembug.alerts.queries.forecast import Outlook
from rembug.alerts.rules.levels import Danger
from rembug.lib.actor import Actor, Grant, Role, system
from rembug.people.models import Body

NOON = "2026-11-26T05:00:00+00:00"  # 12.00 WIB: nobody sleeps
NIGHT = "2026-11-26T16:00:00+00:00"  # 23.00 WIB
DEGAYU, KRAPYAK = "33.75.03.1007", "33.75.03.1006"
ME = system("test")


def at(moment: str) -> time_machine.travel:
    """Stop the clock at a moment."""
    return time_machine.travel(moment, tick=False)


def danger(area: str = DEGAYU, level: str = "watch", hours: float = 10, **more: Any) -> Danger:
    """Return what an area has to fear in some hours."""
    moment = datetime.fromisoformat(NOON) + timedelta(hours=hours)
    values: dict[str, Any] = {"depth_low_cm": 12.0, "depth_high_cm": 28.0, "probability": 0.7} | more
    return Danger(area, level, moment, moment + timedelta(hours=2), **values)


def forecast(city: str, *dangers: Danger, usable: bool = True) -> list[Alert]:
    """Let a forecast make its drafts."""
    found = Outlook(dangers, {"source": "gauge+tide", "issued_at": NOON}, usable)
    return draft_from_forecast(city, found, actor=ME)


def person(body: Body, name: str = "a", role: Role = "approver") -> Actor:
    """Return somebody with a role for a body."""
    return Actor(f"P-{name}", "person", (Grant(role, body.city, body.public_id),))


def yes(alert: Alert, body: Body, name: str) -> Alert:
    """Let one person approve what stands there now."""
    alert.refresh_from_db()
    return approve(
        actor=person(body, name),
        city=alert.city,
        code=alert.code,
        body=body.public_id,
        revision=alert.revision,
    )


def drafted(city: str, *dangers: Danger) -> Alert:
    """Return the one new warning of a forecast; what it calls off elsewhere is left alone."""
    (made,) = [row for row in forecast(city, *dangers) if row.kind == "alert"]
    return made


def released(city: str, first: Body, second: Body, *dangers: Danger) -> Alert:
    """Draft by forecast, approve twice."""
    made = drafted(city, *(dangers or (danger(),)))
    yes(made, first, "a")
    yes(made, second, "b")
    made.refresh_from_db()
    return made
