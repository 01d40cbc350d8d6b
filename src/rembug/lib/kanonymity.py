"""Counts by H3 cell in which nobody can be told apart, neither in one release nor by comparing two.

A release publishes *groups* of things not published before: each group holds at least k distinct people, is
published once and never changes. Whatever an onlooker subtracts is a sum of whole groups, so every difference
is nought or at least k people. See docs/algorithms/masking.md.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import h3

SMALLEST_K = 5


@dataclass(frozen=True, slots=True)
class Sighting:
    """One thing to be counted: its own id, whose it is, and its true place in degrees. Private."""

    id: str
    person: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Group:
    """A published count: H3 cell, its resolution, things and distinct people in it (people ≥ k)."""

    cell: str
    resolution: int
    count: int
    people: int


@dataclass(frozen=True, slots=True)
class Release:
    """Groups to publish now, the ids that are in them, and the ids that wait for more company."""

    groups: tuple[Group, ...]
    included: frozenset[str]
    held: frozenset[str]


def release(
    waiting: Iterable[Sighting], *, k: int = SMALLEST_K, finest: int = 9, coarsest: int = 6
) -> Release:
    """Group what has not been published yet; O(n × levels), in any order of `waiting`.

    A cell with at least k people at the finest resolution becomes a group; the rest goes up to the parent cell
    and is tried again with the rest of its neighbours, up to the coarsest; what is still too few is held.
    The caller publishes `groups` once, never recounts them, and offers `held` again at the next *scheduled*
    release (a release at the moment when the k-th person arrives would tell who it was).
    Raises ValueError for k below 5, wrong resolutions, or an id that comes twice.
    """
    if k < SMALLEST_K:
        msg = f"k must be at least {SMALLEST_K}, got {k}"
        raise ValueError(msg)
    if not 0 <= coarsest <= finest <= 15:
        raise ValueError("resolutions must be 0 ≤ coarsest ≤ finest ≤ 15")
    rest: dict[str, list[Sighting]] = defaultdict(list)
    ids: set[str] = set()
    for sighting in waiting:
        if sighting.id in ids:
            msg = f"sighting {sighting.id} comes twice"
            raise ValueError(msg)
        ids.add(sighting.id)
        rest[h3.latlng_to_cell(sighting.lat, sighting.lon, finest)].append(sighting)
    groups: list[Group] = []
    for resolution in range(finest, coarsest - 1, -1):
        ready = {cell: members for cell, members in rest.items() if _people(members) >= k}
        groups += [Group(cell, resolution, len(members), _people(members)) for cell, members in ready.items()]
        rest = _parents({cell: m for cell, m in rest.items() if cell not in ready}, resolution, coarsest)
    held = frozenset(sighting.id for members in rest.values() for sighting in members)
    ordered = sorted(groups, key=lambda group: (group.resolution, group.cell))
    return Release(tuple(ordered), frozenset(ids - held), held)


def totals(groups: Iterable[Group]) -> dict[str, int]:
    """Return the sum of counts by cell over groups of many releases. Drop old groups whole, never in part."""
    sums: dict[str, int] = defaultdict(int)
    for group in groups:
        sums[group.cell] += group.count
    return dict(sums)


def _people(members: list[Sighting]) -> int:
    return len({sighting.person for sighting in members})


def _parents(rest: dict[str, list[Sighting]], resolution: int, coarsest: int) -> dict[str, list[Sighting]]:
    if resolution == coarsest:
        return rest
    merged: dict[str, list[Sighting]] = defaultdict(list)
    for cell, members in rest.items():
        merged[h3.cell_to_parent(cell, resolution - 1)] += members
    return merged
