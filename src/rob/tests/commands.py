"""How tests speak to the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rob.cli import main
from rob.types import Series


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """The JSON that a command prints."""
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def csv_of(series: Series, path: Path) -> str:
    """A series as a CSV file in UTC."""
    rows = "\n".join(f"{t}Z,{v:.4f}" for t, v in zip(series.times, series.levels, strict=True))
    path.write_text(f"time,level\n{rows}\n")
    return str(path)
