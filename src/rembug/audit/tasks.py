"""The log's jobs: numbering what waits, signing how far it has come."""

from django_tasks import task

from rembug.audit import actions
from rembug.lib.actor import system


@task()
def sequence() -> int:
    """Give every waiting entry its leaf index."""
    return actions.sequence(actor=system("audit.sequence"))


@task()
def checkpoint() -> int:
    """Sign how far the tree has come; return the size signed, 0 when there was nothing to sign."""
    signed = actions.checkpoint(actor=system("audit.checkpoint"))
    return signed.size if signed else 0
