"""Draws the pictures of the rob documents from the engine itself: ``python docs/algorithms/draw_rob.py``.

Plain SVG, a few kilobytes each, drawn anew when an algorithm changes. Needs nothing but the engine.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from rob.flood.solver import Flood, Numerics, Setup
from rob.flood.structures import Barrier, Structures
from rob.kernels.weir import over_crest
from rob.learning.covariance import Ground, Places
from rob.learning.places import learn_onset
from rob.learning.reports import Kind, Report
from rob.learning.update import update
from rob.onset.minimax import onset
from rob.scenario.ensemble import run_all, static_member
from rob.tide.extremes import turning_points
from rob.tide.quality import check, level
from rob.tide.synthesis import span, tide
from rob.types import Constituent, Faces, Grid, Series, Station, Terrain

HERE = Path(__file__).resolve().parent
WIDE, HIGH, LEFT, TOP = 640, 260, 48, 34
Span = tuple[float, float]
INK, SEA, LAND, DYKE, SOFT, DARK = "#1b2a33", "#1f6f9f", "#b99a6b", "#8c2f1b", "#9fc6dd", "#3f7f5f"


class Plot:
    """One picture with an x and a y axis."""

    def __init__(self, title: str, x: Span, y: Span, names: tuple[str, str]) -> None:
        self.x, self.y, self.parts = x, y, [f'<text x="{LEFT}" y="18" font-size="14">{title}</text>']
        base, right = TOP + HIGH, LEFT + WIDE
        self.parts.append(f'<path d="M{LEFT} {TOP}V{base}H{right}" fill="none" stroke="{INK}"/>')
        self.parts.append(f'<text x="{right}" y="{base + 32}" text-anchor="end">{names[0]}</text>')
        self.parts.append(f'<text x="{LEFT}" y="{TOP - 4}">{names[1]}</text>')
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            at, level = x[0] + share * (x[1] - x[0]), y[0] + share * (y[1] - y[0])
            self.parts.append(
                f'<text x="{self.px(at):.0f}" y="{base + 16}" text-anchor="middle">{at:g}</text>'
            )
            self.parts.append(
                f'<text x="{LEFT - 6}" y="{self.py(level) + 4:.0f}" text-anchor="end">{level:.2g}</text>'
            )

    def px(self, x: float) -> float:
        """Across, in pixels."""
        return LEFT + WIDE * (x - self.x[0]) / (self.x[1] - self.x[0])

    def py(self, y: float) -> float:
        """Down, in pixels."""
        return TOP + HIGH * (1.0 - (y - self.y[0]) / (self.y[1] - self.y[0]))

    def _points(self, xs: Iterable[float], ys: Iterable[float]) -> str:
        return " ".join(f"{self.px(x):.1f},{self.py(y):.1f}" for x, y in zip(xs, ys, strict=True))

    def line(
        self,
        xs: Iterable[float],
        ys: Iterable[float],
        colour: str,
        *,
        dashed: bool = False,
        wide: float = 1.8,
    ) -> None:
        """A line."""
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        style = f'fill="none" stroke="{colour}" stroke-width="{wide}"{dash}'
        self.parts.append(f'<polyline points="{self._points(xs, ys)}" {style}/>')

    def band(
        self,
        xs: Sequence[float],
        low: Sequence[float],
        high: Sequence[float],
        colour: str,
        *,
        thick: float = 0.35,
    ) -> None:
        """The area between two lines."""
        points = self._points([*xs, *xs[::-1]], [*low, *high[::-1]])
        self.parts.append(f'<polygon points="{points}" fill="{colour}" fill-opacity="{thick}"/>')

    def dot(self, x: float, y: float, colour: str) -> None:
        """A dot."""
        self.parts.append(f'<circle cx="{self.px(x):.1f}" cy="{self.py(y):.1f}" r="4" fill="{colour}"/>')

    def say(self, x: float, y: float, text: str, colour: str = INK, anchor: str = "start") -> None:
        """Words."""
        place = f'x="{self.px(x):.0f}" y="{self.py(y):.0f}" text-anchor="{anchor}"'
        self.parts.append(f'<text {place} fill="{colour}">{text}</text>')

    def save(self, name: str) -> None:
        """Write ``rob-<name>.svg``."""
        size = f'viewBox="0 0 {LEFT + WIDE + 20} {TOP + HIGH + 44}" role="img" font-family="sans-serif" font-size="12"'
        body = "\n".join(self.parts)
        paper = '<rect width="100%" height="100%" fill="#fff"/>'
        text = f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="{INK}">\n{paper}\n{body}\n</svg>\n'
        (HERE / f"rob-{name}.svg").write_text(text, encoding="utf-8")


def jakarta() -> Station:
    """The main constants of Jakarta (TICON-4, CC BY 4.0)."""
    table = (
        "K1 .2569 34.5,O1 .1352 22.6,P1 .0760 32.5,SA .0559 114,M2 .0548 141.3,S2 .0497 75.7,SSA .0453 135.4"
    )
    parts = [each.split() for each in table.split(",")]
    return Station("Jakarta", -6.1, 106.8, tuple(Constituent(n, float(a), float(g)) for n, a, g in parts))


def draw_tide() -> None:
    """Three days of tide with their high waters, and a forecast that widens."""
    times = span("2026-06-14", "2026-06-17", 20)
    curve = tide(jakarta(), times)
    hours = (times - times[0]).astype(float) / 3600.0
    title = "Jakarta, 14 to 17 June 2026: tide, high waters, and tide + residual"
    plot = Plot(title, (0, 72), (-0.6, 1.0), ("hours", "m above MSL"))
    ahead = hours >= 24
    lead = hours[ahead] - 24
    sigma = np.interp(lead, (1, 6, 24, 48), (0.055, 0.062, 0.065, 0.075))
    rest = 0.12 * np.exp(-lead / 120.0)
    level = curve[ahead] + rest
    plot.band(hours[ahead].tolist(), (level - 1.28 * sigma).tolist(), (level + 1.28 * sigma).tolist(), SEA)
    plot.line(hours, curve, INK)
    plot.line(hours[ahead], level, SEA)
    found = turning_points(times, curve).highs()
    for at, top in zip(found.times, found.levels, strict=True):
        plot.dot(float((at - times[0]).astype(float)) / 3600.0, float(top), DYKE)
    plot.say(25, 0.92, "issued here: 80 % band around tide + residual", SEA)
    plot.line((24, 24), (-0.6, 0.95), SOFT, dashed=True)
    plot.save("tide")


def profile() -> np.ndarray:
    """A street from the sea: beach, sill, low kampung, ridge, hollow."""
    at = [0, 0.12, 0.22, 0.34, 0.52, 0.6, 0.66, 0.8, 0.9, 1]
    return np.interp(np.linspace(0, 1, 161), at, [-0.6, 0.1, 0.5, 0.1, 0.25, 1.1, 0.5, 0.2, 0.4, 1.4])


def draw_onset() -> None:
    """Onset along a street with a dyke: the highest thing between a place and the sea."""
    z = np.round(np.tile(profile(), (3, 1)), 3)
    sea = np.zeros(z.shape, bool)
    sea[:, 0] = True
    rows = np.arange(3, dtype=np.int32)
    dyke = Faces(rows, np.full(3, 44, np.int32), np.zeros(3, bool), np.full(3, 0.85))
    found = onset(Terrain(Grid(*z.shape, 5.0), z, "MSL", "2026-01-01"), sea, dyke)
    x = np.arange(161) * 5.0
    plot = Plot(
        "The sea level at which each place floods",
        (0, 800),
        (-0.8, 1.6),
        ("metres from the sea", "m above MSL"),
    )
    plot.band(x.tolist(), [-0.8] * 161, z[1].tolist(), LAND, thick=0.8)
    plot.line(x, found.level[1], SEA)
    plot.line((222, 222), (float(z[1, 44]), 0.85), DYKE, wide=4)
    plot.say(232, 0.95, "dyke, crest 0.85", DYKE)
    plot.say(260, 0.62, "floods at 0.85, though lower", SEA)
    plot.say(560, 1.2, "hollow behind the ridge: 1.10", SEA)
    plot.save("onset")


def draw_flood() -> None:
    """A moving flood over a dyke at three moments."""
    z = np.tile(np.interp(np.linspace(0, 1, 161), [0, 0.2, 1], [-1.0, 0.0, 0.5]), (3, 1))
    sea = np.zeros(z.shape, bool)
    sea[:, 0] = True
    dyke = Faces(np.arange(3, dtype=np.int32), np.full(3, 60, np.int32), np.zeros(3, bool), np.full(3, 0.9))
    level = ((0.0, 5400.0, 9000.0, 16200.0), (0.0, 1.1, 1.1, 0.0))
    case = Setup(
        Terrain(Grid(*z.shape, 5.0), z, "MSL", "2026-01-01"), sea, level, 0.04, structures=Structures((Barrier(dyke),)),
        numerics=Numerics(longest=5.0),
    )  # fmt: skip
    flood, x = Flood(case), np.arange(161) * 5.0
    title = "A tide over a dyke: the water stays behind it"
    plot = Plot(title, (0, 800), (-1.0, 1.4), ("metres from the sea", "m above MSL"))
    plot.band(x.tolist(), [-1.0] * 161, z[1].tolist(), LAND, thick=0.8)
    for minutes, colour in ((85, DARK), (140, SEA), (270, INK)):
        frame = flood.run(60.0 * minutes)
        wet = frame.depth[1] > 0.01
        surface = np.where(wet, z[1] + frame.depth[1], np.nan)
        for first, last in runs(wet):
            plot.line(x[first:last], surface[first:last], colour)
        plot.say(620, -0.2 - minutes / 600, f"after {minutes} minutes", colour)
    plot.line((302, 302), (float(z[1, 60]), 0.9), DYKE, wide=4)
    plot.say(310, 1.0, "dyke, crest 0.90", DYKE)
    plot.save("flood")


def runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """First and one-after-last of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def draw_learning() -> None:
    """What four reports, one of them false, do to the flood along a street with a dyke."""
    size = 81
    dyke = Faces(np.arange(9, dtype=np.int32), np.full(9, 50, np.int32), np.zeros(9, bool), np.full(9, 2.0))
    ground = Ground((9, size), 20.0, dyke)
    told = ((20, 0.55), (28, 0.5), (34, 0.6), (40, 1.8))
    reports = [Report(4, column, 0.0, Kind.DEPTH, depth) for column, depth in told]
    columns = np.arange(size)
    asked = Places(np.full(size, 4), columns, np.zeros(size), (columns > 50).astype(np.int32))
    found = update(reports, (np.full(4, 0.3), [0] * 4), asked, np.full(size, 0.3), ground)
    low, high = found.interval()
    x = columns * 20.0
    plot = Plot(
        "Four reports, one false, and a dyke", (0, 1600), (0.0, 2.0), ("metres along the street", "depth m")
    )
    plot.band(x.tolist(), low.tolist(), high.tolist(), SEA)
    plot.line(x, np.full(size, 0.3), INK, dashed=True)
    plot.line(x, found.mean, SEA)
    for (column, depth), truth in zip(told, found.truth, strict=True):
        plot.dot(column * 20.0, depth, DYKE if truth < 0.5 else INK)
        plot.say(column * 20.0 + 8, depth + 0.06, f"true: {truth:.0%}", DYKE if truth < 0.5 else INK)
    plot.line((1010, 1010), (0.0, 1.2), DYKE, wide=4)
    plot.say(1020, 1.15, "dyke: less is learnt behind it", DYKE)
    plot.say(1300, 0.2, "model", INK)
    plot.save("learning")


