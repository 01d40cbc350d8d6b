"""Scenario files: TOML in, a `Scenario` out, every input by its hash."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from rob.consequences.counts import Assets
from rob.consequences.damage import FLOOR
from rob.flood.structures import Culvert, Pump, River, Table, breach, gate
from rob.io import toml
from rob.io.reader import Reader, above, not_below, real
from rob.io.stations import read_station
from rob.io.terrain import Survey, read_terrain
from rob.io.text import read_text
from rob.scenario.lines import Point, faces_along
from rob.scenario.model import Line, Scenario, Sea
from rob.tide.synthesis import span, tide
from rob.types import Bools, Floats, RobError, Terrain

SECTIONS = (
    "title", "terrain", "sea", "sinking", "dyke", "raise", "breach", "gate", "pump", "culvert", "river", "rain", "run",
    "assets",
)  # fmt: skip
LONGEST = 24.0 * 366.0
"""Hours of the longest run."""
EDGES = ("north", "south", "west", "east")


def read_scenario(path: Path | str) -> Scenario:
    """A scenario from its file.

    Raises
    ------
    RobError
        With file, field and remedy.
    """
    read = Reader(Path(path))
    data = toml.load(read.path)
    if not data:
        raise RobError(read.source, "file", "the scenario is empty", "Give at least [terrain] and [sea]")
    toml.only(data, SECTIONS, read.source, "")
    read.note(read.path, read.path.name)
    ground = _terrain(read, toml.subtable(data, "terrain", read.source, needed=True))
    run = toml.subtable(data, "run", read.source)
    toml.only(run, ("kind", "hours", "every_minutes", "roughness", "members"), read.source, "run.")
    dykes, before = _dykes(read, data, ground)
    return Scenario(
        title=toml.text(data, "title", read.source),
        terrain=ground,
        sea=_sea(read, toml.subtable(data, "sea", read.source, needed=True), ground),
        sinking=_sinking(read, toml.subtable(data, "sinking", read.source), ground),
        dykes=dykes,
        before=before,
        moving=_moving(read, data, ground, dykes),
        pumps=tuple(_pump(read, t, ground) for t in toml.tables(data, "pump", read.source)),
        culverts=tuple(_culvert(read, t, ground) for t in toml.tables(data, "culvert", read.source)),
        rivers=tuple(_river(read, t, ground) for t in toml.tables(data, "river", read.source)),
        rain=_rain(read, data),
        dynamic=toml.choice(run, "kind", ("static", "dynamic"), read.source, "static") == "dynamic",
        hours=above(toml.number(run, "hours", read.source, 12.0), "run.hours", read.source, LONGEST),
        every_minutes=above(
            toml.number(run, "every_minutes", read.source, 30.0), "run.every_minutes", read.source
        ),
        roughness=toml.number(run, "roughness", read.source, 0.04),
        members=int(above(toml.number(run, "members", read.source, 1), "run.members", read.source, 1e5)),
        assets=tuple(_assets(read, t, ground) for t in toml.tables(data, "assets", read.source)),
        inputs=read.inputs,
    )


def _terrain(read: Reader, table: toml.Table) -> Terrain:
    where = f"{read.source}: terrain"
    keys = ("file", "vertical_datum", "survey_date", "sigma", "crs", "learnt", "learnt_sigma")
    toml.only(table, keys, read.source, "terrain.")
    survey = Survey(
        toml.text(table, "vertical_datum", where),
        toml.text(table, "survey_date", where),
        toml.number(table, "sigma", where, 0.0),
        toml.text(table, "crs", where, ""),
    )
    return _corrected(read, table, read_terrain(read.file(table, "terrain"), survey))


def _corrected(read: Reader, table: toml.Table, ground: Terrain) -> Terrain:
    """The terrain less the lasting offset that `rob learn` maps (deeper water than the model: lower ground)."""
    if "learnt" in table:
        offset = np.nan_to_num(read.raster(table, "learnt", "terrain", ground))
        ground = replace(ground, z=ground.z - offset)
    if "learnt_sigma" in table:
        sigma = read.raster(table, "learnt_sigma", "terrain", ground)
        ground = replace(ground, sigma=np.where(np.isfinite(sigma), np.abs(sigma), ground.sigma))
    return ground


def _sea(read: Reader, table: toml.Table, ground: Terrain) -> Sea:
    where = f"{read.source}: sea"
    keys = ("edge", "below", "level", "sigma", "rise", "rise_file", "datum", "tide")
    toml.only(table, keys, read.source, "sea.")
    datum = toml.text(table, "datum", where, ground.vertical_datum)
    if datum != ground.vertical_datum:
        raise RobError(
            read.source,
            "sea.datum",
            f"the sea is above {datum}, the terrain above {ground.vertical_datum}",
            "Bring both to one datum; never subtract one from the other unseen",
        )
    cells = sea_cells(
        ground, toml.choice(table, "edge", EDGES, where), toml.number(table, "below", where, -1e9)
    )
    wave = _tide(read, toml.subtable(table, "tide", where)) if "tide" in table else None
    top = max(wave[1]) if wave else None
    return Sea(
        cells,
        toml.number(table, "level", where, top),
        not_below(toml.number(table, "sigma", where, 0.0), "sea.sigma", read.source),
        toml.number(table, "rise", where, 0.0),
        wave,
        np.nan_to_num(read.raster(table, "rise_file", "sea", ground)) if "rise_file" in table else 0.0,
    )


def sea_cells(ground: Terrain, edge: str, below: float) -> Bools:
    """The edge row or column, and the ground lower than `below` (m) that hangs together with it.

    Parameters
    ----------
    ground
        The terrain.
    edge
        ``north``, ``south``, ``west`` or ``east``.
    below
        Height under which ground belongs to the sea where it hangs together with the edge, metres.

    Returns
    -------
    ndarray
        Bools of the shape of the terrain; false where the ground is unknown.
    """
    sea = np.zeros(ground.z.shape, bool)
    rim = {"north": sea[0], "south": sea[-1], "west": sea[:, 0], "east": sea[:, -1]}[edge]
    low = np.nan_to_num(ground.z, nan=np.inf) < below
    rim[:] = True
    while True:
        wider = sea.copy()
        wider[1:] |= sea[:-1]
        wider[:-1] |= sea[1:]
        wider[:, 1:] |= sea[:, :-1]
        wider[:, :-1] |= sea[:, 1:]
        wider = sea | (wider & low)
        if (wider == sea).all():
            return np.asarray(sea & np.isfinite(ground.z))
        sea = wider


def _tide(read: Reader, table: toml.Table) -> Table:
    """The tide of a station from a UTC time on, above mean sea level plus an offset, every ten minutes."""
    where = f"{read.source}: sea.tide"
    toml.only(table, ("file", "start", "hours", "offset"), read.source, "sea.tide.")
    station = read_station(read.file(table, "sea.tide"))
    try:
        start = _utc(datetime.fromisoformat(toml.text(table, "start", where)))
    except (ValueError, OverflowError):
        raise RobError(
            read.source, "sea.tide.start", "not a time", 'Write the UTC time as "2026-06-15T00:00"'
        ) from None
    hours = above(toml.number(table, "hours", where), "sea.tide.hours", read.source, LONGEST)
    times = span(start, start + np.timedelta64(int(hours * 3600), "s"), 10)
    levels = tide(station, times) + toml.number(table, "offset", where, 0.0)
    return tuple((times - start).astype(float).tolist()), tuple(levels.tolist())


def _utc(at: datetime) -> np.datetime64:
    """A time as UTC; one without a zone is UTC already."""
    return np.datetime64(at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at, "s")


def _rain(read: Reader, data: toml.Table) -> Table | None:
    if "rain" not in data:
        return None
    table = toml.subtable(data, "rain", read.source, needed=True)
    toml.only(table, ("mm_per_hour",), read.source, "rain.")
    return read.table(table.get("mm_per_hour"), "rain.mm_per_hour", 1.0)


def _sinking(read: Reader, table: toml.Table, ground: Terrain) -> Floats | float:
    """Sinking from the survey to a year: a rate in metres a year, one number or a raster on the terrain's grid."""
    if not table:
        return 0.0
    where = f"{read.source}: sinking"
    toml.only(table, ("to_year", "rate", "file"), read.source, "sinking.")
    years = toml.number(table, "to_year", where) - int(ground.survey_date[:4])
    if not 0 <= years <= 200:
        raise RobError(
            read.source,
            "sinking.to_year",
            f"{years:g} years after the survey",
            "Give a year after the survey",
        )
    if "file" not in table:
        rate = toml.number(table, "rate", where)
        if abs(rate) > 1.0:
            raise RobError(
                read.source, "sinking.rate", f"{rate:g} m a year cannot be", "Write metres a year, as 0.08"
            )
        return years * rate
    return np.asarray(years * np.nan_to_num(read.raster(table, "file", "sinking", ground)), float)


