"""Forgetting a person or a phone: words, place and link go, the numbers of the city and the log's proofs stay."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

import h3
from django.core.files.storage import default_storage
from django.db import transaction

from rembug.audit.actions import Act, Ref, record_many
from rembug.lib import clock
from rembug.lib.actor import ANONYMOUS, Actor, system
from rembug.lib.images.outcome import SIDES
from rembug.places import queries as places
from rembug.reports.actions.attach import forget_files
from rembug.reports.actions.stir import stirred
from rembug.reports.models import Attached, Correction, Decision, Followup, Photo, Report, SpentProof, Vote
from rembug.reports.queries import personal

COARSE, FINE = 6, 9  # H3 resolutions: a place nobody can be found by (3 km), and the stored cell
ERASED = "erased"  # reason of a photo whose files wait to be deleted


@transaction.atomic
def erase(*, actor: Actor) -> int:
    """Forget the actor's reports and votes; return how many. Calling it again changes nothing more.

    Kept, with nothing that leads back: category, area, depth, hour, decision, follow-ups by the hour, the vote
    without its voter. Destroyed: words, landmark, name, exact place and time, photos, the link to the person or
    phone, the receipt, and the salt without which the log's commitment says nothing. The id that the phone made
    stays, so that a send repeated by its outbox cannot bring the report back.
    """
    rows = list(personal.reports_of(actor).select_for_update(of=("self",)).exclude(state=Report.State.ERASED))
    receipts = [report.receipt_hash for report in rows]
    for report in rows:
        _blank(report)
        report.save()
    _forget_around(rows, receipts)
    # The log says that a report was erased, never by whom.
    record_many(Act(ANONYMOUS, "report.erased", Ref("report", row.code), {}, row.city) for row in rows)
    votes = list(Vote.objects.select_for_update().filter(source__in=personal.sources_of(actor)))
    for vote in votes:
        vote.source, vote.at = _nobody(), _hour(vote.at)
    Vote.objects.bulk_update(votes, ["source", "at"])
    SpentProof.objects.filter(source__in=personal.sources_of(actor)).update(source="")
    if rows:
        transaction.on_commit(_delete_now)
    return len(rows) + len(votes)


def delete_files(*, actor: Actor) -> int:
    """Delete the files of erased photos, then their rows; return how many photos.

    The row goes last: whatever stops this run, the next one finds what is left.
    """
    done = 0
    for row in Attached.objects.filter(state=Attached.State.HIDDEN, reason=ERASED).order_by("pk"):
        forget_files(row.name)
        row.delete()
        done += 1
    for photo in Photo.objects.filter(state=Photo.State.REFUSED, reason=ERASED).order_by("pk"):
        for name in files_of(photo.name):
            default_storage.delete(name)
        photo.delete()
        done += 1
    return done


def forget_spent_proofs(*, actor: Actor) -> int:
    """Delete used proofs of work a day after they would have expired anyway; return how many."""
    return SpentProof.objects.filter(expires_at__lt=clock.now() - timedelta(days=1)).delete()[0]


def files_of(name: str) -> list[str]:
    """Return every storage key that a photo may have: as it came, and in each size."""
    return [f"incoming/{name}", *(f"photos/{name}-{side}.jpg" for side in SIDES)]


def _delete_now() -> None:
    delete_files(actor=system("reports.forget"))


def _blank(report: Report) -> None:
    counted = report.state == Report.State.ACTIVE and report.public_lon is not None
    report.lon, report.lat = _coarse(report)
    report.public_lon, report.public_lat = (report.lon, report.lat) if counted else (None, None)
    report.cell = h3.latlng_to_cell(report.lat, report.lon, FINE)
    report.observed_at, report.observed_from = _hour(report.observed_at), _hour(report.observed_from)
    report.received_at = _hour(report.received_at)
    report.located_by, report.accuracy_m = "area", None
    report.landmark = report.text = report.text_public = report.signed_name = report.foreign_ref = ""
    report.answers = {}
    report.text_hash = report.photo_flags = 0
    report.packed_reasons = b""
    report.source, report.person, report.body, report.joins = _nobody(), None, None, None
    report.salt, report.payload_hash, report.receipt_hash = b"", "", secrets.token_hex(32)
    report.state, report.state_reason = Report.State.ERASED, ""
    for name, value in stirred().items():
        setattr(report, name, value)


def _coarse(report: Report) -> tuple[float, float]:
    """Return the middle of the report's area, or of a cell 3 km wide where the area is unknown."""
    known = {area.code: area for area in places.areas(report.city)} if report.area_code else {}
    area = known.get(report.area_code)
    if area is not None:
        return area.lon, area.lat
    lat, lon = h3.cell_to_latlng(h3.latlng_to_cell(report.lat, report.lon, COARSE))
    return lon, lat


def _forget_around(rows: list[Report], receipts: list[str]) -> None:
    """Forget what was added to the reports later: by the reporter, and in words about the reporter."""
    keys = [row.pk for row in rows]
    Correction.objects.filter(report__in=keys).delete()
    Decision.objects.filter(report__in=keys).update(words="")
    notes = list(Followup.objects.filter(report__in=keys))
    for note in notes:
        note.at = _hour(note.at)
    Followup.objects.bulk_update(notes, ["at"])
    Attached.objects.filter(receipt__in=receipts).update(
        state=Attached.State.HIDDEN, reason=ERASED, phash="", payload_hash="", exif_at=None, exif_m=None
    )
    Photo.objects.filter(report__in=keys).update(
        state=Photo.State.REFUSED, reason=ERASED, phash="", payload_hash="", exif_at=None, exif_m=None
    )


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _nobody() -> str:
    """Return a source that belongs to nobody; each is another one, so that nothing can be put together again."""
    return secrets.token_hex(16)


class _Keeper:
    """Reports as a keeper of personal data (setting DATA_HOLDERS)."""

    def export(self, *, actor: Actor) -> Mapping[str, object]:
        """Return everything about the actor."""
        return personal.export(actor=actor)

    def erase(self, *, actor: Actor) -> int:
        """Forget the actor."""
        return erase(actor=actor)


holder = _Keeper()
