"""Which reports tell of the same happening: components of a link graph, corrected by people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from .observations import EARTH_M, Claim, Ints, Observations
from .parameters import Parameters, Reach
from .witnesses import group_ids

Pairs = Iterable[tuple[int, int]]  # keys of reports

# Places are compared on a fixed grid of a quarter of the link distance, so that a million reports
# on one street cost no more than a million anywhere; two reports link when their cells' centres are in reach.
CELLS_A_LINK = 4


@dataclass(frozen=True, slots=True)
class Labels:
    """Incidents of n reports, in the order of `key`.

    `incident` is the smallest key of its members (-1 for "dry here", which belongs to none).
    `component` is the same before people's cannot-links: the closed set to load and link again after a
    change. `conflicts` are cannot-link pairs that must-links contradict; they were not obeyed and should be
    shown to people.
    """

    key: Ints
    incident: Ints
    component: Ints
    conflicts: tuple[tuple[int, int], ...]


def link(
    table: Observations, parameters: Parameters | None = None, *, must: Pairs = (), cannot: Pairs = ()
) -> Labels:
    """Group PRESENT reports of one category and area that are near in space and time; any order of rows.

    Linked: same category, same area (kelurahan), cells within `link_m`, `seen_to` within `link_s`. A chain
    therefore ends at the kelurahan's border and at a silence of `link_s`. `must` and `cannot` are pairs of
    keys from people: they always win (pairs with a key that is not in the table are left out). Pure; O(n log
    n).
    """
    parameters = parameters or Parameters()
    n = len(table)
    told = np.flatnonzero(table.claim == Claim.PRESENT)
    joined = _rows(table, must)
    component = _components(n, chain([joined], _edges(table, told, parameters)))
    parted = _rows(table, cannot)
    incident, conflicts = component.copy(), []
    for one in np.unique(component[parted[:, 0]][component[parted[:, 0]] == component[parted[:, 1]]]):
        member = component == one
        links = np.concatenate([joined[:0], *_edges(table, told[member[told]], parameters)])
        conflicts += _part(table, member, links, joined, parted, incident)
    present = table.claim == Claim.PRESENT
    name = [np.where(present, _smallest_key(table, group), -1) for group in (incident, component)]
    return Labels(table.key, name[0], name[1], tuple(sorted(conflicts)))


def touched(
    near: Observations, labels: Ints, new: Observations, parameters: Parameters | None = None
) -> Ints:
    """Component labels that new (or changed, withdrawn, re-paired) reports touch.

    `near`: stored reports within `link_m` × 1.5 and `link_s` of the new ones, `labels` their stored
    components. Load all reports of these components, add the new, call `link`, store: the result equals the
    batch result.
    """
    parameters = parameters or Parameters()
    fresh = ~np.isin(near.key, new.key)
    stored, labels = near.take(fresh), labels[fresh]
    both = _joined(stored, new)
    told = np.flatnonzero(both.claim == Claim.PRESENT)
    position = np.searchsorted(both.key, stored.key)
    mark = np.full(len(both), -1, dtype=np.int64)
    mark[position] = labels
    component = _components(len(both), _edges(both, told, parameters))
    reached = np.isin(component, component[np.searchsorted(both.key, new.key)]) & (mark >= 0)
    return np.unique(mark[reached])


def _joined(a: Observations, b: Observations) -> Observations:
    columns = {name: np.concatenate([getattr(a, name), getattr(b, name)]) for name in a.__dataclass_fields__}
    joined = Observations(**columns)
    return joined.take(np.argsort(joined.key, kind="stable"))


def _rows(table: Observations, pairs: Pairs) -> Ints:
    """Pairs of keys as sorted pairs of row numbers, those outside the table left out; shape (m, 2)."""
    keys = np.array(sorted({(min(a, b), max(a, b)) for a, b in pairs}), dtype=np.int64).reshape(-1, 2)
    if not len(table) or not len(keys):
        return np.zeros((0, 2), dtype=np.int64)
    rows = np.minimum(np.searchsorted(table.key, keys), len(table) - 1)
    return np.asarray(rows[(table.key[rows] == keys).all(axis=1)])


def _components(n: int, batches: Iterable[Ints]) -> Ints:
    """Smallest row number in the component of each of n rows: hooking on smaller roots and pointer
    jumping.
    """
    root = np.arange(n)
    for edges in batches:
        a, b = edges[:, 0], edges[:, 1]
        while True:
            one, two = root[a], root[b]
            apart = one != two
            if not apart.any():
                break
            a, b, one, two = a[apart], b[apart], one[apart], two[apart]
            np.minimum.at(root, np.maximum(one, two), np.minimum(one, two))
            root = _compressed(root)
    return root


def _compressed(root: Ints) -> Ints:
    """Every row points at the root of its tree."""
    while True:
        above = root[root]
        if np.array_equal(above, root):
            return root
        root = above


def _smallest_key(table: Observations, group: Ints) -> Ints:
    """Rows are sorted by key, so the first row of a group holds its smallest."""
    _, first, inverse = np.unique(group, return_index=True, return_inverse=True)
    return np.asarray(table.key[first][inverse])


def _edges(table: Observations, rows: Ints, parameters: Parameters) -> Iterator[Ints]:
    """Enough links, in batches (m, 2), to connect what belongs together; far fewer than all close pairs."""
    for category in np.unique(table.category[rows]):
        mine = rows[table.category[rows] == category]
        yield from _edges_of(table, mine, parameters.of(int(category)))


def _edges_of(table: Observations, rows: Ints, reach: Reach) -> Iterator[Ints]:
    """Links of one category: from each report to the next in time in each cell in reach (its own included).

    The next one is enough: all later ones in that cell without a silence hang together through their own
    next.
    """
    cells = _grid(table, rows, reach)
    rows, codes, rank, t, width = cells.rows, cells.codes, cells.rank, cells.t, cells.width
    span = t.max(initial=0) + np.int64(4 * reach.link_s + 4)
    stamp = rank * span + t
    ends = np.append(np.searchsorted(rank, np.arange(len(codes))), len(rows))
    for dx, dy in _offsets(cells.scale):
        # The scale half-way between both cells is the same seen from either side.
        halfway = 1.0 / np.cosh((cells.cy + dy / 2 + 0.5) * cells.side / EARTH_M)
        wanted = codes + dx * width + dy
        at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
        there = (codes[at] == wanted) & (np.hypot(dx, dy) * cells.side * halfway <= reach.link_m)
        hit = np.flatnonzero(there[rank])
        goal = at[rank[hit]]
        own = dx == dy == 0
        found = hit + 1 if own else np.searchsorted(stamp, goal * span + t[hit], side="left")
        inside = found < ends[goal + 1]
        hit, other = hit[inside], found[inside]
        close = t[other] - t[hit] <= reach.link_s
        yield np.stack([rows[hit[close]], rows[other[close]]], axis=1)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Rows sorted by cell and time; `codes`, `cy` one a cell, `rows`, `rank`, `t` one a row."""

    rows: Ints
    codes: Ints
    cy: Ints
    rank: Ints
    t: Ints
    width: np.int64
    side: float
    scale: float


