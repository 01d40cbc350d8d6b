"""Reading `[[open311]]` of `cases.toml`: bodies that work in an Open311 system of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rembug.lib.pack.table import Table

KEY = re.compile(r"REMBUG_OPEN311_KEY_[A-Z0-9_]{1,40}\Z")  # a pack cannot name any other secret of the server


@dataclass(frozen=True, slots=True)
class OtherRow:
    """Another system: whose, where, under which key, which category is which service there.

    `repeats`: it takes a repeated `Idempotency-Key` for one request, as Rembug does.
    """

    body: str
    endpoint: str
    services: Mapping[str, str]
    key_env: str = ""
    jurisdiction: str = ""
    repeats: bool = False


def read_others(
    rows: list[Table], bodies: Collection[str], categories: Collection[str]
) -> tuple[OtherRow, ...]:
    """Return the other systems, each body at most once."""
    found: dict[str, OtherRow] = {}
    for row in rows:
        one = _other(row, categories)
        if one.body not in bodies:
            row.fault("body", f"body {one.body!r} is not in bodies.csv", "use an id that is")
        if one.body in found:
            row.fault("body", f"body {one.body!r} stands here twice", "give each body one system")
        found[one.body] = one
        row.done()
    return tuple(found.values())


def _other(row: Table, categories: Collection[str]) -> OtherRow:
    endpoint = row.text("endpoint", longest=300).rstrip("/")
    if not re.match(r"https?://[^/\s@]+", endpoint):
        row.fault("endpoint", f"{endpoint!r} is no address", "write https://host/open311/v2")
    key = row.text("api_key_env", longest=60, default="")
    if key and not KEY.match(key):
        row.fault("api_key_env", f"{key!r} is no name for a key", "write REMBUG_OPEN311_KEY_… in capitals")
    table = row.table("services")
    services = {category: table.text(category, longest=80) for category in table.entries()}
    for category in services:
        if category not in categories:
            table.fault(category, f"{category!r} is not in categories.toml", "use a code that is")
    return OtherRow(
        body=row.slug("body"),
        endpoint=endpoint,
        services=services,
        key_env=key,
        jurisdiction=row.text("jurisdiction_id", longest=80, default=""),
        repeats=bool(row.flag("idempotent", default=False)),
    )
