"""Reading `planning.toml`: the stages of the planning path, each year's calendar, reasons of a no."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rembug.lib.pack.faults import Faults
from rembug.lib.pack.files import toml_table
from rembug.lib.pack.table import Table

FILE = "planning.toml"
Names = Mapping[str, str]
SHEET_FIELDS = (
    *(
        "no",
        "prioritas",
        "kegiatan",
        "masalah",
        "yang_diminta",
        "kode_wilayah",
        "wilayah",
        "rt_rw_patokan",
        "volume",
    ),
    *(
        "potensi",
        "partisipasi_warga",
        "bidang",
        "biaya_terendah",
        "biaya_tertinggi",
        "kesepakatan",
        "pengusul",
    ),
    *("tahap", "keadaan", "nomor"),
)


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage: who decides there (kinds of bodies). A `side` stage is a door of its own, as *Pokir* is."""

    code: str
    names: Names
    deciders: tuple[str, ...]
    side: bool


@dataclass(frozen=True, slots=True)
class DateRow:
    """When a stage takes place in a cycle: ISO dates, both included, and how sure that is."""

    stage: str
    opens: str
    closes: str
    basis: str


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One round of planning, named by the budget year that it plans."""

    year: int
    dates: tuple[DateRow, ...]


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason of a decision, by code."""

    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet that another system asks for: its title, the basis, and its columns as (heading, what it holds).

    What a column holds is the name of a column of Form RW.1, `no` (the number in the list), or `=` and fixed words.
    """

    title: str
    basis: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """An electoral district of the council: its areas by code, and how sure its bounds are."""

    code: str
    names: Names
    areas: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class PlanningFacts:
    """What a city's pack says of planning."""

    answer_days: int
    answer_basis: str
    stages: tuple[StageRow, ...]
    cycles: tuple[CycleRow, ...]
    reasons: tuple[ReasonRow, ...]
    sheets: tuple[SheetRow, ...] = ()
    districts: tuple[DistrictRow, ...] = ()


def read_planning(
    folder: Path, faults: Faults, languages: Collection[str], areas: Collection[str] = ()
) -> PlanningFacts | None:
    """Return what the pack says of planning; nothing when the file is absent or unreadable."""
    if not (folder / FILE).exists():
        return None
    whole = toml_table(folder, faults)
    if whole is None:
        return None
    answer = whole.table("answer")
    stages = tuple(_stage(row, languages) for row in whole.tables("stage"))
    facts = PlanningFacts(
        answer_days=int(answer.number("days", low=1, high=365)),
        answer_basis=answer.text("basis"),
        stages=stages,
        cycles=tuple(_cycle(row, {stage.code for stage in stages}) for row in whole.tables("cycle")),
        reasons=tuple(_reason(row, languages) for row in whole.tables("reason")),
        districts=tuple(
            _district(row, languages, areas) for row in whole.tables("electoral_district", optional=True)
        ),
        sheets=tuple(_sheet(row) for row in whole.tables("sheet", optional=True)),
    )
    if not any(not stage.side for stage in stages):
        whole.fault("stage", "no stage stands on the main path", "add [[stage]] without `side`")
    answer.done()
    whole.done()
    return facts


def planning_to_json(facts: PlanningFacts) -> dict[str, Any]:
    """Return the facts as JSON."""
    return asdict(facts)


def planning_from_json(plain: Mapping[str, Any]) -> PlanningFacts:
    """Return the facts that `planning_to_json` wrote."""
    return PlanningFacts(
        answer_days=plain["answer_days"],
        answer_basis=plain["answer_basis"],
        stages=tuple(StageRow(**{**row, "deciders": tuple(row["deciders"])}) for row in plain["stages"]),
        cycles=tuple(
            CycleRow(row["year"], tuple(DateRow(**day) for day in row["dates"])) for row in plain["cycles"]
        ),
        reasons=tuple(ReasonRow(**row) for row in plain["reasons"]),
        districts=tuple(
            DistrictRow(**{**row, "areas": tuple(row["areas"])}) for row in plain.get("districts", ())
        ),
        sheets=tuple(
            SheetRow(row["title"], row["basis"], tuple((head, value) for head, value in row["columns"]))
            for row in plain.get("sheets", ())
        ),
    )


def _stage(row: Table, languages: Collection[str]) -> StageRow:
    made = StageRow(
        code=row.slug("code", longest=16),
        names=row.names("names", languages),
        deciders=row.texts("deciders"),
        side=row.flag("side", default=False),
    )
    row.done()
    return made


def _cycle(row: Table, stages: Collection[str]) -> CycleRow:
    year = int(row.number("year", low=2000, high=2200))
    found = []
    for day in row.listed("dates") or []:
        opens, closes = (day.get(key) if isinstance(day, dict) else None for key in ("opens", "closes"))
        if not (isinstance(opens, date) and isinstance(closes, date) and opens <= closes):
            remedy = 'write { stage = "kelurahan", opens = 2027-02-01, closes = 2027-02-14, basis = "…" }'
            row.fault("dates", f"`dates` holds {day!r}", remedy)
        elif day.get("stage") not in stages or not day.get("basis"):
            row.fault("dates", f"`dates` holds {day!r}", "name a stage of this file, and the basis")
        else:
            found.append(DateRow(day["stage"], opens.isoformat(), closes.isoformat(), str(day["basis"])))
    row.done()
    return CycleRow(year, tuple(found))


def _reason(row: Table, languages: Collection[str]) -> ReasonRow:
    made = ReasonRow(row.slug("code", longest=24), row.names("names", languages))
    row.done()
    return made


def _district(row: Table, languages: Collection[str], areas: Collection[str]) -> DistrictRow:
    made = DistrictRow(
        code=row.slug("code", longest=24),
        names=row.names("names", languages),
        areas=row.texts("areas"),
        basis=row.text("basis"),
    )
    for code in made.areas:
        if areas and code not in areas:
            row.fault("areas", f"{code!r} is no area of this city", "name codes of areas.geojson")
    row.done()
    return made


def _sheet(row: Table) -> SheetRow:
    columns = []
    remedy = f'write [heading, one of {", ".join(SHEET_FIELDS)}, or "=words"]'
    for pair in row.listed("columns") or []:
        texts = (
            isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) and one for one in pair)
        )
        if texts and (pair[1] in SHEET_FIELDS or pair[1].startswith("=")):
            columns.append((pair[0], pair[1]))
        else:
            row.fault("columns", f"`columns` holds {pair!r}", remedy)
    made = SheetRow(row.text("title"), row.text("basis"), tuple(columns))
    row.done()
    return made
