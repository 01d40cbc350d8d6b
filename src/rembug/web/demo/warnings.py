"""The end of the simulated week: what the forecast fears is drafted, approved by two, and stands as an exercise."""

from rembug.alerts.actions.forecast import draft_from_forecast
from rembug.alerts.actions.release import approve
from rembug.alerts.queries.forecast import outlook
from rembug.alerts.queries.setup import cities, facts_of
from rembug.lib import clock
from rembug.web.demo.cast import SYSTEM, Cast

MOST = 2


def warn(city: str, cast: Cast) -> int:
    """Draft and approve; at night the milder ones wait for the morning, as anywhere. Return how many were approved."""
    if city not in cities():
        return 0
    found = outlook(city, facts_of(city), clock.now())
    if found is None:
        return 0
    drafts = draft_from_forecast(city, found, actor=SYSTEM)[:MOST]
    for draft in drafts:
        for actor, body in cast.approvers:
            approve(actor=actor, city=city, code=draft.code, body=body, revision=draft.revision)
    return len(drafts)
