"""Reading `cases.toml`: working days, promises with their legal basis, when a case opens."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rembug.lib.pack.channels import ChannelRow, channel_from_json, read_channels
from rembug.lib.pack.faults import Faults
from rembug.lib.pack.files import toml_table
from rembug.lib.pack.others import OtherRow, read_others
from rembug.lib.pack.table import Table
from rembug.lib.pack.trials import TrialRow, read_trials

FILE = "cases.toml"
RUNGS = ("plausible", "corroborated", "verified")
COORDINATOR = "coordinator"
VERBS = ("ask", "answer", "finish", "refer", "reject")
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A number of working days that somebody promised, and where that stands."""

    code: str
    days: int
    words: Names
    basis: str


@dataclass(frozen=True, slots=True)
class RungRow:
    """A rung of the ladder that a late case climbs: days after which clock, to whom (`""`: a system outside)."""

    code: str
    clock: str
    after_days: int
    to: str
    words: Names
    basis: str


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A sentence ready to use for a step; `categories` empty: for all."""

    code: str
    verb: str
    categories: tuple[str, ...]
    words: Names


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a city's pack says of handling. Days of `added`, `removed` are ISO dates."""

    country: str
    added: Mapping[str, str]
    removed: tuple[str, ...]
    promise: PromiseRow
    classes: tuple[PromiseRow, ...]
    rungs: tuple[str, ...]
    min_probability: float
    alone: tuple[str, ...]
    alone_probability: float
    physical: tuple[str, ...]
    silent_days: int
    silent_basis: str
    referral: Names
    referral_terms: tuple[str, ...]
    ladder: tuple[RungRow, ...] = ()
    others: tuple[OtherRow, ...] = ()
    channels: tuple[ChannelRow, ...] = ()
    inspection_share: float = 0.0  # of settled cases, for a second look
    inspection_days: int = 30
    inspection_basis: str = ""
    templates: tuple[TemplateRow, ...] = ()
    trials: tuple[TrialRow, ...] = ()

    def clock(self, code: str) -> PromiseRow | None:
        """Return a class by its code."""
        return next((row for row in self.classes if row.code == code), None)


def read_cases(
    folder: Path,
    faults: Faults,
    languages: Collection[str],
    categories: Collection[str],
    bodies: Collection[str] = (),
) -> CaseFacts | None:
    """Return what the pack says of handling; nothing when the file is absent or unreadable."""
    if not (folder / FILE).exists():
        return None
    whole = toml_table(folder, faults)
    if whole is None:
        return None
    names = ("calendar", "promise", "opening", "physical", "closing", "referral")
    tables = {name: whole.table(name) for name in names}
    second = whole.table("inspection", optional=True)
    days, opening, closing = tables["calendar"], tables["opening"], tables["closing"]
    facts = CaseFacts(
        country=days.text("country", longest=2),
        added=dict(_days(days, "add")),
        removed=tuple(day for day, _ in _days(days, "remove")),
        promise=_promise(tables["promise"], languages, "promise"),
        classes=tuple(_class(row, languages) for row in whole.tables("class")),
        rungs=opening.texts("rungs"),
        min_probability=opening.number("min_probability", low=0, high=1),
        alone=opening.texts("alone", default=[]),
        alone_probability=opening.number("alone_probability", low=0, high=1),
        physical=tables["physical"].texts("categories"),
        silent_days=int(closing.number("silent_days", low=1, high=120)),
        silent_basis=closing.text("basis"),
        referral=tables["referral"].names("words", languages),
        referral_terms=tables["referral"].texts("terms"),
        inspection_share=second.number("share", low=0, high=1, default=0),
        inspection_days=int(second.number("days", low=1, high=365, default=30)),
        inspection_basis=second.text("basis", default=""),
        templates=_templates(whole, languages, categories),
        ladder=tuple(_rung(row, languages, bodies) for row in whole.tables("escalation", optional=True)),
        channels=read_channels(whole.tables("channel", optional=True), categories),
        trials=read_trials(whole.tables("trial", optional=True), bodies),
        others=read_others(whole.tables("open311", optional=True), bodies, categories),
    )
    _known(opening, "rungs", facts.rungs, RUNGS)
    _known(opening, "alone", facts.alone, categories)
    _known(tables["physical"], "categories", facts.physical, categories)
    if not {"verify", "complaint"} <= {row.code for row in facts.classes}:
        whole.fault("class", "a class `verify` or `complaint` is missing", "add [[class]] with that code")
    for table in (*tables.values(), second, whole):
        table.done()
    return facts


