"""What is in force for a city: facts of its pack, constants, terrain."""

from rembug.lib.errors import NotFound
from rembug.lib.pack import WaterFacts, water_from_json
from rembug.water.models import Setup, Station, Terrain
from rembug.water.rules.land import Land
from rembug.water.rules.packing import unpack_cm, unpack_flags


def has_water(city: str) -> bool:
    """Tell whether the city's pack says anything of its sea."""
    return Setup.objects.filter(city=city).exists()


def cities() -> list[str]:
    """Return the cities with a sea."""
    return list(Setup.objects.order_by("city").values_list("city", flat=True))


def facts_of(city: str) -> WaterFacts:
    """Return what the pack says of the water. Raises `NotFound`."""
    facts = Setup.objects.filter(city=city).values_list("facts", flat=True).first()
    if facts is None:
        raise NotFound("Kota ini belum punya data air laut. Tambahkan water.toml ke paket kota.")
    return water_from_json(facts)


def station_of(city: str) -> Station:
    """Return the constants in force: own ones before those of the pack, the latest of each. Raises `NotFound`."""
    rows = Station.objects.filter(city=city, retired_at=None)
    found = rows.filter(origin=Station.Origin.OWN).order_by("-adopted_at").first()
    found = found or rows.filter(origin=Station.Origin.PACK).order_by("-adopted_at").first()
    if found is None:
        raise NotFound("Kota ini belum punya konstanta pasang surut. Tambahkan water.toml ke paket kota.")
    return found


def terrain_of(city: str) -> Terrain | None:
    """Return the terrain in force: a survey before the illustration, the latest of each."""
    rows = Terrain.objects.filter(city=city)
    found = rows.filter(origin=Terrain.Origin.SURVEY).order_by("-adopted_at", "-id").first()
    return found or rows.order_by("-adopted_at", "-id").first()


def land_of(terrain: Terrain) -> Land:
    """Return a stored terrain as ground heights."""
    rows, columns = terrain.rows, terrain.columns
    return Land(
        west=terrain.west,
        north=terrain.north,
        east=terrain.east,
        south=terrain.south,
        cell_m=terrain.cell_m,
        z=unpack_cm(bytes(terrain.heights), rows, columns) / 100,
        sea=unpack_flags(bytes(terrain.sea), rows, columns),
        sigma_m=terrain.sigma_m,
        vertical_datum=terrain.vertical_datum,
        survey_date=terrain.survey_date,
        source=terrain.source,
    )
