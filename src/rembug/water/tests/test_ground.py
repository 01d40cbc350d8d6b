"""Ground: always the same illustration, a survey in its place, faults that name the remedy."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from rembug.lib import clock
from rembug.water.actions.prepare import prepare
from rembug.water.engine.survey import utm
from rembug.water.models import AreaGround, Setup, Terrain
from rembug.water.queries.outlook import area_outlook
from rembug.water.rules.packing import pack_cm, unpack_cm
from rembug.water.tests import made

FACTS = ("--datum", "MSL", "--surveyed", "2024-05-01", "--sigma", "0.1", "--crs", "EPSG:32749")


@pytest.fixture
def city() -> Iterator[None]:
    with clock.led(made.NOW):
        made.load()
        yield


def water(*words: str | Path) -> str:
    out = StringIO()
    call_command("water", *map(str, words), stdout=out)
    return out.getvalue()


def survey(folder: Path, height: float) -> Path:
    """Write a flat terrain of 13 km around the city, UTM zone 49 south, cells of 200 m."""
    east, north = utm(np.array([[109.615]]), np.array([[-6.955]]), 49, south=True)
    row = " ".join([str(height)] * 75)
    head = f"ncols 75\nnrows 75\nxllcorner {east[0, 0]}\nyllcorner {north[0, 0]}\ncellsize 200\n"
    path = folder / "lidar.asc"
    path.write_text(head + "\n".join([row] * 75))
    return path


def test_the_projection_is_that_of_a_known_point() -> None:
    east, north = utm(np.array([[111.0, 108.0]]), np.array([[0.0, 0.0]]), 49, south=True)
    assert east[0].tolist() == pytest.approx([500_000.0, 166_021.443], abs=0.01)
    assert north[0].tolist() == pytest.approx([10_000_000.0] * 2, abs=0.01)


def test_heights_survive_packing() -> None:
    cm = unpack_cm(pack_cm(np.array([[0.25, -1.0], [np.nan, np.inf]])), 2, 2)
    assert cm[0].tolist() == [25, -100]
    assert np.isnan(cm[1, 0])
    assert np.isinf(cm[1, 1])


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
def test_the_illustration_is_always_the_same_and_low_wards_lie_low() -> None:
    before = Terrain.objects.get()
    assert not prepare(actor=made.ACTOR, city=made.CITY)
    Terrain.objects.all().delete()
    Setup.objects.update(prepared="")
    assert prepare(actor=made.ACTOR, city=made.CITY)
    assert Terrain.objects.get().digest == before.digest
    onset = dict(AreaGround.objects.values_list("area_code", "onset_cm"))
    assert (onset[made.LOW] or 0) < 60 < 200 < (onset["33.75.04.1004"] or 0)


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
def test_a_survey_replaces_the_illustration_and_can_be_given_up(tmp_path: Path) -> None:
    assert "100%" in water("terrain", "import", survey(tmp_path, 0.3), *FACTS)
    made.forecast()
    found = area_outlook(made.CITY, made.LOW)
    assert found is not None
    assert not found.illustrative
    assert 30 <= found.onset.level_cm <= 100
    assert "1 survey" in water("terrain", "reset")
    assert area_outlook(made.CITY, made.LOW).illustrative  # type: ignore[union-attr]


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("--datum", " "), "vertical_datum"),
        (("--surveyed", "yesterday"), "survey_date"),
        (("--datum", "EGM2008"), "--shift"),
        (("--crs", "EPSG:4326"), "crs.*EPSG:32749"),
        (("--crs", "EPSG:32650"), "covers no part of the city"),
    ],
)
def test_a_terrain_that_says_too_little_is_refused(
    tmp_path: Path, change: tuple[str, str], named: str
) -> None:
    with pytest.raises(CommandError, match=named):
        water("terrain", "import", survey(tmp_path, 0.3), *FACTS, *change)
    assert Terrain.objects.count() == 1
