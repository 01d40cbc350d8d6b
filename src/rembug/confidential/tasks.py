"""What the worker does for the app."""

from django_tasks import task

from rembug.confidential.actions.forget import forget_due
from rembug.lib.actor import system


@task()
def forget() -> int:
    """Delete what has been kept long enough."""
    return forget_due(actor=system("confidential.forget"))
