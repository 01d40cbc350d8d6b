"""Counting what was not taken, so that received = stored + refused can be checked every hour."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from rembug.lib.actor import Actor
from rembug.places import queries as places
from rembug.reports.models import Refusal


def count_refusals(faults: Iterable[tuple[str, str, str]], *, now: datetime, actor: Actor) -> None:
    """Add (city, channel, reason) counts to their hour. No public act: nothing of the content is kept or logged."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    counted = Counter(faults)
    known = set(places.cities()) if counted else set()
    for (said, channel, reason), count in counted.items():
        city = said if said in known else ""  # a made-up city is counted too, but not written down
        _, created = Refusal.objects.get_or_create(
            city=city, hour=hour, channel=channel, reason=reason, defaults={"count": count}
        )
        if not created:
            rows = Refusal.objects.filter(city=city, hour=hour, channel=channel, reason=reason)
            rows.update(count=F("count") + count)
