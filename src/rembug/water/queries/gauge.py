"""The gauge: its newest level, and how the last look at its feed went."""

from dataclasses import dataclass
from datetime import datetime

from rembug.lib import clock
from rembug.water.models import Feed, Level


@dataclass(frozen=True, slots=True)
class GaugeState:
    """The newest level of a city's gauge and its feed. `fault` says why the last look at the feed failed."""

    last_at: datetime | None
    last_cm: float | None
    age_s: float | None
    has_feed: bool
    looked_at: datetime | None
    fault: str


def gauge_state(city: str) -> GaugeState:
    """Return what is known of the city's gauge."""
    last = Level.objects.filter(city=city, fault="", at__lte=clock.now()).order_by("-at").first()
    feed = Feed.objects.filter(city=city).first()
    return GaugeState(
        last_at=None if last is None else last.at,
        last_cm=None if last is None else last.level_cm,
        age_s=None if last is None else (clock.now() - last.at).total_seconds(),
        has_feed=feed is not None,
        looked_at=None if feed is None else feed.looked_at,
        fault=feed.fault if feed else "",
    )


def levels_of(city: str) -> tuple[list[datetime], list[float]]:
    """Return every usable level of the gauge in order of time, centimetres above the stated zero."""
    rows = list(Level.objects.filter(city=city, fault="").order_by("at").values_list("at", "level_cm"))
    return [at for at, _ in rows], [level for _, level in rows]
