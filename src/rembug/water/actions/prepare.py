"""Making ready what a forecast needs: constants, ground, and what the ground means for each area."""

import numpy as np
import shapely
from django.db import transaction
from shapely.geometry import shape

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.pack import WaterFacts
from rembug.places import queries as places
from rembug.water import engine
from rembug.water.models import AreaGround, Setup, Station, Terrain
from rembug.water.queries.setup import facts_of, land_of, terrain_of
from rembug.water.rules import curves
from rembug.water.rules.illustration import Raster, plain
from rembug.water.rules.inputs import digest_of
from rembug.water.rules.land import Land
from rembug.water.rules.packing import pack_cm, pack_flags

ILLUSTRATION = "Ilustrasi Rembug, dibuat program; bukan hasil ukur"
LEVELS = ("kelurahan", "kecamatan", "city")


@transaction.atomic
def prepare(*, actor: Actor, city: str) -> bool:
    """Bring constants and ground up to the pack, the areas and the survey in force; tell whether anything changed."""
    setup = Setup.objects.select_for_update().filter(city=city).first()
    if setup is None:
        return False
    survey = Terrain.objects.filter(city=city, origin=Terrain.Origin.SURVEY).order_by("-adopted_at").first()
    key = digest_of(setup=setup.digest, areas=places.version(city), survey=survey.digest if survey else "")
    if setup.prepared == key:
        return False
    facts = facts_of(city)
    _adopt_pack(city)
    _draw(actor, city, facts)
    _measure(city, facts)
    setup.prepared = key
    setup.save(update_fields=["prepared"])
    return True


def _adopt_pack(city: str) -> None:
    data = Setup.objects.values_list("facts", flat=True).get(city=city)["station"]
    ratio, name = engine.type_of(data)
    Station.objects.update_or_create(
        city=city,
        digest=digest_of(station=data),
        defaults={
            "origin": Station.Origin.PACK,
            "data": data,
            "tide_type": name,
            "formzahl": round(ratio, 3),
            "adopted_at": clock.now(),
        },
    )


def _draw(actor: Actor, city: str, facts: WaterFacts) -> None:
    """Draw the pack's illustrative plain, also beside a survey: a city may go back to it."""
    shapes = {
        area.code: shape(places.shape(city, area.code)) for area in places.areas(city, level="kelurahan")
    }
    raster = Raster.over(places.city(city).bbox, facts.ground.cell_m)
    z, sea = plain(raster, facts.ground, shapes)
    land = Land(
        west=raster.west,
        north=raster.north,
        east=raster.east,
        south=raster.south,
        cell_m=raster.cell_m,
        z=z,
        sea=sea,
        sigma_m=facts.ground.sigma_m,
        vertical_datum="MSL",
        survey_date=f"{clock.now():%Y-%m-%d}",
        source=ILLUSTRATION,
    )
    put_terrain(actor=actor, city=city, land=land, origin=Terrain.Origin.ILLUSTRATION)


def put_terrain(*, actor: Actor, city: str, land: Land, origin: str) -> bool:
    """Keep a terrain; tell whether it is new."""
    heights, sea = pack_cm(land.z), pack_flags(land.sea)
    surveyed = land.survey_date if origin == Terrain.Origin.SURVEY else ""
    digest = digest_of(
        z=heights.hex(), sea=sea.hex(), sigma=land.sigma_m, datum=land.vertical_datum, surveyed=surveyed
    )
    _, is_new = Terrain.objects.update_or_create(
        city=city,
        digest=digest,
        defaults={"adopted_at": clock.now()},
        create_defaults={
            "origin": origin,
            "source": land.source[:200],
            "vertical_datum": land.vertical_datum,
            "survey_date": land.survey_date,
            "sigma_m": land.sigma_m,
            "rows": land.z.shape[0],
            "columns": land.z.shape[1],
            "cell_m": land.cell_m,
            "west": land.west,
            "north": land.north,
            "east": land.east,
            "south": land.south,
            "heights": heights,
            "sea": sea,
            "adopted_at": clock.now(),
        },
    )
    if is_new:
        data = {"terrain": digest, "origin": origin, "datum": land.vertical_datum, "sigma_m": land.sigma_m}
        record(actor=actor, verb="terrain.adopted", obj=Ref("city", city), data=data, city=city)
    return is_new


def _measure(city: str, facts: WaterFacts) -> None:
    terrain = terrain_of(city)
    if terrain is None:
        return
    land = land_of(terrain)
    onset = engine.flooding(land, tuple((row.points, row.crest_m) for row in facts.dykes)).onset
    terrain.onsets = pack_cm(onset)
    terrain.save(update_fields=["onsets"])
    lon, lat = land.centres()
    z_cm, onset_cm = np.where(land.sea, np.nan, land.z * 100), onset * 100
    rows = []
    for area in places.areas(city):
        if area.level not in LEVELS:
            continue
        inside = shapely.contains_xy(shape(places.shape(city, area.code)), lon, lat)
        curve = curves.curve_of(z_cm[inside], onset_cm[inside], facts.rules.onset_share)
        rows.append(
            AreaGround(
                city=city,
                area_code=area.code,
                terrain=terrain,
                onset_cm=curve.onset_cm,
                sd_cm=round(land.sigma_m * 100, 1),
                lowest_cm=curves.LOWEST_CM,
                step_cm=curves.STEP_CM,
                depth_cm=list(curve.depth_cm),
                share=list(curve.share),
            )
        )
    AreaGround.objects.filter(city=city).delete()
    AreaGround.objects.bulk_create(rows)