def draw_scenario() -> None:
    """Probability of water along a street, from members with another ground and another sea each."""
    z = np.tile(profile(), (9, 1))
    sea = np.zeros(z.shape, bool)
    sea[:, 0] = True
    ground = Terrain(Grid(*z.shape, 5.0), z, "MSL", "2026-01-01", 0.12)
    rows = np.arange(9, dtype=np.int32)
    x = np.arange(161) * 5.0
    title = "P(depth over 10 cm) along the street, sea at 0.8 ± 0.08 m"
    plot = Plot(title, (0, 800), (0, 1), ("metres from the sea", "probability"))
    for crest, colour, name in ((0.6, INK, "dyke at 0.6 m"), (1.1, SEA, "dyke at 1.1 m")):
        dyke = Faces(rows, np.full(9, 44, np.int32), np.zeros(9, bool), np.full(9, crest))
        members = run_all(lambda seed, d=dyke: static_member(ground, sea, d, (0.8, 0.08), seed), range(120))
        chance = np.mean([member[4] > 0.1 for member in members], axis=0)
        plot.line(x, chance, colour)
        plot.say(300, 0.9 if crest < 1 else 0.3, name, colour)
    plot.save("scenario")


def draw_consequences() -> None:
    """The damage curve with and without the height of the floor, and the speed on a flooded road."""
    from rob.consequences.damage import JRC_ASIA, JRC_DEPTH, house_damage  # noqa: PLC0415 (only here)
    from rob.consequences.roads import safe_speed  # noqa: PLC0415

    depth = np.linspace(0, 1.5, 151)
    plot = Plot(
        "Damage to a house, and safe speed on a road", (0, 1.5), (0, 1), ("depth over the street, m", "share")
    )
    plot.line(depth, np.interp(depth, JRC_DEPTH, JRC_ASIA), SOFT, dashed=True)
    plot.line(depth, house_damage(depth), DYKE)
    plot.line(depth, safe_speed(depth) / 86.9448, SEA)
    plot.say(0.75, 0.36, "house with its floor at 25 cm", DYKE)
    plot.say(0.32, 0.1, "road closed from 30 cm", SEA)
    plot.save("consequences")


