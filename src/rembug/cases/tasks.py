"""Jobs of the app: wake-ups that drain what waits."""

from django_tasks import task

from rembug.cases.actions import papers
from rembug.cases.actions.again import WEEK, reopen_seen_again
from rembug.cases.actions.escalate import escalate
from rembug.cases.actions.follow import tell
from rembug.cases.actions.forward import send_waiting
from rembug.cases.actions.hear import ask_others as ask_other_systems
from rembug.cases.actions.inspect import draw
from rembug.cases.actions.open import open_new as open_waiting
from rembug.cases.actions.tend import close_silent, warn
from rembug.cases.queries.setup import cities
from rembug.lib.actor import system


@task()
def open_new() -> int:
    """Open the cases of new incidents, and those again whose end did not hold."""
    actor, done = system("cases.open"), 0
    for city in cities():
        done += open_waiting(city, actor=actor) + reopen_seen_again(city, actor=actor)
    return done


@task()
def tend() -> int:
    """Warn of promises, settle what nobody disputes, let late cases climb, draw second looks."""
    actor = system("cases.tend")
    done = 0
    for city in cities():
        done += warn(city, actor=actor) + close_silent(city, actor=actor)
        done += escalate(city, actor=actor) + draw(city, actor=actor)
        done += reopen_seen_again(city, actor=actor, back=WEEK)
    return done


@task()
def tell_followers() -> int:
    """Send followers what happened to their cases."""
    return tell(actor=system("cases.tell"))


@task()
def send_on() -> int:
    """Send cases on to the Open311 systems of their bodies."""
    return send_waiting(actor=system("cases.forward"))


@task()
def ask_others() -> int:
    """Ask other systems what became of the cases that went on to them."""
    return ask_other_systems(actor=system("cases.forward"))


@task()
def sweep_papers() -> int:
    """Delete documents whose step never came."""
    return papers.sweep(actor=system("cases.papers"))
