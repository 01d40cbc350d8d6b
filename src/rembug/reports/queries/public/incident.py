"""One incident with everything public about it."""

from rembug.lib.errors import NotFound
from rembug.reports.models import Report
from rembug.reports.queries.public import parts
from rembug.reports.queries.public.faces import Faces, incidents, public_reports
from rembug.reports.queries.public_types import IncidentView, Reason
from rembug.reports.queries.reasons import readable

SHOWN = 100


def incident(city: str, code: str) -> IncidentView:
    """Return a public incident of the city. Raises `NotFound` when there is none of that code."""
    row = incidents(city).filter(code=code).first()
    if row is None:
        raise NotFound("Kejadian ini tidak ada.")
    faces = Faces(city)
    members = public_reports(city).filter(incident=row)
    shown = list(members.order_by("-observed_at", "-pk")[:SHOWN])
    ids = [report.pk for report in shown]
    total = members.count()
    hidden = Report.objects.filter(incident=row, visibility="private", state=Report.State.ACTIVE).count()
    steps = [*parts.incident_steps(row), *parts.decision_steps(ids), *parts.followup_steps(ids)]
    return IncidentView(
        card=faces.incident(row),
        reports=tuple(faces.report(report) for report in shown),
        reasons=_reasons(shown),
        photos=parts.photos(ids),
        replies=parts.replies(row),
        recipients=parts.recipients(row),
        history=parts.in_order(steps),
        reports_hidden=hidden,
        reports_more=max(total - len(shown), 0),
    )


def _reasons(reports: list[Report]) -> tuple[Reason, ...]:
    """The reasons of the surest report: an incident is as sure as its surest member."""
    surest = max(reports, key=lambda report: report.probability, default=None)
    return readable(surest.reasons) if surest else ()
