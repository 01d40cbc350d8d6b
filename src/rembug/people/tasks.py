"""Letters that a worker writes, and what it forgets when the time is up."""

from django_tasks import task

from rembug.lib.actor import system
from rembug.people.actions import contact, letters, sessions


@task()
def send_password_reset(email: str) -> None:
    """Write the letter with the link, if somebody has this address."""
    letters.send_password_reset(email)


@task()
def prune() -> int:
    """Forget sessions that have run out."""
    return sessions.forget_expired(actor=system("people.prune"))


@task()
def forget_messages() -> int:
    """Forget what people wrote to bodies a season ago."""
    return contact.forget_old(actor=system("people.forget-messages"))
