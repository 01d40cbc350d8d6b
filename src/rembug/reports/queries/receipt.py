"""What the holder of a receipt may know of the report."""

from rembug.lib.errors import NotFound
from rembug.places.models import Area
from rembug.reports.models import Category, Incident, Report
from rembug.reports.queries.receipt_types import FollowupLine, PhotoLine, ReadBy, ReceiptPage, ReplyLine
from rembug.reports.queries.town import in_language
from rembug.reports.rules import receipts


def receipt(token: str) -> ReceiptPage:
    """Return the page of a token. Raises `NotFound` for an unknown one and for a report that was forgotten."""
    rows = Report.objects.select_related("incident").filter(receipt_hash=receipts.fingerprint(token))
    report = rows.exclude(state=Report.State.ERASED).first()
    if report is None:
        raise NotFound("Tanda terima ini tidak dikenal. Periksa tautannya.")
    kind = Category.objects.filter(city=report.city, code=report.category).first()
    area = Area.objects.filter(city__slug=report.city, code=report.area_code).first()
    incident = report.incident
    return ReceiptPage(
        code=report.code,
        city=report.city,
        category=report.category,
        category_name=in_language(kind.names, kind.code) if kind else report.category,
        is_flood=bool(kind and kind.is_flood),
        claim=report.claim,
        depth_class=report.depth_class,
        setting=report.setting,
        since=report.since,
        state=report.state,
        rung=report.rung,
        is_public=_is_public(report),
        received_at=report.received_at,
        observed_at=report.observed_at,
        place_public=area.name if area else "",
        text_public=report.text_public,
        signed_name=report.signed_name,
        text=report.text,
        landmark=report.landmark,
        entry_hash=report.entry_hash,
        incident_code=incident.code if incident and incident.is_public else "",
        incident_witnesses=incident.witness_count if incident else 0,
        read_by=_read_by(incident),
        replies=_replies(incident),
        followups=tuple(FollowupLine(row.value, row.at) for row in report.followups.order_by("at")),
        corrections=tuple(report.corrections.order_by("at").values_list("words", flat=True)),
        photos=tuple(
            PhotoLine(p.state, p.received_at, p.reason) for p in report.photos.order_by("received_at")
        ),
    )


def code_of(token: str) -> str:
    """Return the public code of a token's report, or an empty text."""
    rows = Report.objects.filter(receipt_hash=receipts.fingerprint(token)).exclude(state=Report.State.ERASED)
    return rows.values_list("code", flat=True).first() or ""


def was_sent_by(token: str, source: str) -> bool:
    """Tell whether the report of a token came from this source."""
    return Report.objects.filter(receipt_hash=receipts.fingerprint(token), source=source).exists()


def _is_public(report: Report) -> bool:
    return (
        report.state == Report.State.ACTIVE
        and report.visibility == "public"
        and report.processed_at is not None
    )


def _read_by(incident: Incident | None) -> tuple[ReadBy, ...]:
    if incident is None:
        return ()
    rows = incident.recipients.select_related("body").order_by("delivered_at", "pk")
    return tuple(ReadBy(row.body.name, row.delivered_at, row.read_at) for row in rows)


def _replies(incident: Incident | None) -> tuple[ReplyLine, ...]:
    if incident is None:
        return ()
    rows = incident.replies.filter(withdrawn_at=None).select_related("body").order_by("at")
    return tuple(ReplyLine(row.office, row.body.name, row.text, row.at) for row in rows)
