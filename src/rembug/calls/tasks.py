"""What the worker does for the app."""

from django_tasks import task

from rembug.calls.actions import remind
from rembug.lib.actor import system


@task()
def send_reminders() -> int:
    """Remind those who joined and asked for it."""
    return remind.remind(actor=system("calls.remind"))
