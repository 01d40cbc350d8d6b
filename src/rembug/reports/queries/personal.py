"""Everything that reports keep about one person or phone, and nothing about others."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from rembug.lib import ids
from rembug.lib.actor import Actor
from rembug.reports.models import Decision, IncidentLink, Photo, Reply, Report, Vote

PLAIN = (  # columns that are handed out as they stand
    *("code", "city", "channel", "category", "claim", "depth_class", "depth_low_cm", "depth_high_cm"),
    *(
        "setting",
        "since",
        "lon",
        "lat",
        "accuracy_m",
        "located_by",
        "area_code",
        "landmark",
        "text",
        "answers",
    ),
    *("language", "visibility", "signed_name", "state", "rung", "text_public", "public_lon", "public_lat"),
)


def sources_of(actor: Actor) -> tuple[str, ...]:
    """Return the keyed names under which this actor has reported and voted; a stranger has none.

    Somebody who is signed in on a phone speaks for both: whoever holds the phone may see what it sent anyway.
    """
    keys = []
    if actor.person_id is not None:
        keys.append(f"person:{actor.person_id}")
    if actor.device_hash:
        keys.append(f"device:{actor.device_hash}")
    return tuple(ids.keyed(settings.SECRET_KEY, "source", key) for key in keys)


def reports_of(actor: Actor) -> QuerySet[Report]:
    """Return the actor's own reports. What an operator entered for others is not theirs."""
    return Report.objects.filter(source__in=sources_of(actor)).order_by("id")


def export(*, actor: Actor) -> Mapping[str, object]:
    """Return all of it as JSON: own reports with everything said afterwards, votes, and acts in an office."""
    found: dict[str, object] = {
        "reports": [_report(row) for row in reports_of(actor)],
        "votes": [_vote(row) for row in Vote.objects.filter(source__in=sources_of(actor)).order_by("id")],
    }
    if actor.person_id is not None:
        found["office"] = _office(actor.person_id, sources_of(actor))
    return found


def _report(row: Report) -> dict[str, object]:
    said = {name: getattr(row, name) for name in PLAIN}
    return said | {
        "id_on_phone": str(row.client_id),
        "received_at": _time(row.received_at),
        "observed_from": _time(row.observed_from),
        "observed_at": _time(row.observed_at),
        "joined": row.joins.code if row.joins else None,
        "for_body": row.body.name if row.body else None,
        "probability": round(row.probability, 3),
        "decided": row.decided or None,
        "log_entry": row.entry_hash,
        "corrections": [{"words": c.words, "at": _time(c.at)} for c in row.corrections.order_by("at")],
        "follow_ups": [{"value": f.value, "at": _time(f.at)} for f in row.followups.order_by("at")],
        "photos": [_photo(photo) for photo in row.photos.order_by("received_at")],
    }


def _photo(row: Photo) -> dict[str, object]:
    return {
        "file": row.name,
        "state": row.state,
        "bytes": row.bytes,
        "received_at": _time(row.received_at),
        "camera_time": row.exif_at and _time(row.exif_at),
        "camera_distance_m": row.exif_m,
    }


def _vote(row: Vote) -> dict[str, object]:
    return {"incident": row.incident.code, "value": row.value, "near": row.near, "at": _time(row.at)}


def _office(person_id: int, own: tuple[str, ...]) -> dict[str, object]:
    """Return what a person did in an office: their own acts by public code, not the reports of others."""
    entered = Report.objects.filter(person=person_id).exclude(source__in=own).order_by("id")
    decisions = Decision.objects.filter(by=person_id).select_related("report").order_by("id")
    replies = Reply.objects.filter(by=person_id).order_by("id")
    links = IncidentLink.objects.filter(by=person_id).order_by("id")
    looked = Photo.objects.filter(looked_by=person_id).order_by("id")
    return {
        "entered": [{"report": row.code, "at": _time(row.received_at)} for row in entered],
        "decisions": [
            {
                "report": row.report.code,
                "verdict": row.verdict,
                "reason": row.reason,
                "words": row.words,
                "at": _time(row.at),
            }
            for row in decisions
        ],
        "replies": [{"reply": row.code, "text": row.text, "at": _time(row.at)} for row in replies],
        "links": [{"kind": row.kind, "reason": row.reason, "at": _time(row.at)} for row in links],
        "photos_seen": [row.looked_at and _time(row.looked_at) for row in looked],
    }


def _time(at: datetime) -> str:
    return at.isoformat()
