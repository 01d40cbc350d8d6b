"""Station files: the engine's own TOML, and the TICON-4 JSON of the open tide database."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from rob.io import toml
from rob.io.text import read_text
from rob.tide import table
from rob.types import Constituent, RobError, Station

UNITS = {"m": 1.0, "cm": 0.01, "mm": 0.001}
KEYS = (
    "name", "latitude", "longitude", "phase_reference", "units", "source", "licence", "period", "trust",
)  # fmt: skip
TRUST = ("measured", "neighbour", "low")


def read_station(path: Path | str) -> Station:
    """A station from a ``.toml`` or TICON ``.json`` file.

    Returns
    -------
    Station
        Amplitudes in metres, phases referred to UTC; constants with unknown names are listed in `unused`.

    Raises
    ------
    RobError
        When a field is missing, misspelt or impossible; the message names file, field and remedy.
    """
    path = Path(path)
    return _from_ticon(path) if path.suffix.lower() == ".json" else _from_toml(path)


def phase_hours(reference: str, source: str) -> float:
    """Hours east of UTC of a phase reference such as ``UTC``, ``UTC+7`` or ``UTC+8:30``.

    Raises
    ------
    RobError
        When it is not a time zone.
    """
    found = re.fullmatch(
        r"UTC(?:([+-])(\d{1,2})(?::([0-5]\d))?)?", reference.strip().upper().replace(" ", "")
    )
    if not found or (found[2] and int(found[2]) > 14):
        raise RobError(
            source,
            "phase_reference",
            f"{reference!r} is not a time zone",
            'Write "UTC" when phases are Greenwich lags, "UTC+7" when they are in local time (WIB)',
        )
    if not found[1]:
        return 0.0
    return (-1.0 if found[1] == "-" else 1.0) * (int(found[2]) + int(found[3] or 0) / 60.0)


def _from_toml(path: Path) -> Station:
    data, source = toml.load(path), str(path)
    toml.only(data, ("station", "datums", "constituents"), source, "")
    head = toml.subtable(data, "station", source, needed=True)
    toml.only(head, KEYS, source, "station.")
    scale = UNITS[toml.choice(head, "units", tuple(UNITS), source)]
    hours = phase_hours(toml.text(head, "phase_reference", source), source)
    datums = toml.subtable(data, "datums", source)
    pairs = {
        name: _pair(value, name, source)
        for name, value in toml.subtable(data, "constituents", source, needed=True).items()
    }
    return _station(
        source,
        pairs,
        scale,
        hours,
        name=toml.text(head, "name", source),
        latitude=toml.number(head, "latitude", source),
        longitude=toml.number(head, "longitude", source),
        datums={key: toml.number(datums, key, source) * scale for key in datums},
        source=toml.text(head, "source", source),
        licence=toml.text(head, "licence", source),
        period=toml.text(head, "period", source, ""),
        trust=toml.choice(head, "trust", TRUST, source, "measured"),
    )


def _pair(value: Any, name: str, source: str) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != 2:
        raise RobError(
            source, f"constituents.{name}", f"{value!r} is not a pair", "Write [amplitude, phase in degrees]"
        )
    return tuple(  # type: ignore[return-value]
        toml.number({part: each}, part, f"{source}: constituents.{name}")
        for part, each in zip(("amplitude", "phase"), value, strict=True)
    )


def _from_ticon(path: Path) -> Station:
    source = str(path)
    try:
        data = json.loads(read_text(path))
    except json.JSONDecodeError as fault:
        raise RobError(source, "file", f"not readable as JSON ({fault})", "Download the file again") from None
    try:
        pairs = {c["name"]: (float(c["amplitude"]), float(c["phase"])) for c in data["harmonic_constituents"]}
        epoch = data.get("epoch", {})
        return _station(
            source,
            pairs,
            1.0,
            0.0,
            name=str(data["name"]),
            latitude=float(data["latitude"]),
            longitude=float(data["longitude"]),
            datums={key: float(value) for key, value in data.get("datums", {}).items()},
            source=f"{data['source']['name']} {data['source']['id']}",
            licence=str(data["license"]["type"]),
            period=f"{epoch.get('start', '?')} to {epoch.get('end', '?')}",
            trust="measured",
        )
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise RobError(
            source,
            str(fault),
            "the field is missing or of another kind",
            "Use a station file of the tide database",
        ) from None


def _check_facts(path: str, facts: dict[str, Any]) -> None:
    if not -90 <= facts["latitude"] <= 90 or not -180 <= facts["longitude"] <= 180:
        raise RobError(
            path,
            "latitude, longitude",
            "not a place on earth",
            "Write degrees north and degrees east as decimals",
        )
    if not all(abs(level) < 1e3 for level in facts["datums"].values()):
        raise RobError(path, "datums", "a level cannot be", "Write metres above the zero of the gauge")


def _station(
    path: str, pairs: dict[str, tuple[float, float]], scale: float, hours: float, **facts: Any
) -> Station:
    """The station with its constants in metres and UTC."""
    _check_facts(path, facts)
    known: dict[str, Constituent] = {}
    unused = []
    for name, (amplitude, phase) in pairs.items():
        own = table.canonical(name)
        if not 0 <= amplitude < 1e3 or not -360 <= phase <= 720:
            raise RobError(
                path,
                f"constituents.{name}",
                f"amplitude {amplitude:g}, phase {phase:g} cannot be",
                "Write an amplitude of zero or more, and a phase in degrees",
            )
        if own is None:
            unused.append(name)
            continue
        if own in known:
            raise RobError(path, f"constituents.{name}", f"{own} is given twice", "Keep one of the two")
        # A phase in local time belongs to an argument taken at local time: take the advance of those hours off.
        turn = table.speed(own) * 360.0 * hours / 24.0
        known[own] = Constituent(own, amplitude * scale, (phase - turn) % 360.0)
    if not known:
        raise RobError(path, "constituents", "none has a known name", "Use names such as M2, S2, K1, O1")
    if sum(c.amplitude for c in known.values()) > 20.0:
        raise RobError(
            path, "units", "the constants add up to more than 20 m", "Check the units (m, cm or mm)"
        )
    return Station(constituents=tuple(known.values()), unused=tuple(unused), phase_hours=hours, **facts)


def write_station(station: Station, path: Path | str) -> None:
    """Write a station as TOML with phases in UTC and metres, whole or not at all; `read_station` gives it back."""
    quote = json.dumps
    lines = [
        "[station]",
        f"name = {quote(station.name, ensure_ascii=False)}",
        f"latitude = {station.latitude!r}",
        f"longitude = {station.longitude!r}",
        'phase_reference = "UTC"',
        'units = "m"',
        f"source = {quote(station.source or 'not stated', ensure_ascii=False)}",
        f"licence = {quote(station.licence or 'not stated', ensure_ascii=False)}",
        f"period = {quote(station.period, ensure_ascii=False)}",
        f'trust = "{station.trust}"',
        "",
        "[datums]",
        *(f"{quote(key)} = {value:.4f}" for key, value in station.datums.items()),
        "",
        "[constituents]",
        *(f"{quote(c.name)} = [{c.amplitude:.5f}, {c.phase:.2f}]" for c in station.constituents),
        "",
    ]
    work = Path(path).with_name(f".{Path(path).name}.part")
    try:
        work.write_text("\n".join(lines), encoding="utf-8")
        work.replace(path)
    finally:
        work.unlink(missing_ok=True)
