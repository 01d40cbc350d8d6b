"""Cells of tables that people open in a spreadsheet."""

from typing import Any

RISKY = frozenset("=+-@\t\r\n")


def safe_cell(value: Any) -> Any:
    """Keep a spreadsheet from running a cell as a formula (ASVS 1.2.10): text that begins like one gets a quote."""
    if isinstance(value, str) and value[:1] in RISKY:
        return "'" + value
    return value
