"""Jobs of the water app."""

from django_tasks import task

from rembug.lib.actor import system
from rembug.water.actions.compute import run_waiting
from rembug.water.actions.forecast import forecast_all
from rembug.water.actions.kings import rank_all
from rembug.water.actions.learn import learn_all
from rembug.water.actions.levels import fetch_all
from rembug.water.actions.score import score_all


@task()
def levels() -> int:
    """Fetch levels from the feeds."""
    return fetch_all(actor=system("water.levels"))


@task()
def forecast() -> int:
    """Make the forecast of this hour for every city."""
    return forecast_all(actor=system("water.forecast"))


@task()
def score() -> int:
    """Compare forecasts with what the gauge showed."""
    return score_all(actor=system("water.score"))


@task()
def learn() -> int:
    """Learn the onset level of places from new sightings."""
    return learn_all(actor=system("water.learn"))


@task()
def scenarios() -> int:
    """Compute the what-ifs that wait."""
    return run_waiting(actor=system("water.scenarios"))


@task()
def kings() -> int:
    """Rank the highest waters of the coming months."""
    return rank_all(actor=system("water.kings"))
