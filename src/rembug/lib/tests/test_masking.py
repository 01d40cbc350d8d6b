"""R-09: however often the public asks, a home is not found; a street is shown as it is."""

import json
import math
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box, shape

from rembug.lib.masking import Donut, PublicPlace, Sensitivity, distance_m, public_place, public_time

KEY = b"a key for tests only, 32 bytes .."
HOME = (109.6753, -6.8886)
DATA = Path(os.environ.get("REMBUG_DATA", Path(__file__).parents[5] / "shared" / "data"))


def masked(who: str, lon: float = HOME[0], lat: float = HOME[1], **options: object) -> PublicPlace:
    place = public_place(lon, lat, Sensitivity.HOME, private_id=who, key=KEY, **options)  # type: ignore[arg-type]
    assert place is not None
    return place


def test_a_thousand_reads_of_a_home_are_one_read() -> None:
    assert len({masked("report-1") for _ in range(1000)}) == 1


def test_the_mean_of_a_thousand_reads_is_no_nearer_than_one() -> None:
    reads = [masked("report-1") for _ in range(1000)]
    mean = sum(r.lon for r in reads) / 1000, sum(r.lat for r in reads) / 1000
    assert distance_m(*HOME, *mean) >= 80


def test_reports_of_one_person_with_a_shaking_position_share_one_shift() -> None:
    shaken = [(HOME[0] + i * 1e-5, HOME[1] - i * 1e-5) for i in range(20)]
    shown = [masked("person-7", lon, lat) for lon, lat in shaken]
    mean = sum(p.lon for p in shown) / 20, sum(p.lat for p in shown) / 20
    assert distance_m(*shaken[10], *mean) >= 70


@given(
    st.floats(-179.9, 179.9),
    st.floats(-80, 80),
    st.text(max_size=40),
    st.sampled_from([(20, 70), (80, 250), (300, 900)]),
)
@settings(deadline=None)
def test_a_home_is_always_moved_and_never_too_far(
    lon: float, lat: float, who: str, ring: tuple[int, int]
) -> None:
    place = masked(who, lon, lat, donut=Donut(*ring))
    assert ring[0] <= distance_m(lon, lat, place.lon, place.lat) <= ring[1]
    assert (place.lon, place.lat) == (round(place.lon, 4), round(place.lat, 4))
    assert place.moved_up_to_m == ring[1]


def test_shifts_point_everywhere_and_fill_the_ring_evenly() -> None:
    angles, radii = [], []
    for number in range(4000):
        place = masked(f"r{number}")
        north, east = place.lat - HOME[1], (place.lon - HOME[0]) * math.cos(math.radians(HOME[1]))
        angles.append(math.atan2(east, north))
        radii.append(distance_m(*HOME, place.lon, place.lat))
    for eighth in range(8):
        share = sum(
            -math.pi + eighth * math.tau / 8 <= a < -math.pi + (eighth + 1) * math.tau / 8 for a in angles
        )
        assert share / 4000 == pytest.approx(1 / 8, abs=0.025)
    # Half of the ring's surface lies within this radius.
    half = math.sqrt((80**2 + 250**2) / 2)
    assert sum(r < half for r in radii) / 4000 == pytest.approx(0.5, abs=0.03)


def test_another_key_gives_another_place() -> None:
    other = public_place(*HOME, Sensitivity.HOME, private_id="r", key=KEY[::-1])
    assert other != masked("r")


@given(st.text(max_size=20))
@settings(deadline=None)
def test_a_home_stays_in_its_kelurahan(who: str) -> None:
    strip = box(HOME[0] - 0.003, HOME[1] - 0.0002, HOME[0] + 0.003, HOME[1] + 0.0002)
    place = masked(who, inside=strip)
    assert strip.contains(Point(place.lon, place.lat))
    assert place == masked(who, inside=strip)


def test_a_home_with_nowhere_to_go_is_not_shown() -> None:
    tiny = Point(HOME).buffer(0.0001)
    assert public_place(*HOME, Sensitivity.HOME, private_id="r", key=KEY, inside=tiny) is None


def test_every_home_in_the_real_kelurahan_can_be_shown() -> None:
    source = DATA / "boundaries" / "pekalongan_kelurahan_33.75.geojson"
    if not source.exists():
        pytest.skip("the boundaries are not here: set REMBUG_DATA to the folder that holds them")
    for number, feature in enumerate(json.loads(source.read_text())["features"]):
        area = shape(feature["geometry"])
        corners = list(area.convex_hull.exterior.coords)
        for lon, lat in [area.representative_point().coords[0], *corners]:
            place = masked(f"r{number}", lon, lat, inside=area)
            assert area.contains(Point(place.lon, place.lat))


def test_a_street_is_shown_with_five_decimals() -> None:
    place = public_place(109.67531234, -6.88861234, Sensitivity.EXACT, private_id="r", key=KEY)
    assert place == PublicPlace(109.67531, -6.88861, 0.0)


def test_a_private_report_has_no_place_and_no_time() -> None:
    assert public_place(*HOME, Sensitivity.NONE, private_id="r", key=KEY) is None
    assert public_time(datetime(2025, 12, 4, tzinfo=UTC), Sensitivity.NONE) is None


@given(st.datetimes(timezones=st.timezones()))
@settings(deadline=None)
def test_a_public_time_is_never_in_the_future_and_tells_no_minute(at: datetime) -> None:
    for sensitivity, minutes in ((Sensitivity.EXACT, 5), (Sensitivity.HOME, 10)):
        shown = public_time(at, sensitivity)
        assert shown is not None
        assert timedelta(0) <= at - shown < timedelta(minutes=minutes)
        assert shown.minute % minutes == shown.second == shown.microsecond == 0
        assert public_time(shown, sensitivity) == shown


@pytest.mark.parametrize(("lon", "lat"), [(math.nan, 0), (0, math.inf), (181, 0), (0, 86)])
def test_a_place_not_on_earth_is_an_error(lon: float, lat: float) -> None:
    with pytest.raises(ValueError, match="longitude"):
        public_place(lon, lat, Sensitivity.HOME, private_id="r", key=KEY)


def test_bad_settings_are_errors() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        public_place(*HOME, Sensitivity.HOME, private_id="r", key=b"short")
    with pytest.raises(ValueError, match="donut"):
        Donut(100, 120)
    with pytest.raises(ValueError, match="zone"):
        public_time(datetime(2025, 12, 4), Sensitivity.EXACT)  # noqa: DTZ001  # the fault under test
