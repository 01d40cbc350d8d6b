"""What the worker does for the app."""

from django_tasks import task

from rembug.commitments.actions.measure import measure_due
from rembug.commitments.actions.move import give_up_late
from rembug.lib.actor import system


@task()
def measure() -> int:
    """Ask the data whether delivered promises work."""
    return measure_due(actor=system("commitments.measure"))


@task()
def tend() -> int:
    """Mark promises broken that have been late for a year."""
    return give_up_late(actor=system("commitments.tend"))
