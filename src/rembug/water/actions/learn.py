"""Learning the onset level of places from what people saw there."""

from collections import defaultdict

from django.db import transaction

from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.water import engine
from rembug.water.models import AreaGround, Observation, PlaceOnset, Terrain
from rembug.water.queries.setup import cities, terrain_of
from rembug.water.rules.outlook import Onset

FEWEST = (
    3  # reports before a place has a level of its own: one report is no pattern, and no house stands alone
)
SURVEYED_CM, ILLUSTRATED_CM = 25.0, 50.0  # how far a place may lie from what the terrain says of its area
NEWEST = 200  # sightings of one place that count


def learn_all(*, actor: Actor) -> int:
    """Learn wherever something new was seen; return how many places learnt."""
    return sum(learn_city(actor=actor, city=city) for city in cities())


@transaction.atomic
def learn_city(*, actor: Actor, city: str) -> int:
    """Learn the onset level of each cell with new sightings, then of the areas around them."""
    fresh = Observation.objects.filter(city=city, taught_at=None)
    places = sorted(set(fresh.values_list("cell", "area_code")))
    if not places:
        return 0
    ground = {row.area_code: row for row in AreaGround.objects.filter(city=city)}
    terrain = terrain_of(city)
    is_surveyed = terrain is not None and terrain.origin == Terrain.Origin.SURVEY
    learnt = 0
    for cell, area in places:
        rows = list(Observation.objects.filter(city=city, cell=cell).order_by("-at")[:NEWEST])
        row = ground.get(area)
        if len(rows) < FEWEST or row is None:
            PlaceOnset.objects.filter(city=city, place=cell).delete()
            continue
        prior = _prior(row, SURVEYED_CM if is_surveyed else ILLUSTRATED_CM)
        sightings = [
            engine.Sighting(
                one.level_cm / 100,
                one.wet,
                None if one.depth_cm is None else one.depth_cm / 100,
                one.probability,
            )
            for one in rows
        ]
        _keep(city, cell, engine.learn_place(sightings, prior))
        learnt += 1
    fresh.update(taught_at=clock.now())
    _areas(city, {area for _, area in places})
    return learnt


def _prior(row: AreaGround, away_cm: float) -> Onset:
    level = float("inf") if row.onset_cm is None else row.onset_cm
    return Onset(level, (row.sd_cm**2 + away_cm**2) ** 0.5)


def _areas(city: str, changed: set[str]) -> None:
    """An area floods once its lowest known place does; what no report has taught stays with the terrain."""
    cells: dict[str, set[str]] = defaultdict(set)
    for cell, area in Observation.objects.filter(city=city, area_code__in=changed).values_list(
        "cell", "area_code"
    ):
        cells[area].add(cell)
    for area in sorted(changed):
        lowest = PlaceOnset.objects.filter(city=city, place__in=cells[area]).order_by("level_cm").first()
        if lowest is None:
            PlaceOnset.objects.filter(city=city, place=area).delete()
        else:
            _keep(city, area, Onset(lowest.level_cm, lowest.sd_cm, "learnt", lowest.observations))


def _keep(city: str, place: str, onset: Onset) -> None:
    PlaceOnset.objects.update_or_create(
        city=city,
        place=place,
        defaults={
            "level_cm": onset.level_cm,
            "sd_cm": onset.sd_cm,
            "observations": onset.observations,
            "learnt_at": clock.now(),
        },
    )
