"""What the map answers from its sums is what counting one report after the other gives."""

from __future__ import annotations

import h3.api.basic_int as h3
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rembug.reports.rules.pyramid import Pyramid
from rembug.reports.rules.screen import CELLS_MAX, FINEST, POINTS_MAX, Box, Columns, live_in

WEST, SOUTH, EAST, NORTH = 109.64, -6.92, 109.73, -6.85
NOW = 1000.0


def crowd(n: int, seed: int) -> Columns:
    """n reports, half of them on a few spots, some over already, in three categories."""
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(WEST, EAST, n), rng.uniform(SOUTH, NORTH, n)
    spot = rng.random(n) < 0.5
    lon[spot], lat[spot] = np.round(lon[spot], 2), np.round(lat[spot], 2)
    return Columns(
        id=rng.permutation(n).astype(np.int64),
        lon=lon,
        lat=lat,
        cell=np.array(
            [h3.latlng_to_cell(y, x, FINEST) for x, y in zip(lon, lat, strict=True)], dtype=np.uint64
        ),
        category=rng.integers(0, 3, n),
        depth=rng.integers(-1, 5, n),
        rung=rng.integers(0, 6, n),
        percent=rng.integers(0, 101, n),
        until=rng.choice([NOW - 1, NOW + 5, NOW + 9], n, p=[0.1, 0.5, 0.4]),
    )


@settings(max_examples=120, deadline=None)
@given(
    st.integers(0, 900),
    st.integers(0, 5),
    st.integers(0, 24),
    st.tuples(*[st.floats(-0.2, 1.2)] * 4),
    st.sampled_from([None, 0, 1, 2]),
    st.booleans(),
)
def test_the_sums_say_what_plain_counting_says(
    n: int, seed: int, zoom: int, corners: tuple[float, ...], category: int | None, dateline: bool
) -> None:
    columns = crowd(n, seed)
    x, y = sorted(corners[:2]), sorted(corners[2:])
    west, east = (WEST + part * (EAST - WEST) for part in x)
    south, north = (SOUTH + part * (NORTH - SOUTH) for part in y)
    box = Box(east, south, west, north) if dateline else Box(west, south, east, north)
    plain = columns.take(live_in(columns, box, NOW, category))
    shown = Pyramid.over(columns).answer(box, zoom, NOW, category)
    assert shown.total == len(plain)
    assert len(shown.points) + sum(int(cell[2]) for cell in shown.cells) == len(plain)
    assert set(shown.points.id.tolist()) <= set(plain.id.tolist())
    assert len(shown.cells) <= CELLS_MAX
    assert len(shown.points) <= POINTS_MAX
    if shown.cells:
        assert max(cell[3] for cell in shown.cells) == plain.depth.max()
        middle = sum(cell[0] * cell[2] for cell in shown.cells) / len(plain)
        assert abs(middle - plain.lon.mean()) < 1e-4


def test_few_reports_near_by_are_shown_one_by_one() -> None:
    columns = crowd(200, 1)
    box = Box(WEST, SOUTH, EAST, NORTH)
    shown = Pyramid.over(columns).answer(box, 13, NOW)
    assert not shown.cells
    assert set(shown.points.id.tolist()) == set(columns.id[live_in(columns, box, NOW)].tolist())


def test_nothing_is_an_answer_too() -> None:
    shown = Pyramid.over(crowd(0, 1)).answer(Box(-180, -90, 180, 90), 10, NOW)
    assert (shown.cells, shown.total) == ([], 0)
