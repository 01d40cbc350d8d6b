"""Figures for whoever watches the machine: how many came in, how many wait and for how long."""

from dataclasses import dataclass

from django.db.models import Count, Min, Sum

from rembug.lib import clock
from rembug.reports.models import Photo, Refusal, Report


@dataclass(frozen=True, slots=True)
class Gauges:
    """Reports and photos by where they stand. `oldest_waiting_s` is 0 when nothing waits."""

    received: int
    waiting: int
    unsettled: int
    oldest_waiting_s: float
    refused: dict[str, int]
    photos: dict[str, int]


def gauges() -> Gauges:
    """Count. Two partial indexes answer what waits; received reports are counted in full."""
    pending = Report.objects.filter(processed_at=None)
    oldest = pending.aggregate(at=Min("received_at"))["at"]
    refused = Refusal.objects.order_by().values_list("reason").annotate(number=Sum("count"))
    photos = Photo.objects.order_by().values_list("state").annotate(number=Count("id"))
    return Gauges(
        received=Report.objects.count(),
        waiting=pending.count(),
        unsettled=Report.objects.exclude(stirred_at=None).count(),
        oldest_waiting_s=max(0.0, (clock.now() - oldest).total_seconds()) if oldest else 0.0,
        refused=dict(refused),
        photos=dict.fromkeys(Photo.State.values, 0) | dict(photos),
    )
