"""Jobs of the reports app: wake-ups that drain what waits."""

import logging
import time

from django_tasks import task

from rembug.lib.actor import system
from rembug.places import queries as places
from rembug.reports.actions.fetch import fetch_linked
from rembug.reports.actions.learn import learn_from_decisions
from rembug.reports.actions.personal import delete_files, forget_spent_proofs
from rembug.reports.actions.photos import develop_waiting, sweep
from rembug.reports.actions.photos import sweep_sizes as sweep_lost_sizes
from rembug.reports.actions.process import process_waiting
from rembug.reports.actions.process import settle as settle_stirred
from rembug.reports.actions.teach import teach as teach_water
from rembug.reports.queries.reconcile import gaps

logger = logging.getLogger(__name__)
REST = 2.0  # times as long as settling took, the next one waits: where reports are dense, new ones are judged first
_rests_until = 0.0


@task()
def process() -> int:
    """Make new reports ready, judge them and put them on the map."""
    return process_waiting(actor=system("reports.process"))


@task()
def settle() -> int:
    """Let changes reach their neighbours, with a rest in proportion to how long it took."""
    global _rests_until  # noqa: PLW0603 one worker process, one judge
    started = time.monotonic()
    if started < _rests_until:
        return 0
    done = settle_stirred(actor=system("reports.settle"))
    ended = time.monotonic()
    _rests_until = ended + REST * (ended - started)
    return done


@task()
def photos() -> int:
    """Develop photos that came in."""
    return develop_waiting(actor=system("reports.photos"))


@task()
def fetch_photos() -> int:
    """Fetch photos that another system only linked to."""
    return fetch_linked(actor=system("reports.photos"))


@task()
def sweep_photos() -> int:
    """Delete originals that nothing needs."""
    return sweep(actor=system("reports.photos"))


@task()
def sweep_sizes() -> int:
    """Delete sizes of photos that no row names."""
    return sweep_lost_sizes(actor=system("reports.photos"))


@task()
def reconcile() -> int:
    """Compare what came in with what is kept; return how many lines do not balance."""
    found = gaps()
    for line in found:
        logger.error(
            "intake does not balance: %s %s %s: %d logged, %d stored, %d processed, %d pending",
            *(line.city, f"{line.hour:%Y-%m-%dT%H:%MZ}", line.channel),
            *(line.logged, line.stored, line.processed, line.pending),
        )
    return len(found)


@task()
def forget() -> int:
    """Delete the files of photos whose owner asked to be forgotten."""
    return delete_files(actor=system("reports.forget"))


@task()
def prune() -> int:
    """Forget proofs of work that nobody can use again."""
    return forget_spent_proofs(actor=system("reports.prune"))


@task()
def learn() -> int:
    """Learn from new decisions, city by city; return how many cities learnt."""
    actor = system("reports.learn")
    return sum(learn_from_decisions(city, actor=actor) for city in places.cities())


@task()
def teach() -> int:
    """Hand what reports saw of water down to the forecast."""
    return teach_water(actor=system("reports.teach"))
