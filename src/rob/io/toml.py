"""Typed, strict reading of TOML: a missing, misspelt or mistyped key is a fault with the way out of it."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from rob.io.text import read_text
from rob.types import RobError

Table = dict[str, Any]


def load(path: Path) -> Table:
    """The whole file.

    Raises
    ------
    RobError
        When the file is absent, not UTF-8 or not TOML.
    """
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as fault:
        raise RobError(
            str(path), "file", f"not readable as TOML ({fault})", "Correct the line; text needs quotes"
        ) from None


def number(table: Table, key: str, source: str, default: float | None = None) -> float:
    """A finite number of the table; `default` when absent, and a fault when there is none."""
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300:
        said = "missing" if key not in table else f"{value!r} is not a number"
        raise RobError(source, key, said, f"Write {key} = a finite number")
    return float(value)


def text(table: Table, key: str, source: str, default: str | None = None) -> str:
    """A text of the table; `default` when absent, and a fault when there is none."""
    value = table.get(key, default)
    if isinstance(value, date):
        value = value.isoformat()
    if not isinstance(value, str) or (default is None and not value.strip()):
        said = "missing" if key not in table else f"{value!r} is not a text"
        raise RobError(source, key, said, f'Write {key} = "…"')
    return value


def choice(table: Table, key: str, options: tuple[str, ...], source: str, default: str | None = None) -> str:
    """A text that must be one of the options."""
    value = text(table, key, source, default)
    if value not in options:
        raise RobError(source, key, f"{value!r} is not known", f"Use one of: {', '.join(options)}")
    return value


def subtable(table: Table, key: str, source: str, needed: bool = False) -> Table:
    """A table within the table; empty when absent, unless it is needed."""
    value = table.get(key, {})
    if not isinstance(value, dict) or (needed and not value):
        raise RobError(source, key, "the table is missing or empty", f"Add a [{key}] table")
    return value


def tables(table: Table, key: str, source: str) -> list[Table]:
    """A list of tables (``[[key]]``); empty when absent."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise RobError(source, key, "must be a list of tables", f"Write each as [[{key}]]")
    return value


def only(table: Table, keys: tuple[str, ...], source: str, where: str) -> None:
    """A fault when the table holds a key that nothing reads: a misspelt key must not be passed over."""
    for key in table:
        if key not in keys:
            raise RobError(source, f"{where}{key}", "this key is not known", f"Use one of: {', '.join(keys)}")
