"""The flood onset against plain methods, and what must never happen when a dyke is raised."""

from __future__ import annotations

import heapq

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rob.onset.minimax import onset
from rob.tests.floods import bowl, edge, terrain
from rob.types import Faces, Floats, RobError

NAN = float("nan")


def plain_dijkstra(z: Floats, sea: np.ndarray, dykes: Faces) -> Floats:
    """The same by a heap over cells and a dictionary of faces, slow and plain."""
    crest: dict[tuple[tuple[int, int], tuple[int, int]], float] = {}
    for row, column, south, top in zip(dykes.row, dykes.column, dykes.south, dykes.crest, strict=True):
        a = (int(row), int(column))
        b = (a[0] + 1, a[1]) if south else (a[0], a[1] + 1)
        for pair in ((a, b), (b, a)):
            crest[pair] = max(crest.get(pair, -np.inf), round(float(top), 3))
    return search(np.round(z, 3), sea, crest)


def search(z: Floats, sea: np.ndarray, crest: dict[tuple[tuple[int, int], tuple[int, int]], float]) -> Floats:
    """Dijkstra's method with max in place of plus."""
    level = np.full(z.shape, np.inf)
    queue = [(z[i, j], i, j) for i, j in np.argwhere(sea).tolist()]
    for top, i, j in queue:
        level[i, j] = top
    heapq.heapify(queue)
    while queue:
        top, i, j = heapq.heappop(queue)
        if top > level[i, j]:
            continue
        for a, b in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)):
            if 0 <= a < z.shape[0] and 0 <= b < z.shape[1]:
                over = max(top, z[a, b], crest.get(((i, j), (a, b)), -np.inf))
                if over < level[a, b]:
                    level[a, b] = over
                    heapq.heappush(queue, (over, a, b))
    return level


def random_dykes(rng: np.random.Generator, shape: tuple[int, int], count: int) -> Faces:
    """Faces anywhere, some of them twice."""
    south = rng.random(count) < 0.5
    row = rng.integers(0, shape[0] - 1, count).astype(np.int32)
    column = rng.integers(0, shape[1] - 1, count).astype(np.int32)
    return Faces(row, column, south, rng.uniform(0.0, 3.0, count))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), st.integers(3, 14), st.integers(3, 14), st.integers(0, 120))
def test_every_level_is_that_of_a_plain_dijkstra(seed: int, rows: int, columns: int, dykes: int) -> None:
    rng = np.random.default_rng(seed)
    z = rng.uniform(0.0, 2.0, (rows, columns))
    sea = edge((rows, columns), rng.choice(["north", "south", "west", "east"]))
    faces = random_dykes(rng, (rows, columns), dykes)
    found = onset(terrain(z), sea, faces).level
    assert np.abs(found - plain_dijkstra(z, sea, faces)).max() < 1e-9


def test_the_answer_is_that_of_grey_scale_reconstruction() -> None:
    morphology = pytest.importorskip("skimage.morphology")
    z = bowl(120)
    sea = edge(z.shape, "south")
    mask = np.rint(z * 1000).astype(np.int32)
    seed = np.where(sea, mask, mask.max()).astype(np.int32)
    cross = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]])
    wanted = morphology.reconstruction(seed, mask, method="erosion", footprint=cross)
    assert np.array_equal(np.rint(onset(terrain(z), sea).level * 1000), wanted)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31))
def test_raising_a_dyke_never_lowers_an_onset(seed: int) -> None:
    rng = np.random.default_rng(seed)
    z, sea = rng.uniform(0.0, 2.0, (15, 15)), edge((15, 15), "south")
    dykes = random_dykes(rng, (15, 15), 60)
    higher = Faces(dykes.row, dykes.column, dykes.south, dykes.crest + rng.uniform(0.0, 1.0, 60))
    low, high = onset(terrain(z), sea, dykes), onset(terrain(z), sea, higher)
    assert (high.level >= low.level).all()
    assert (high.flooded(1.2) <= low.flooded(1.2)).all()


def test_low_land_that_nothing_connects_is_shown_apart() -> None:
    z = np.array([[0.0, 2.0, 0.2], [0.0, 2.0, 0.2], [0.0, 2.0, 0.2]])
    found = onset(terrain(z), edge((3, 3), "west"))
    assert found.level[:, 2].tolist() == [2.0, 2.0, 2.0]
    assert found.low_but_dry(1.0)[:, 2].all()
    assert not found.flooded(1.0)[:, 2].any()
    assert found.depth(2.5)[1, 2] == pytest.approx(2.3)


def test_unknown_ground_stops_the_water_and_stays_unknown() -> None:
    z = np.array([[0.0, NAN, 0.1], [0.0, NAN, 0.1], [0.0, NAN, 0.1]])
    found = onset(terrain(z), edge((3, 3), "west"))
    assert np.isinf(found.level[:, 2]).all()
    assert np.isnan(found.depth(1.0)[:, 1]).all()


@pytest.mark.parametrize(
    ("sea", "dykes", "problem"),
    [
        (np.zeros((2, 2), bool), None, "sea: its shape"),
        (np.zeros((4, 4), bool), None, "no cell of known ground is sea"),
        (
            edge((4, 4), "west"),
            Faces(*map(np.array, ([9], [0], [True], [1.0]))),
            "row 9, column 0 lies outside",
        ),
        (edge((4, 4), "west"), Faces(*map(np.array, ([0], [0], [True], [NAN]))), "a crest is not a number"),
    ],
)
def test_faults_name_the_field_and_the_remedy(sea: np.ndarray, dykes: Faces | None, problem: str) -> None:
    with pytest.raises(RobError, match=problem):
        onset(terrain(np.zeros((4, 4))), sea, dykes)


def test_heights_that_are_error_codes_are_refused() -> None:
    z = np.zeros((4, 4))
    z[1, 1] = -9999.0
    with pytest.raises(RobError, match="a height of 9999 m"):
        onset(terrain(z), edge((4, 4), "west"))
