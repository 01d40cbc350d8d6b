"""Reading `[[trial]]` of `cases.toml`: bodies whose promises are not shown to the public yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rembug.lib.pack.table import Table


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A body that tries out the desk until the end of a day (ISO date), and what this rests on."""

    body: str
    until: str
    basis: str


def read_trials(rows: list[Table], bodies: Collection[str]) -> tuple[TrialRow, ...]:
    """Return the trials, each body at most once."""
    found: dict[str, TrialRow] = {}
    for row in rows:
        one = TrialRow(row.slug("body"), row.day("until"), row.text("basis"))
        if one.body not in bodies:
            row.fault("body", f"body {one.body!r} is not in bodies.csv", "use an id that is")
        if one.body in found:
            row.fault("body", f"body {one.body!r} stands here twice", "give each body one trial")
        found[one.body] = one
        row.done()
    return tuple(found.values())
