"""One report with everything public about it."""

from rembug.lib.errors import NotFound
from rembug.reports.models import Correction, Report
from rembug.reports.queries.public import parts
from rembug.reports.queries.public.faces import Faces, masked_time
from rembug.reports.queries.public_types import ReportCard, ReportView, Step
from rembug.reports.queries.reasons import readable
from rembug.water.rules.context import TideContext


def report(city: str, code: str) -> ReportView:
    """Return a public report of the city. Raises `NotFound` when there is none, or when it is private.

    One that was withdrawn, taken down or erased is still named, without its words: its number stays true.
    """
    row = (
        Report.objects.filter(city=city, code=code, visibility="public", public_lon__isnull=False)
        .select_related("incident")
        .first()
    )
    if row is None:
        raise NotFound("Laporan ini tidak ada.")
    card = Faces(city).report(row)
    if row.state != Report.State.ACTIVE:
        return _gone(card, row)
    incident = row.incident if row.incident and row.incident.is_public else None
    said = [
        Step(masked_time(one.at), one.words_public)
        for one in Correction.objects.filter(report=row).order_by("at")
    ]
    received = Step(card.received_at, parts.received())
    steps = [received, *parts.decision_steps([row.pk]), *parts.followup_steps([row.pk])]
    return ReportView(
        card=card,
        incident_code=incident.code if incident else "",
        reasons=readable(row.reasons),
        photos=parts.photos([row.pk]),
        corrections=tuple(said),
        replies=parts.replies(incident) if incident else (),
        recipients=parts.recipients(incident) if incident else (),
        history=parts.in_order([*steps, *(parts.incident_steps(incident) if incident else [])]),
        tide=_tide(row),
    )


def _tide(row: Report) -> TideContext | None:
    if row.tide_level_cm is None:
        return None
    return TideContext(row.tide_level_cm, row.tide_residual_cm, row.tide_stage, row.physics)


def _gone(card: ReportCard, row: Report) -> ReportView:
    bare = ReportCard(
        code=card.code,
        category=card.category,
        area=card.area,
        observed_at=card.observed_at,
        received_at=card.received_at,
        claim=card.claim,
        depth_class="",
        words="",
        landmark="",
        probability=0.0,
        rung="raw",
    )
    return ReportView(bare, "", (), (), (), (), (), (), row.state, row.state_reason)
