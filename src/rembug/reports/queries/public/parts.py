"""Parts that incident and report pages share: replies, recipients, photos, lines of history."""

from collections.abc import Iterable

from django.utils.translation import gettext

from rembug.people.models import Body
from rembug.reports.models import Decision, Followup, Incident, Photo, Recipient, Reply
from rembug.reports.queries.public.faces import masked_time
from rembug.reports.queries.public_types import PublicPhoto, PublicReply, RecipientFace, Step


def replies(incident: Incident) -> tuple[PublicReply, ...]:
    """Return the replies that stand, newest first."""
    rows = Reply.objects.filter(incidents=incident, withdrawn_at=None).select_related("body").order_by("-at")
    return tuple(PublicReply(row.code, row.office, row.body.name, row.text, row.at) for row in rows)


def recipients(incident: Incident) -> tuple[RecipientFace, ...]:
    """Return who received the incident, those who read it first."""
    rows = Recipient.objects.filter(incident=incident).select_related("body").order_by("delivered_at", "pk")
    found = [
        RecipientFace(
            name=row.body.name,
            kind=row.body.kind,
            delivered_at=row.delivered_at,
            read_at=row.read_at,
            is_example=row.body.is_example,
            joined=row.body.state == Body.State.CONFIRMED,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda face: face.read_at is None))


def photos(report_ids: Iterable[int]) -> tuple[PublicPhoto, ...]:
    """Return released photos of these reports, newest first, at most twelve."""
    rows = Photo.objects.filter(report_id__in=list(report_ids), state=Photo.State.PUBLIC).order_by(
        "-received_at"
    )
    return tuple(PublicPhoto(row.name, row.width, row.height, row.received_at) for row in rows[:12])


def incident_steps(incident: Incident) -> list[Step]:
    """Return what happened to an incident, by named bodies."""
    steps = [Step(masked_time(incident.started_at), gettext("Laporan pertama."))]
    for face in recipients(incident):
        name = {"body": face.name}
        steps.append(Step(face.delivered_at, gettext("Diteruskan ke %(body)s.") % name))
        if face.read_at:
            steps.append(Step(face.read_at, gettext("Dibaca oleh %(body)s.") % name))
    steps += [
        Step(reply.at, gettext("Tanggapan dari %(body)s.") % {"body": reply.office})
        for reply in replies(incident)
    ]
    if incident.ended_at:
        steps.append(Step(masked_time(incident.ended_at), gettext("Warga menyebut sudah selesai.")))
    return steps


def decision_steps(report_ids: Iterable[int]) -> list[Step]:
    """Return verifiers' decisions, signed by their body."""
    said = {
        Decision.Verdict.TRUE: gettext("%(body)s memastikan laporan ini benar."),
        Decision.Verdict.FALSE: gettext("%(body)s menyatakan laporan ini tidak terbukti."),
        Decision.Verdict.UNSURE: gettext("%(body)s menarik putusannya."),
    }
    rows = Decision.objects.filter(report_id__in=list(report_ids)).select_related("body").order_by("at")
    someone = gettext("Pemeriksa")
    return [
        Step(row.at, said[Decision.Verdict(row.verdict)] % {"body": row.body.name if row.body else someone})
        for row in rows
    ]


def followup_steps(report_ids: Iterable[int]) -> list[Step]:
    """Return what reporters said later by one tap."""
    rows = Followup.objects.filter(report_id__in=list(report_ids)).order_by("at")
    still, gone = gettext("Pelapor: masih."), gettext("Pelapor: sudah surut.")
    return [Step(masked_time(row.at), still if row.value == "still" else gone) for row in rows]


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return steps newest first, equal ones once."""
    return tuple(sorted(dict.fromkeys(steps), key=lambda step: step.at, reverse=True))


def received() -> str:
    """Return the first line of a report's history."""
    return gettext("Laporan diterima.")
