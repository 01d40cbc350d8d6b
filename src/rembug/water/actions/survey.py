"""Taking a surveyed terrain in place of the illustration."""

from pathlib import Path

import numpy as np
from django.db import transaction
from shapely.geometry import shape

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid
from rembug.places import queries as places
from rembug.water import engine
from rembug.water.actions.levels import allow
from rembug.water.actions.prepare import prepare, put_terrain
from rembug.water.models import Terrain
from rembug.water.queries.setup import facts_of
from rembug.water.rules.illustration import SEA_M, Raster, sea_of
from rembug.water.rules.land import Land

FINEST_M = 10.0
MOST_CELLS = 3_000_000


@transaction.atomic
def import_terrain(
    *, actor: Actor, city: str, path: Path, facts: engine.Facts, source: str, shift_m: float = 0.0
) -> float:
    """Take a terrain file for the city and return the share of its land that the file covers.

    `shift_m`: added to every height to bring its datum to mean sea level. Raises `Invalid` and changes nothing when the
    file cannot be used.
    """
    allow(actor, city)
    ground = facts_of(city).ground
    if facts.datum.strip().upper() != "MSL" and not shift_m:
        remedy = "State --shift METRES: what to add to its heights to reach local mean sea level"
        raise Invalid(
            f"{path}: vertical_datum: {facts.datum} is not mean sea level. {remedy}.",
            faults=(FieldFault("shift", "missing", remedy),),
        )
    shapes = {a.code: shape(places.shape(city, a.code)) for a in places.areas(city, level="kelurahan")}
    raster = _raster(city, path, facts)
    found = engine.read_survey(path, facts, *raster.centres())
    sea = sea_of(raster, ground.coast, shapes)
    z = np.where(sea, np.minimum(np.nan_to_num(found.z + shift_m, nan=SEA_M), SEA_M), found.z + shift_m)
    land = Land(
        west=raster.west,
        north=raster.north,
        east=raster.east,
        south=raster.south,
        cell_m=raster.cell_m,
        z=z,
        sea=sea,
        sigma_m=facts.sigma_m,
        vertical_datum=facts.datum,
        survey_date=facts.surveyed,
        source=source,
    )
    put_terrain(actor=actor, city=city, land=land, origin=Terrain.Origin.SURVEY)
    prepare(actor=actor, city=city)
    return float(np.isfinite(z[~sea]).mean())


def _raster(city: str, path: Path, facts: engine.Facts) -> Raster:
    """Return a raster as fine as the file, no finer than ten metres, and never too large for a small server."""
    box = places.city(city).bbox
    cell = max(engine.cell_of(path, facts), FINEST_M)
    raster = Raster.over(box, cell)
    while raster.rows * raster.columns > MOST_CELLS:
        cell *= 1.25
        raster = Raster.over(box, cell)
    return raster


@transaction.atomic
def drop_terrain(*, actor: Actor, city: str) -> int:
    """Go back to the illustration; return how many surveys were given up."""
    allow(actor, city)
    surveys = Terrain.objects.filter(city=city, origin=Terrain.Origin.SURVEY)
    count = surveys.count()
    surveys.delete()
    if count:
        record(
            actor=actor,
            verb="terrain.dropped",
            obj=Ref("city", city),
            data={"at": f"{clock.now():%F}"},
            city=city,
        )
        prepare(actor=actor, city=city)
    return count