def draw_gauge() -> None:
    """A gauge on sinking ground whose zero was moved, as read and as levelled."""
    times = span("2023-01-01", "2026-01-01", 720)
    rng = np.random.default_rng(4)
    true = tide(jakarta(), times) + rng.normal(0.0, 0.04, len(times))
    years = (times - times[-1]).astype(float) / 86400.0 / 365.25
    read = true + 0.10 * years - np.where(times < np.datetime64("2024-04-01"), 0.35, 0.0)
    series = Series(times, read)
    levelled, _ = level(series, check(series, tide(jakarta(), times)))
    title = "A gauge that sinks 10 cm a year and whose zero was moved (30-day means)"
    plot = Plot(title, (0, 3), (-0.8, 0.4), ("years", "m above the newest zero"))
    month = np.ones(60) / 60
    middle = np.convolve(years, month, "valid")[::8] + 3.0
    for values, colour in ((read, DYKE), (levelled.levels, SEA)):
        plot.line(middle, np.convolve(values - true.mean(), month, "valid")[::8], colour)
    plot.say(1.3, -0.45, "the zero was moved", DYKE)
    plot.say(1.8, 0.25, "levelled: only the seasons are left", SEA)
    plot.save("gauge")


def draw_weir() -> None:
    """Discharge over a crest against the level behind it: free, drowned, and swinging the other way."""
    behind = np.linspace(-0.5, 1.0, 301)
    title = "Discharge over a dyke of crest 0, water in front at 0.5 m"
    plot = Plot(title, (-0.5, 1.0), (-1.6, 0.8), ("level behind, m", "m³/s for each metre"))
    plot.line(behind, [over_crest(0.5, float(b), 0.0, 0.6) for b in behind], SEA)
    plot.line((0.0, 0.0), (-1.6, 0.7), SOFT, dashed=True)
    plot.line((0.5, 0.5), (-1.6, 0.7), SOFT, dashed=True)
    plot.say(-0.45, 0.68, "free: the level behind does not matter", SEA)
    plot.say(0.03, 0.3, "drowned", SEA)
    plot.say(0.55, 0.1, "equal levels: nothing flows", INK)
    plot.save("weir")


