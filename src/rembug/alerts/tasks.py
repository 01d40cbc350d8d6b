"""Jobs of the app: wake-ups that drain what waits."""

from django_tasks import task

from rembug.alerts.actions.fetch import fetch_feed
from rembug.alerts.actions.follow import deliver as deliver_waiting
from rembug.alerts.actions.follow import prune
from rembug.alerts.actions.forecast import draft_from_forecast
from rembug.alerts.actions.release import expire, release_due
from rembug.alerts.queries.forecast import outlook
from rembug.alerts.queries.setup import cities, facts_of
from rembug.lib import clock
from rembug.lib.actor import system


@task()
def tend() -> int:
    """Draft what the forecast asks for, release what waited for the morning, end what is over."""
    actor, made = system("alerts.tend"), 0
    for city in cities():
        found = outlook(city, facts_of(city), clock.now())
        if found is not None:
            made += len(draft_from_forecast(city, found, actor=actor))
        release_due(city, actor=actor)
        expire(city, actor=actor)
    prune(actor=actor)
    return made


@task()
def fetch() -> int:
    """Ask the official feeds."""
    return sum(fetch_feed(city, actor=system("alerts.fetch")) for city in cities())


@task()
def deliver() -> int:
    """Send letters that wait."""
    return deliver_waiting(actor=system("alerts.deliver"))