def _points(read: Reader, table: toml.Table, where: str) -> tuple[Point, ...]:
    value = table.get("points")
    if not isinstance(value, list):
        raise RobError(read.source, f"{where}.points", "missing", "Write points = [[x, y], [x, y]]")
    return tuple(read.point(each, f"{where}.points") for each in value)


def _dykes(read: Reader, data: toml.Table, ground: Terrain) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Dykes with the crests of the scenario, and the existing ones with those of today."""
    raised = {}
    for table in toml.tables(data, "raise", read.source):
        toml.only(table, ("dyke", "crest"), read.source, "raise.")
        raised[toml.text(table, "dyke", read.source)] = toml.number(table, "crest", read.source)
    lines, before = [], []
    for table in toml.tables(data, "dyke", read.source):
        toml.only(table, ("name", "points", "crest", "existing", "sinks"), read.source, "dyke.")
        name = toml.text(table, "name", f"{read.source}: dyke")
        crest = table.get("crest")
        top = tuple(map(float, crest)) if isinstance(crest, list) and all(map(real, crest)) else None
        height = top if top is not None else toml.number(table, "crest", f"{read.source}: dyke {name}")
        points = _points(read, table, f"dyke {name}")
        faces = faces_along(ground.grid, points, height, read.source, f"dyke {name}")
        existing = table.get("existing") is True
        line = Line(name, faces, existing, sinks=existing and table.get("sinks", True) is True)
        if line.existing:
            before.append(line)
        if name in raised:
            higher = raised.pop(name)
            faces = faces_along(ground.grid, points, higher, read.source, f"dyke {name}")
            line = Line(name, faces, line.existing)
        lines.append(line)
    if raised:
        raise RobError(
            read.source,
            "raise.dyke",
            f"there is no dyke {next(iter(raised))!r}",
            "Use the name of a [[dyke]]",
        )
    return tuple(lines), tuple(before)


def _moving(read: Reader, data: toml.Table, ground: Terrain, dykes: tuple[Line, ...]) -> tuple[Line, ...]:
    """Breaches and gates."""
    lines = []
    top = max((float(line.faces.crest.max()) for line in dykes), default=0.0)
    for table in toml.tables(data, "breach", read.source):
        toml.only(table, ("name", "points", "start_hour", "minutes", "bottom"), read.source, "breach.")
        name, where = toml.text(table, "name", f"{read.source}: breach"), f"{read.source}: breach"
        faces = faces_along(ground.grid, _points(read, table, name), top, read.source, f"breach {name}")
        start, last = toml.number(table, "start_hour", where, 0.0), toml.number(table, "minutes", where, 30.0)
        bottom = toml.number(table, "bottom", where)
        lines.append(Line(name, faces, False, breach(faces, 3600.0 * start, 60.0 * last, bottom)))
    for table in toml.tables(data, "gate", read.source):
        toml.only(table, ("name", "points", "sill", "closed", "open_share"), read.source, "gate.")
        name, where = toml.text(table, "name", f"{read.source}: gate"), f"{read.source}: gate"
        sill, closed = toml.number(table, "sill", where), toml.number(table, "closed", where)
        faces = faces_along(ground.grid, _points(read, table, name), closed, read.source, f"gate {name}")
        moves = read.table(table.get("open_share", [[0, 0]]), f"gate {name}.open_share", 1.0)
        lines.append(Line(name, faces, True, gate(faces, sill, closed, moves)))
    return tuple(lines)


def _cell(read: Reader, ground: Terrain, value: Any, where: str) -> tuple[int, int]:
    return ground.grid.cell_at(*read.point(value, where), source=f"{read.source}: {where}")


def _pump(read: Reader, table: toml.Table, ground: Terrain) -> Pump:
    where = f"{read.source}: pump"
    toml.only(table, ("name", "at", "to", "capacity", "on", "off"), read.source, "pump.")
    end = _cell(read, ground, table["to"], "pump.to") if "to" in table else None
    on, off = toml.number(table, "on", where), toml.number(table, "off", where)
    if off > on:
        raise RobError(
            read.source, "pump.off", f"it stops at {off:g} m but starts at {on:g} m", "Let off be below on"
        )
    capacity = above(toml.number(table, "capacity", where), "pump.capacity", read.source)
    return Pump(_cell(read, ground, table.get("at"), "pump.at"), end, capacity, on, off)


def _culvert(read: Reader, table: toml.Table, ground: Terrain) -> Culvert:
    where = f"{read.source}: culvert"
    toml.only(table, ("name", "at", "to", "area", "invert", "valve"), read.source, "culvert.")
    return Culvert(
        _cell(read, ground, table.get("at"), "culvert.at"),
        _cell(read, ground, table.get("to"), "culvert.to"),
        above(toml.number(table, "area", where), "culvert.area", read.source),
        toml.number(table, "invert", where),
        table.get("valve") is True,
    )


def _river(read: Reader, table: toml.Table, ground: Terrain) -> River:
    toml.only(table, ("name", "at", "discharge"), read.source, "river.")
    cells = table.get("at")
    if not isinstance(cells, list) or not cells:
        raise RobError(read.source, "river.at", "missing", "Write at = [[x, y]]")
    return River(
        tuple(_cell(read, ground, each, "river.at") for each in cells),
        read.table(table.get("discharge"), "river.discharge", 1.0),
    )


def _assets(read: Reader, table: toml.Table, ground: Terrain) -> Assets:
    """A CSV of ``x, y, amount``; places outside the terrain are a fault."""
    toml.only(table, ("kind", "file", "uncertainty", "floor"), read.source, "assets.")
    path = read.file(table, "assets")
    found = [
        _asset(row, f"{path}: line {line}", ground)
        for line, row in enumerate(csv.DictReader(read_text(path).splitlines()), start=2)
    ]
    if not found:
        raise RobError(
            str(path), "file", "there is nothing in it", "Give the columns x,y,amount and a line for each"
        )
    rows, columns, amounts = zip(*found, strict=True)
    return Assets(
        toml.text(table, "kind", read.source),
        np.array(rows, np.int32),
        np.array(columns, np.int32),
        np.array(amounts, float),
        not_below(toml.number(table, "uncertainty", read.source, 0.0), "assets.uncertainty", read.source),
        toml.number(table, "floor", read.source, FLOOR),
    )


def _asset(row: dict[str, Any], where: str, ground: Terrain) -> tuple[int, int, float]:
    try:
        x, y, amount = float(row["x"]), float(row["y"]), float(row.get("amount") or 1.0)
    except (KeyError, TypeError, ValueError):
        raise RobError(where, "row", "no x, y, amount", "Use the columns x,y,amount") from None
    if not 0.0 <= amount < 1e12:
        raise RobError(where, "amount", f"{amount:g} cannot be", "Write how many there are, zero or more")
    return (*ground.grid.cell_at(x, y, where), amount)
