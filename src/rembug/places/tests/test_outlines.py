"""Shapes for the eye: small, and where they belong."""

import json

from rembug.places.rules import outlines

SQUARE = json.dumps({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]})


def test_a_sketch_fills_its_width_with_north_upwards() -> None:
    made = outlines.sketch([("1", "a", "A", SQUARE)], outlines.bounds_of([SQUARE]))
    assert made.height == 600
    assert set(made.outlines[0].path.strip("Mz").split("L")) == {"8 592", "592 592", "592 8", "8 8"}


def test_a_coast_loses_the_points_that_nobody_can_see() -> None:
    coast = [[step / 100_000, (step % 2) / 1_000_000] for step in range(1000)]
    ring = json.dumps({"type": "Polygon", "coordinates": [[*coast, [0.005, 1], coast[0]]]})
    assert len(json.loads(outlines.thinned(ring))["coordinates"][0]) < 10
