"""How forecasts came out: what to compare, and hits, false alarms and misses."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from rembug.water.rules.outlook import Onset, probability
from rembug.water.rules.spread import Z80

LEADS_H = (1.0, 3.0, 6.0, 12.0, 24.0, 48.0, 72.0, 168.0)
NEAR = timedelta(minutes=20)  # a level this near to a moment speaks for it
AROUND = timedelta(hours=3)  # a high water may come this much earlier or later than said
FEWEST_AROUND = 5
BUCKETS_H = ((0.0, 12.0), (12.0, 24.0), (24.0, 48.0), (48.0, 72.0), (72.0, 168.0))


@dataclass(frozen=True, slots=True)
class Seen:
    """Levels of the gauge in order of time, centimetres above mean sea level."""

    times: Sequence[datetime]
    level_cm: Sequence[float]

    def at(self, moment: datetime) -> float | None:
        """Return the level at a moment: of the nearest reading within twenty minutes."""
        place = bisect_left(self.times, moment)
        near = [n for n in (place - 1, place) if 0 <= n < len(self.times)]
        best = min(near, key=lambda n: abs(self.times[n] - moment), default=None)
        if best is None or abs(self.times[best] - moment) > NEAR:
            return None
        return self.level_cm[best]

    def highest_around(self, moment: datetime) -> float | None:
        """Return the highest level within three hours of a moment; nothing where the gauge was silent for long."""
        first, last = bisect_left(self.times, moment - AROUND), bisect_left(self.times, moment + AROUND)
        if last - first < FEWEST_AROUND:
            return None
        whole = [moment - AROUND, *self.times[first:last], moment + AROUND]
        if max(b - a for a, b in pairwise(whole)) > AROUND / 2:
            return None
        return max(self.level_cm[first:last])


@dataclass(frozen=True, slots=True)
class Scored:
    """One comparison: hours of lead, what was said with its error, what was seen (centimetres)."""

    lead_h: float
    said_cm: float
    sigma_cm: float
    seen_cm: float


@dataclass(frozen=True, slots=True)
class LeadSkill:
    """Errors at one lead time, centimetres. `inside`: share within the 80 % range that was stated."""

    lead_h: float
    count: int
    bias_cm: float
    mae_cm: float
    rms_cm: float
    inside: float


@dataclass(frozen=True, slots=True)
class EventSkill:
    """How often a flood of the lowest area was called rightly, at leads from `from_h` to `to_h` hours."""

    from_h: float
    to_h: float
    hits: int
    false_alarms: int
    misses: int
    quiet: int
    brier: float | None = None  # mean square of probability less outcome: 0 is perfect
    mae_cm: float | None = None
    inside: float | None = None  # share of high waters within the 80 % range that was stated
    guess: float | None = (
        None  # the Brier score of always saying how often it floods: above it, forecasts are worth nothing
    )

    @property
    def hit_rate(self) -> float | None:
        """Share of the floods that were called; nothing where there was none."""
        floods = self.hits + self.misses
        return self.hits / floods if floods else None

    @property
    def false_alarm_ratio(self) -> float | None:
        """Share of the calls that were wrong; nothing where there was none."""
        calls = self.hits + self.false_alarms
        return self.false_alarms / calls if calls else None


def skill_by_lead(rows: Iterable[Scored]) -> tuple[LeadSkill, ...]:
    """Return the errors at each lead time."""
    leads: dict[float, list[Scored]] = {}
    for row in rows:
        leads.setdefault(row.lead_h, []).append(row)
    return tuple(_lead(lead, found) for lead, found in sorted(leads.items()))


def _lead(lead_h: float, rows: Sequence[Scored]) -> LeadSkill:
    errors = [row.said_cm - row.seen_cm for row in rows]
    count = len(errors)
    inside = sum(abs(row.said_cm - row.seen_cm) <= Z80 * row.sigma_cm for row in rows)
    return LeadSkill(
        lead_h,
        count,
        round(sum(errors) / count, 1) + 0.0,  # no minus zero
        round(sum(map(abs, errors)) / count, 1),
        round(math.sqrt(sum(error * error for error in errors) / count), 1),
        round(inside / count, 3),
    )


def events(rows: Iterable[Scored], onset: Onset, called_from: float) -> tuple[EventSkill, ...]:
    """Return hits, false alarms and misses of high waters against an onset level, by lead time.

    `called_from`: a flood counts as forecast from this probability on.
    """
    known = Onset(onset.level_cm, 0.0)  # that the gauge passed it is a fact, whatever the ground does
    found: dict[tuple[float, float], list[Scored]] = {bucket: [] for bucket in BUCKETS_H}
    for row in rows:
        bucket = next((one for one in BUCKETS_H if one[0] <= row.lead_h < one[1]), None)
        if bucket is not None:
            found[bucket].append(row)
    return tuple(_event(bucket, part, known, called_from) for bucket, part in found.items())


def _event(
    bucket: tuple[float, float], rows: Sequence[Scored], onset: Onset, called_from: float
) -> EventSkill:
    if not rows:
        return EventSkill(*bucket, 0, 0, 0, 0)
    chances = [probability(row.said_cm, row.sigma_cm, onset) for row in rows]
    came = [row.seen_cm >= onset.level_cm for row in rows]
    pairs = [(chance >= called_from, flood) for chance, flood in zip(chances, came, strict=True)]
    often, size = sum(came) / len(rows), _lead(bucket[0], rows)
    squares = sum((chance - flood) ** 2 for chance, flood in zip(chances, came, strict=True))
    return EventSkill(
        *bucket,
        hits=pairs.count((True, True)),
        false_alarms=pairs.count((True, False)),
        misses=pairs.count((False, True)),
        quiet=pairs.count((False, False)),
        brier=round(squares / len(rows), 3),
        guess=round(often * (1 - often), 3),
        mae_cm=size.mae_cm,
        inside=size.inside,
    )
