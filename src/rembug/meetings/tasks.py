"""What the worker does for the app."""

from django_tasks import task

from rembug.lib.actor import system
from rembug.meetings.actions.calendars import refresh
from rembug.meetings.actions.plan import remind


@task()
def chase() -> int:
    """Remind bodies of what they promised."""
    return remind(actor=system("meetings.chase"))


@task()
def read_calendars() -> int:
    """Read bodies' own calendars anew."""
    return refresh(actor=system("meetings.calendars"))
