"""Which cells of each kelurahan were seen, and in which there was water: what the number of people is reckoned from."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rembug.evidence.rules.exposure import Patch
from rembug.places import queries as places
from rembug.places.rules.cells import cells, inside


def patches(
    city: str,
    areas: tuple[str, ...],
    codes: NDArray[np.str_],
    spots: NDArray[np.float64],
    wet: NDArray[np.bool_],
) -> list[Patch]:
    """Return one patch for each kelurahan of some areas.

    `codes` of shape (n,) are the areas of rows, `spots` of shape (n, 2) their public lon and lat in degrees (nan: no
    place), `wet` of shape (n,) whether water was there. A row counts in the kelurahan that it names, also where its
    moved place lies across the border.
    """
    seen: dict[str, dict[str, bool]] = defaultdict(dict)
    there = ~np.isnan(spots).any(axis=1)
    positions, back = np.unique(spots[there], axis=0, return_inverse=True)
    named = np.array(cells(positions[:, 0].tolist(), positions[:, 1].tolist()), dtype=np.str_)
    for code, cell, is_wet in zip(codes[there], named[back.ravel()], wet[there], strict=True):
        known = seen[str(code)]
        known[str(cell)] = known.get(str(cell), False) or bool(is_wet)
    people = {row.code: row.population for row in places.city(city).population}
    return [
        _patch(_cells_of(city, code, places.version(city)), seen.get(code, {}), people.get(code))
        for code in _kelurahan(city, areas)
    ]


def _patch(own: frozenset[str], seen: dict[str, bool], people: int | None) -> Patch:
    return Patch(people, len(own | seen.keys()), len(seen), sum(seen.values()))


def _kelurahan(city: str, areas: tuple[str, ...]) -> list[str]:
    every = [area.code for area in places.areas(city, level="kelurahan")]
    return [code for code in every if any(code == one or code.startswith(f"{one}.") for one in areas)]


@lru_cache(maxsize=2048)
def _cells_of(city: str, code: str, _version: str) -> frozenset[str]:
    """Return the cells whose centre lies in a kelurahan; the cell of its name where none does."""
    found = inside(places.shape(city, code))
    area = places.area(city, code)
    return found or frozenset(cells([area.lon], [area.lat]))