def cases_to_json(facts: CaseFacts) -> dict[str, Any]:
    """Return the facts as JSON."""
    return asdict(facts)


def cases_from_json(plain: Mapping[str, Any]) -> CaseFacts:
    """Return the facts that `cases_to_json` wrote."""
    lists = {name: tuple(plain[name]) for name in ("removed", "rungs", "alone", "physical", "referral_terms")}
    rows = {
        "promise": PromiseRow(**plain["promise"]),
        "classes": tuple(PromiseRow(**row) for row in plain["classes"]),
        "templates": tuple(
            TemplateRow(**{**row, "categories": tuple(row["categories"])})
            for row in plain.get("templates", ())
        ),
        "ladder": tuple(RungRow(**row) for row in plain.get("ladder", ())),
        "channels": tuple(channel_from_json(row) for row in plain.get("channels", ())),
        "trials": tuple(TrialRow(**row) for row in plain.get("trials", ())),
        "others": tuple(OtherRow(**row) for row in plain.get("others", ())),
    }
    return CaseFacts(**{**plain, **lists, **rows})


def _days(table: Table, key: str) -> list[tuple[str, str]]:
    found = []
    for row in table.listed(key) or []:
        day = row.get("day") if isinstance(row, dict) else None
        if not isinstance(day, date) or not row.get("basis"):
            table.fault(key, f"`{key}` holds {row!r}", 'write { day = 2026-04-01, words = "…", basis = "…" }')
            continue
        found.append((day.isoformat(), str(row.get("words", row["basis"]))))
    return found


def _promise(row: Table, languages: Collection[str], code: str) -> PromiseRow:
    return PromiseRow(
        code=code,
        days=int(row.number("days", low=1, high=365)),
        words=row.names("words", languages),
        basis=row.text("basis"),
    )


def _class(row: Table, languages: Collection[str]) -> PromiseRow:
    made = _promise(row, languages, row.slug("code", longest=16))
    row.done()
    return made


def _rung(row: Table, languages: Collection[str], bodies: Collection[str]) -> RungRow:
    to = row.text("to", longest=40, default="")
    _known(row, "to", [to] if to else [], {COORDINATOR, *bodies})
    made = RungRow(
        code=row.slug("code", longest=16),
        clock=row.slug("clock", longest=16),
        after_days=int(row.number("after_days", low=0, high=365)),
        to=to,
        words=row.names("words", languages),
        basis=row.text("basis"),
    )
    row.done()
    return made


def _templates(
    whole: Table, languages: Collection[str], categories: Collection[str]
) -> tuple[TemplateRow, ...]:
    rows = whole.tables("template", optional=True)
    return tuple(_template(row, languages, categories) for row in rows)


def _template(row: Table, languages: Collection[str], categories: Collection[str]) -> TemplateRow:
    chosen = row.texts("categories", default=[])
    _known(row, "categories", chosen, categories)
    made = TemplateRow(
        code=row.slug("code", longest=16),
        verb=row.choice("verb", VERBS),
        categories=chosen,
        words=row.names("words", languages),
    )
    row.done()
    return made


def _known(table: Table, key: str, values: Collection[str], known: Collection[str]) -> None:
    for value in values:
        if value not in known:
            table.fault(key, f"{value!r} is not known", f"use one of: {', '.join(sorted(known))}")
