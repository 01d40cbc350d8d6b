"""Reading `[[channel]]` of `cases.toml`: how tables of other complaint channels look. Headings are data, not code."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from rembug.lib.pack.table import Table

FIELDS = ("number", "at", "words", "category", "place", "lat", "lon")
EXPORTS = (
    *("number", "code", "category", "area", "body", "state", "answer", "page"),
    *("opened_at", "answered_at", "due_at", "settled_at"),
)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One channel: heading of each of our fields, their kinds as ours, and the columns that go back to its operator."""

    code: str
    columns: Mapping[str, str]
    categories: Mapping[str, str]
    export: tuple[tuple[str, str], ...]  # their heading, our field: a database keeps no order of keys
    delimiter: str = ","
    date_format: str = ""  # of strptime; empty: ISO 8601
    whatsapp: bool = False


def read_channels(rows: list[Table], categories: Collection[str]) -> tuple[ChannelRow, ...]:
    """Return the channels, each once."""
    found: dict[str, ChannelRow] = {}
    for row in rows:
        one = _channel(row, categories)
        if one.code in found or one.code == "incident":
            row.fault(
                "code", f"channel {one.code!r} stands here twice, or is our own", "give it another code"
            )
        found[one.code] = one
        row.done()
    return tuple(found.values())


def _channel(row: Table, categories: Collection[str]) -> ChannelRow:
    columns = _pairs(row.table("columns", optional=True))
    for field in columns:
        if field not in FIELDS:
            row.fault("columns", f"{field!r} is no field", f"use some of: {', '.join(FIELDS)}")
    whatsapp = bool(row.flag("whatsapp", default=False))
    if "number" not in columns and not (whatsapp and not columns):
        row.fault("columns", "no column is the number", "name the heading of `number`")
    kinds = _pairs(row.table("categories", optional=True))
    for ours in kinds.values():
        if ours not in categories:
            row.fault("categories", f"{ours!r} is not in categories.toml", "use a code that is")
    export = _pairs(row.table("export", optional=True))
    for field in export.values():
        if field not in EXPORTS:
            row.fault("export", f"{field!r} is no field", f"use some of: {', '.join(EXPORTS)}")
    return ChannelRow(
        code=row.slug("code", longest=12),
        columns=columns,
        categories=kinds,
        export=tuple(export.items()),
        delimiter=row.choice("delimiter", (",", ";", "\t"), default=","),
        date_format=row.text("date_format", longest=40, default=""),
        whatsapp=whatsapp,
    )


def _pairs(table: Table) -> dict[str, str]:
    return {name: table.text(name, longest=80) for name in table.entries()}


def channel_from_json(plain: Mapping[str, Any]) -> ChannelRow:
    """Return a channel that was written as JSON."""
    return ChannelRow(**{**plain, "export": tuple((heading, name) for heading, name in plain["export"])})