def draw_place() -> None:
    """The onset level of a place from twenty-four sightings, though the model is half a metre off."""
    rng = np.random.default_rng(8)
    seen = rng.uniform(0.3, 1.4, 24)
    wet = (seen + rng.normal(0.0, 0.05, 24) > 0.8) ^ (np.arange(24) == 5)
    plot = Plot(
        "Onset of a place, learnt from who saw it wet (dark) or dry (light); band: 10 to 90 %",
        (0.2, 1.6),
        (0, 24),
        ("sea level, m", "sighting"),
    )
    for count in range(1, 25):
        found = learn_onset(seen[:count], wet[:count], 1.3)
        plot.band([max(found.low, 0.2), min(found.high, 1.6)], [count - 1] * 2, [count] * 2, SEA, thick=0.45)
        plot.dot(float(seen[count - 1]), count - 0.5, INK if wet[count - 1] else SOFT)
    plot.line((1.3, 1.3), (0, 24), DYKE, dashed=True)
    plot.line((0.8, 0.8), (0, 24), DARK, dashed=True)
    plot.say(1.31, 22.5, "the model", DYKE)
    plot.say(0.66, 23.2, "the truth", DARK)
    plot.save("place")


PICTURES = (
    draw_tide, draw_gauge, draw_onset, draw_flood, draw_weir, draw_learning, draw_place, draw_scenario,
    draw_consequences,
)  # fmt: skip

if __name__ == "__main__":
    for draw in PICTURES:
        draw()