def _grid(table: Observations, rows: Ints, reach: Reach) -> _Cells:
    x, y, scale = (column[rows] for column in table.mercator)
    side = reach.link_m / CELLS_A_LINK
    cx, cy = np.floor(x / side).astype(np.int64), np.floor(y / side).astype(np.int64)
    width = np.int64(2**24)
    cell = (group_ids([table.area[rows]]) * width + cx - cx.min() + 64) * width + cy - cy.min() + 64
    codes, first, rank = np.unique(cell, return_index=True, return_inverse=True)
    t = np.floor(table.seen_to[rows]).astype(np.int64)
    t -= t.min()
    order = np.lexsort((table.key[rows], t, rank))
    return _Cells(rows[order], codes, cy[first], rank[order], t[order], width, side, float(scale.min()))


def _offsets(scale: float) -> list[tuple[int, int]]:
    most = int(np.ceil(CELLS_A_LINK / scale))
    steps = range(-most, most + 1)
    return [(dx, dy) for dx in steps for dy in steps if np.hypot(dx, dy) * scale <= CELLS_A_LINK * 1.01]


def _part(
    table: Observations, member: Ints, links: Ints, joined: Ints, parted: Ints, incident: Ints
) -> list[tuple[int, int]]:
    """Split one component so that no cannot-link pair shares an incident; must-links first, then nearest
    links.
    """
    rows = np.flatnonzero(member)
    group = {int(row): {int(row)} for row in rows}
    enemies: dict[int, set[int]] = {int(row): set() for row in rows}
    for a, b in parted[member[parted].all(axis=1)].tolist():
        enemies[a].add(b)
        enemies[b].add(a)

    def unite(a: int, b: int, *, forced: bool) -> None:
        one, two = group[a], group[b]
        if one is two or (not forced and any(enemies[row] & two for row in one)):
            return
        one |= two
        for row in two:
            group[row] = one

    for a, b in joined[member[joined].all(axis=1)].tolist():
        unite(a, b, forced=True)
    for a, b in _by_nearness(table, links[member[links].all(axis=1)]):
        unite(a, b, forced=False)
    for row in rows.tolist():
        incident[row] = len(table) + min(group[row])  # outside the numbers of components
    pairs = parted[member[parted].all(axis=1)].tolist()
    return [(int(table.key[a]), int(table.key[b])) for a, b in pairs if group[a] is group[b]]


def _by_nearness(table: Observations, links: Ints) -> list[tuple[int, int]]:
    x, y, scale = table.mercator
    a, b = links[:, 0], links[:, 1]
    metres = np.hypot(x[a] - x[b], y[a] - y[b]) * scale[a]
    low, high = np.minimum(a, b), np.maximum(a, b)
    order = np.lexsort((table.key[high], table.key[low], np.round(metres, 1)))
    return [(int(low[k]), int(high[k])) for k in order]
