"""Reading `desk.toml`: things that bodies lend, the lawful routes to a grant, and what each asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rembug.lib.pack.faults import Faults
from rembug.lib.pack.files import toml_table
from rembug.lib.pack.table import Table

FILE = "desk.toml"
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """A kind of thing that is lent."""

    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A lawful way to money; `confirmed`: its own text was read."""

    code: str
    names: Names
    basis: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """What a route asks of whoever asks."""

    code: str
    names: Names
    routes: tuple[str, ...]
    basis: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What a city's pack says of things to lend and of grants."""

    facilities: tuple[FacilityRow, ...] = ()
    routes: tuple[RouteRow, ...] = ()
    requirements: tuple[RequirementRow, ...] = ()


def read_desk(folder: Path, faults: Faults, languages: Collection[str]) -> DeskFacts | None:
    """Return what the pack says of the desk; nothing when the file is absent or unreadable."""
    if not (folder / FILE).exists():
        return None
    whole = toml_table(folder, faults)
    if whole is None:
        return None
    routes = tuple(_route(row, languages) for row in whole.tables("route", optional=True))
    known = {route.code for route in routes}
    facts = DeskFacts(
        tuple(_facility(row, languages) for row in whole.tables("facility")),
        routes,
        tuple(_requirement(row, languages, known) for row in whole.tables("requirement", optional=True)),
    )
    whole.done()
    return facts


def desk_to_json(facts: DeskFacts) -> dict[str, Any]:
    """Return the facts as JSON."""
    return asdict(facts)


def desk_from_json(plain: Mapping[str, Any]) -> DeskFacts:
    """Return the facts that `desk_to_json` wrote."""
    return DeskFacts(
        tuple(FacilityRow(**row) for row in plain["facilities"]),
        tuple(RouteRow(**row) for row in plain["routes"]),
        tuple(RequirementRow(**{**row, "routes": tuple(row["routes"])}) for row in plain["requirements"]),
    )


def _facility(row: Table, languages: Collection[str]) -> FacilityRow:
    made = FacilityRow(row.slug("code", longest=16), row.names("names", languages))
    row.done()
    return made


def _route(row: Table, languages: Collection[str]) -> RouteRow:
    made = RouteRow(
        code=row.slug("code", longest=16),
        names=row.names("names", languages),
        basis=row.text("basis"),
        confirmed=row.flag("confirmed"),
    )
    row.done()
    return made


def _requirement(row: Table, languages: Collection[str], routes: Collection[str]) -> RequirementRow:
    made = RequirementRow(
        code=row.slug("code", longest=24),
        names=row.names("names", languages),
        routes=row.texts("routes"),
        basis=row.text("basis"),
        confirmed=row.flag("confirmed"),
    )
    if not set(made.routes) <= set(routes):
        row.fault("routes", f"`routes` holds {list(made.routes)!r}", "name routes of this file")
    row.done()
    return made
