"""Jobs of the app: wake-ups that drain what waits."""

from django_tasks import task

from rembug.cases.actions.open import open_new as open_waiting
from rembug.cases.actions.tend import close_silent, warn
from rembug.cases.queries.setup import cities
from rembug.lib.actor import system


@task()
def open_new() -> int:
    """Open the cases of new incidents."""
    return sum(open_waiting(city, actor=system("cases.open")) for city in cities())


@task()
def tend() -> int:
    """Warn of promises, settle what nobody disputes."""
    actor = system("cases.tend")
    return sum(warn(city, actor=actor) + close_silent(city, actor=actor) for city in cities())
