"""How good the forecasts were: what the page of skill shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rembug.lib import clock
from rembug.lib.pack.water_types import CALLED_FROM
from rembug.water.models import AreaGround, Forecast, PlaceOnset, Score
from rembug.water.queries.setup import facts_of, has_water
from rembug.water.rules.outlook import Onset
from rembug.water.rules.scoring import EventSkill, LeadSkill, Scored, events, skill_by_lead

LOOK_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Skill:
    """Errors by lead time and calls of floods.

    `onset_cm`: level of the area that floods first. `called_from`: probability from which a flood counts as called.
    """

    since: datetime
    forecasts: int
    onset_cm: float | None
    called_from: float
    leads: tuple[LeadSkill, ...]
    events: tuple[EventSkill, ...]


def skill(city: str) -> Skill:
    """Return how the forecasts of the last 90 days came out."""
    since = clock.now() - LOOK_BACK
    onset = _lowest_onset(city)
    called_from = facts_of(city).rules.called_from if has_water(city) else CALLED_FROM
    return Skill(
        since,
        Forecast.objects.filter(city=city, issued_at__gte=since).count(),
        onset,
        called_from,
        skill_by_lead(_scores(city, Score.Kind.LEVEL, since)),
        events(_scores(city, Score.Kind.CREST, since), Onset(onset, 0.0), called_from)
        if onset is not None
        else (),
    )


def _lowest_onset(city: str) -> float | None:
    """Return the level from which the first area floods: learnt where reports have taught it, else the terrain's."""
    ground = list(AreaGround.objects.filter(city=city).values_list("area_code", "onset_cm"))
    found = {code: onset for code, onset in ground if onset is not None}
    areas = [code for code, _ in ground]
    found |= dict(PlaceOnset.objects.filter(city=city, place__in=areas).values_list("place", "level_cm"))
    return min(found.values(), default=None)


def _scores(city: str, kind: str, since: datetime) -> Iterator[Scored]:
    columns = ("lead_h", "said_cm", "sigma_cm", "seen_cm")
    rows = Score.objects.filter(city=city, kind=kind, at__gte=since).order_by("at", "lead_h")
    return (Scored(*row) for row in rows.values_list(*columns).iterator())
