"""What the worker does for the app."""

from django_tasks import task

from rembug.deliberation.actions.decide import advance
from rembug.lib.actor import system


@task()
def move_on() -> int:
    """Move what missed its stage into the next cycle."""
    return advance(actor=system("deliberation.move"))
