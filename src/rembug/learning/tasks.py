"""What the worker does for the app."""

from django_tasks import task

from rembug.learning.actions.classes import close_forgotten
from rembug.lib.actor import system


@task()
def tend() -> int:
    """Close classes that were forgotten."""
    return close_forgotten(actor=system("learning.tend"))
