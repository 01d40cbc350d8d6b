"""Jobs of the app: wake-ups that drain what waits."""

from django_tasks import task

from rembug.evidence.actions.make import make_waiting
from rembug.lib.actor import system


@task()
def make() -> int:
    """Make and publish the versions that wait."""
    return make_waiting(actor=system("evidence.make"))
