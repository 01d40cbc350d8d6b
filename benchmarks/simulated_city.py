"""A made-up coastal city that floods, and the people who report about it, for benchmarks/verification.py.

Its truth is water that runs over terrain, driven by a tide and drifting showers. It imports nothing from the
platform: the judge must not know the model it is judged by. All numbers of behaviour stand in `BEHAVIOUR`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

CELL_M = 50.0
SIDE = 120  # cells; the city is 6 km wide
SLOT_S = 900.0
DAYS = 9
WARM_UP_DAYS = 3  # the city is not dry when the story begins
EARLIER_DAYS = 4  # decided reports come from these days only, scored ones from the later ones
START = 1_770_000_000.0
WEST, SOUTH = 109.64, -6.92
DEGREE_M = 111_195.0
WET_M = 0.08  # water on the street from 8 cm

HONEST, CARELESS, LYING, COPYING, COLLUDING = range(5)
KINDS = ("honest", "careless", "lying", "copying", "colluding")
# Photo marks, the numbers of the platform's table.
HAS, FITS, EXIF_FITS, REUSED, MISFIT = 1, 2, 4, 8, 16

# Five numbers: one for each of KINDS.
BEHAVIOUR: dict[str, Any] = {
    "people": 9000,
    "share": (0.60, 0.16, 0.10, 0.08, 0.06),
    "community_member": (0.35, 0.20, 0.06, 0.10, 0.05),
    "photo": (0.50, 0.35, 0.35, 0.40, 0.30),
    "photo_looked_at": 0.60,
    "photo_exif": (0.45, 0.25, 0.08, 0.02, 0.08),
    "photo_reuse_found": (0.0, 0.02, 0.45, 0.65, 0.40),
    "looked_fits_true": 0.96,
    "looked_fits_false": 0.08,
    "votes_a_report": 0.7,
    "vote_right": (0.93, 0.75, 0.35, 0.6, 0.3),
    "insane": (0.003, 0.03, 0.06, 0.02, 0.03),
    "denials_a_false_report": 0.25,
    "decided": 0.25,  # share of earlier reports that verifiers decided; a random sample
    "decision_right": 0.97,
}


@dataclass
class City:
    """Truth: `depth[slot, row, column]` in metres; homes of people in metres from the south-west corner."""

    depth: Array
    home: Array
    kind: Array
    community: Array
    zeal: Array

    def wet(self, xy: Array, slot: Array, tolerance_m: float = 0.0) -> Array:
        """Whether there is water at (or within `tolerance_m` of) places at slots."""
        wet = np.zeros(len(xy), dtype=bool)
        steps = (-tolerance_m, 0.0, tolerance_m) if tolerance_m else (0.0,)
        for dx in steps:
            for dy in steps:
                column = np.clip(((xy[:, 0] + dx) / CELL_M).astype(int), 0, SIDE - 1)
                row = np.clip(((xy[:, 1] + dy) / CELL_M).astype(int), 0, SIDE - 1)
                wet |= self.depth[np.clip(slot, 0, len(self.depth) - 1), row, column] >= WET_M
        return wet


@dataclass
class Reports:
    """Columns of reports in order of arrival; `true`, `kind` and `plot` are what the judge must not see."""

    columns: dict[str, Array]
    votes: dict[str, Array]
    true: Array
    kind: Array
    day: Array
    plot: Array  # number of the plot a colluding report belongs to, -1 none
    decided: Array  # +1, -1, 0: what a verifier found (earlier days only)


def build_city(rng: np.random.Generator) -> City:
    """Terrain, water of all slots, and people."""
    depth = _flood(rng, _terrain(rng))
    n = int(BEHAVIOUR["people"])
    centre = rng.uniform(400, SIDE * CELL_M - 400, (60, 2))
    home = centre[rng.integers(0, 60, n)] + rng.normal(0, 320, (n, 2))
    home = np.clip(home, 10, SIDE * CELL_M - 10)
    kind = rng.choice(5, n, p=BEHAVIOUR["share"])
    member = rng.random(n) < np.array(BEHAVIOUR["community_member"])[kind]
    # Groups look after neighbourhoods.
    group = (home[:, 0] // 1000).astype(int) * 6 + (home[:, 1] // 1000).astype(int)
    return City(depth, home, kind, np.where(member, group, -1), rng.pareto(1.6, n) + 0.3)


def _terrain(rng: np.random.Generator) -> Array:
    """Ground in metres: rises from the sea in the north, with subsided bowls."""
    noise = rng.normal(size=(SIDE, SIDE))
    wave = np.hypot(*np.meshgrid(np.fft.fftfreq(SIDE), np.fft.fftfreq(SIDE)))
    smooth = np.real(np.fft.ifft2(np.fft.fft2(noise) * np.exp(-((wave / 0.035) ** 2))))
    slope = np.linspace(1.5, 0.1, SIDE)[:, None]
    return np.asarray(slope + 0.38 * smooth / smooth.std())


def _flood(rng: np.random.Generator, ground: Array) -> Array:
    """Depth of each slot: sea from the north edge, showers that drift, water running to lower neighbours."""
    slots = int((DAYS + WARM_UP_DAYS) * 86_400 / SLOT_S)
    water = np.zeros_like(ground)
    out = np.zeros((slots, SIDE, SIDE), dtype=np.float32)
    hour = np.arange(slots) * SLOT_S / 3600
    tide = (
        0.32 + 0.38 * np.sin(2 * np.pi * hour / 24.8 + rng.uniform(0, 6)) + 0.14 * np.sin(np.pi * hour / 6.2)
    )
    tide += 0.12 * np.sin(2 * np.pi * hour / (24 * rng.uniform(3, 6)) + rng.uniform(0, 6))
    showers = [_shower(rng, slots) for _ in range(DAYS + WARM_UP_DAYS + 3)]
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    for slot in range(slots):
        for begin, end, place, drift, size, rate in showers:
            if begin <= slot < end:
                at = place + drift * (slot - begin)
                water += rate * np.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / (2 * size**2))
        for _ in range(6):
            water = _run(ground, water)
            water[-3:] = np.maximum(tide[slot] - ground[-3:], 0.0)
        water *= 0.985  # drains and pumps
        out[slot] = water
    return out[-int(DAYS * 86_400 / SLOT_S) :]


def _shower(rng: np.random.Generator, slots: int) -> tuple[int, int, Array, Array, float, float]:
    begin = int(rng.integers(0, slots - 12))
    end = begin + int(rng.integers(4, 12))
    return (
        begin,
        end,
        rng.uniform(0, SIDE, 2),
        rng.normal(0, 2.0, 2),
        rng.uniform(6, 16),
        rng.uniform(0.01, 0.035),
    )


def _run(ground: Array, water: Array) -> Array:
    """One step of water to lower neighbours; none is made or lost."""
    change = np.zeros_like(water)
    level = ground + water
    for axis in (0, 1):
        for step in (1, -1):
            there = np.roll(level, step, axis)
            edge = [slice(None), slice(None)]
            edge[axis] = slice(0, 1) if step == 1 else slice(-1, None)
            there[tuple(edge)] = np.inf
            flow = np.minimum(np.clip(level - there, 0, None) * 0.12, water * 0.2)
            change += np.roll(flow, -step, axis) - flow
    after: Array = np.maximum(water + change, 0.0)
    return after


@dataclass
class Drafts:
    """Reports while they are being made."""

    parts: list[dict[str, Array]] = field(default_factory=list)

    def add(self, who: Array, xy: Array, at: Array, claim: Any, **more: Any) -> None:
        """Append reports of people `who` at places and times."""
        n = len(who)
        given: dict[str, Any] = {"who": who, "x": xy[:, 0], "y": xy[:, 1], "at": at, "claim": claim}
        basis: dict[str, Any] = {"copy_of": -1, "plot": -1, "moment": at, "width": 600.0}
        self.parts.append(
            {k: np.broadcast_to(np.asarray(v), n).copy() for k, v in (basis | given | more).items()}
        )

    def joined(self) -> dict[str, Array]:
        """All columns, in order of making."""
        return {name: np.concatenate([part[name] for part in self.parts]) for name in self.parts[0]}


def _slot(at: Array) -> Array:
    slot: Array = np.clip(((at - START) / SLOT_S).astype(int), 0, int(DAYS * 86_400 / SLOT_S) - 1)
    return slot


def _people(rng: np.random.Generator, city: City, kind: int, n: int) -> Array:
    pool = np.flatnonzero(city.kind == kind)
    return rng.choice(pool, n, p=city.zeal[pool] / city.zeal[pool].sum())


def _sightings(rng: np.random.Generator, city: City, kind: int, n: int) -> tuple[Array, Array, Array]:
    """n moments in which people of a kind stand in water near their home."""
    found: list[Array] = []
    total = 0
    while total < n:
        who = _people(rng, city, kind, 20 * n)
        xy = city.home[who] + rng.normal(0, 90, (len(who), 2))
        at = START + rng.uniform(0, DAYS * 86_400, len(who))
        awake = rng.random(len(who)) < np.where(((at - START) / 3600 % 24) < 5, 0.25, 1.0)
        hit = np.flatnonzero(city.wet(xy, _slot(at)) & awake)
        found.append(np.column_stack([who[hit], xy[hit], at[hit]]))
        total += len(hit)
    rows = np.concatenate(found)[:n]
    return rows[:, 0].astype(int), rows[:, 1:3], rows[:, 3]


def write_reports(rng: np.random.Generator, city: City, n: int = 52_000) -> Reports:
    """About n reports of all kinds of people over all days."""
    drafts = Drafts()
    who, xy, at = _sightings(rng, city, HONEST, int(0.32 * n))
    # The honest err too: a wrong pin, a puddle taken for a flood.
    xy = xy + rng.normal(0, 200, xy.shape) * (rng.random((len(who), 1)) < 0.06)
    drafts.add(who, xy, at, 1, width=rng.choice([600.0, 4 * 3600.0], len(who), p=[0.8, 0.2]))
    who, xy, at = _sightings(rng, city, CARELESS, int(0.10 * n))
    # The careless report late, and from somewhere else than where it was.
    late = rng.exponential(1.5 * 3600, len(who))
    drafts.add(who, xy + rng.normal(0, 130, xy.shape), at + late, 1)
    who = _people(rng, city, LYING, int(0.22 * n))
    at = _talk_of_town(rng, drafts, len(who))
    xy = city.home[who] + rng.normal(0, 350, (len(who), 2))
    denies = city.wet(xy, _slot(at)) & (rng.random(len(who)) < 0.7)
    drafts.add(who, xy, at, np.where(denies, -1, 1))
    _copies(rng, city, drafts, int(0.11 * n))
    _plots(rng, city, drafts, int(0.10 * n))
    _dry(rng, city, drafts, int(0.03 * n))
    return _finish(rng, city, drafts.joined())


def _talk_of_town(rng: np.random.Generator, drafts: Drafts, n: int) -> Array:
    """Moments for false reports: most come when the whole city talks of floods, the rest at any time."""
    base = drafts.parts[0]["at"]
    loud = base[rng.integers(0, len(base), n)] + rng.normal(0, 2 * 3600, n)
    at = np.where(rng.random(n) < 0.7, loud, START + rng.uniform(0, DAYS * 86_400, n))
    return np.clip(at, START, START + DAYS * 86_400 - 7200)


def _copies(rng: np.random.Generator, city: City, drafts: Drafts, n: int) -> None:
    """Copiers repeat what somebody said, with its words, from there or from their own street."""
    base = drafts.joined()
    pick = rng.integers(0, len(base["who"]), n)
    who = _people(rng, city, COPYING, n)
    there = np.column_stack([base["x"][pick], base["y"][pick]]) + rng.normal(0, 60, (n, 2))
    here = city.home[who] + rng.normal(0, 80, (n, 2))
    xy = np.where(rng.random((n, 1)) < 0.5, there, here)
    drafts.add(who, xy, base["at"][pick] + rng.exponential(3600, n), base["claim"][pick], copy_of=pick)


def _plots(rng: np.random.Generator, city: City, drafts: Drafts, n: int) -> None:
    """Groups of 5 to 15 colluders tell of water where there is none, within an hour; half share their
    words.
    """
    pool = np.flatnonzero(city.kind == COLLUDING)
    made, plot = 0, 0
    while made < n:
        size = int(rng.integers(5, 16))
        place = rng.uniform(300, SIDE * CELL_M - 300, (1, 2))
        moment = float(_talk_of_town(rng, drafts, 1)[0])
        if city.wet(place, _slot(np.array([moment])), 150.0)[0]:
            continue
        who = rng.choice(pool, size, replace=False)
        at = moment + rng.uniform(0, rng.choice([600.0, 3600.0]), size)
        drafts.add(who, place + rng.normal(0, rng.choice([8.0, 60.0]), (size, 2)), at, 1, plot=plot)
        made, plot = made + size, plot + 1


def _dry(rng: np.random.Generator, city: City, drafts: Drafts, n: int) -> None:
    """Honest neighbours deny some false reports, and some people just say that it is dry."""
    base = drafts.joined()
    xy = np.column_stack([base["x"], base["y"]])
    false = np.flatnonzero((base["claim"] > 0) & ~city.wet(xy, _slot(base["moment"]), 30.0))
    false = np.repeat(false, rng.poisson(BEHAVIOUR["denials_a_false_report"], len(false)))
    at = base["at"][false] + rng.exponential(1800, len(false))
    place = xy[false] + rng.normal(0, 60, (len(false), 2))
    dry = ~city.wet(place, _slot(at))
    drafts.add(_people(rng, city, HONEST, len(false))[dry], place[dry], at[dry], -1)
    who = _people(rng, city, HONEST, n)
    place = city.home[who] + rng.normal(0, 60, (n, 2))
    at = START + rng.uniform(0, DAYS * 86_400, n)
    dry = ~city.wet(place, _slot(at))
    drafts.add(who[dry], place[dry], at[dry], -1)


def _finish(rng: np.random.Generator, city: City, base: dict[str, Array]) -> Reports:
    """Measure, photograph, vote, decide. Keys rise with arrival."""
    order = np.argsort(base["at"], kind="stable")
    text = _words(rng, base)[order]
    base = {name: column[order] for name, column in base.items()}
    n = len(order)
    kind = city.kind[base["who"]]
    xy = np.column_stack([base["x"], base["y"]])
    slot = _slot(base["moment"])
    true = np.where(base["claim"] > 0, city.wet(xy, slot, 30.0), ~city.wet(xy, slot))
    accuracy = rng.choice([8.0, 20.0, 60.0, 200.0], n, p=[0.35, 0.4, 0.2, 0.05])
    seen = np.clip(xy + rng.normal(0, 0.5, (n, 2)) * accuracy[:, None], 0, SIDE * CELL_M)
    insane = rng.random((2, n)) < np.array(BEHAVIOUR["insane"])[kind]
    columns = {
        "key": np.arange(n),
        "category": np.zeros(n, dtype=int),
        "claim": base["claim"].astype(int),
        "seen_from": base["at"] - base["width"],
        "seen_to": base["at"],
        "received": base["at"] + rng.exponential(60, n),
        "lon": WEST + seen[:, 0] / DEGREE_M / np.cos(np.radians(SOUTH)),
        "lat": SOUTH + seen[:, 1] / DEGREE_M,
        "accuracy_m": accuracy,
        "area": (seen[:, 0] // 1200).astype(int) * 6 + (seen[:, 1] // 1200).astype(int),
        "source": base["who"],
        "community": city.community[base["who"]],
        "photo": _photos(rng, kind, true),
        "text_hash": text,
        "place_sane": ~insane[0],
        "time_sane": ~insane[1],
    }
    day = ((base["at"] - START) // 86_400).astype(int)
    decided = (day < EARLIER_DAYS) & (rng.random(n) < BEHAVIOUR["decided"])
    found = np.where(true == (rng.random(n) < BEHAVIOUR["decision_right"]), 1, -1) * decided
    votes = _votes(rng, city, columns, true, base["plot"])
    return Reports(columns, votes, true, kind, day, base["plot"], found)


def _words(rng: np.random.Generator, base: dict[str, Array]) -> Array:
    """A number for the words of each report: equal for copies and for plots that share their words."""
    n = len(base["who"])
    text = np.where(rng.random(n) < 0.4, rng.integers(1, 2**40, n), 0)
    copied = base["copy_of"] >= 0
    shared = (base["plot"] >= 0) & (base["plot"] % 2 == 0)
    text[shared] = base["plot"][shared] + 2**42
    text[copied] = text[base["copy_of"][copied]]
    return text


def _photos(rng: np.random.Generator, kind: Array, true: Array) -> Array:
    n = len(kind)
    has = rng.random(n) < np.array(BEHAVIOUR["photo"])[kind]
    reused = rng.random(n) < np.array(BEHAVIOUR["photo_reuse_found"])[kind]
    exif = (rng.random(n) < np.array(BEHAVIOUR["photo_exif"])[kind]) & ~reused
    looked = rng.random(n) < BEHAVIOUR["photo_looked_at"]
    fits = rng.random(n) < np.where(true, BEHAVIOUR["looked_fits_true"], BEHAVIOUR["looked_fits_false"])
    marks = HAS + REUSED * reused + EXIF_FITS * exif + looked * ~reused * np.where(fits, FITS, MISFIT)
    return np.asarray(marks * has)


def _votes(
    rng: np.random.Generator, city: City, columns: dict[str, Array], true: Array, plot: Array
) -> dict[str, Array]:
    """People vote on reports; colluders confirm each other."""
    m = int(BEHAVIOUR["votes_a_report"] * len(true))
    report = rng.integers(0, len(true), m)
    voter = rng.integers(0, len(city.kind), m)
    right = rng.random(m) < np.array(BEHAVIOUR["vote_right"])[city.kind[voter]]
    value = np.where(true[report] == right, 1, -1)
    gang = np.flatnonzero(plot >= 0)
    pal = rng.choice(np.flatnonzero(city.kind == COLLUDING), len(gang))
    report = np.concatenate([report, gang])
    return {
        "report": report,
        "voter": np.concatenate([voter, pal]),
        "value": np.concatenate([value, np.ones(len(gang), dtype=int)]),
        "cast": columns["seen_to"][report] + rng.exponential(3600, len(report)),
    }
