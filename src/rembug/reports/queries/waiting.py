"""Whether there is anything to do: asked every second, answered from a partial index."""

from django.db.models import QuerySet

from rembug.lib import clock
from rembug.reports.models import Attached, Photo, PhotoLink, Report


def to_process() -> bool:
    """Tell whether a stored report has not been made ready yet."""
    return Report.objects.filter(processed_at=None).exists()


def to_settle() -> bool:
    """Tell whether a change has not reached its neighbours yet."""
    return Report.objects.exclude(stirred_at=None).exclude(processed_at=None).exists()


def to_develop() -> bool:
    """Tell whether a photo has come in and is not developed yet."""
    return Photo.objects.filter(state=Photo.State.RECEIVED).exists()


def to_fetch() -> bool:
    """Tell whether a photo that lies elsewhere is due."""
    return PhotoLink.objects.filter(due_at__lte=clock.now()).exists()


def to_forget() -> bool:
    """Tell whether the files of an erased photo still lie there."""
    photos = Photo.objects.filter(state=Photo.State.REFUSED, reason="erased")
    return photos.exists() or Attached.objects.filter(state=Attached.State.HIDDEN, reason="erased").exists()


def count(*, only_waiting: bool = False) -> int:
    """Return how many reports are stored, or how many of them wait to be judged."""
    rows = Report.objects.filter(processed_at=None) if only_waiting else Report.objects.all()
    return rows.count()


def is_empty(city: str) -> bool:
    """Tell whether the city never had a report."""
    return not Report.objects.filter(city=city).exists()


def decided_count(city: str) -> int:
    """Return how many reports of the city a person has decided."""
    return Report.objects.filter(city=city).exclude(decided="").count()


def standing(city: str) -> QuerySet[Report]:
    """Return the city's reports that take part in judging."""
    return Report.objects.filter(city=city, state=Report.State.ACTIVE).exclude(processed_at=None)
