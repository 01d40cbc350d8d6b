"""After a judge that died: incidents whose figures no longer fit their reports are found and put right.

A run writes incidents, verdicts and retirements in short transactions of their own. One that dies between two leaves an
incident that counts reports which are elsewhere by now; the next run does not meet it again by itself.
"""

from django.db import transaction
from django.db.models import Count, F, Q

from rembug.audit.actions import Act, Ref, record_many
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.reports.actions.stir import stirred
from rembug.reports.models import Incident, Report


def mend(*, actor: Actor) -> int:
    """Retire incidents without reports, have the reports of others judged again; return how many did not fit."""
    active = Count("reports", filter=Q(reports__state=Report.State.ACTIVE))
    wrong = list(Incident.objects.annotate(members=active).exclude(report_count=F("members")))
    empty = [incident for incident in wrong if not incident.members]
    with transaction.atomic():
        Report.objects.filter(incident__in=wrong, state=Report.State.ACTIVE).update(**stirred())
        gone = {"is_public": False, "report_count": 0, "changed_at": clock.now()}
        Incident.objects.filter(id__in=[incident.id for incident in empty]).update(**gone)
        record_many(Act(actor, "incident.retired", Ref("incident", row.code), {}, row.city) for row in empty)
    return len(wrong)
