"""Jobs of the house itself."""

from django_tasks import task

from rembug.lib import actions


@task()
def prune() -> int:
    """Forget finished jobs and workers that are gone."""
    return actions.prune()
