"""Files that several tests read; and, when asked to, which lines of the engine made an error message."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from rob.io.stations import write_station
from rob.tests.stations import JAKARTA, gauge
from rob.types import RobError


def pytest_configure(config: pytest.Config) -> None:  # noqa: ARG001 - pytest's signature
    """Note the line of every `RobError` in the file that ``ROB_RAISED`` names."""
    listed = os.environ.get("ROB_RAISED")
    if not listed:
        return
    real = RobError.__init__

    def noted(self: RobError, source: str, field: str, problem: str, remedy: str) -> None:
        caller = sys._getframe(1)
        with Path(listed).open("a") as file:
            file.write(f"{caller.f_code.co_filename}:{caller.f_lineno}\n")
        real(self, source, field, problem, remedy)

    RobError.__init__ = noted  # type: ignore[method-assign]


@pytest.fixture
def station(tmp_path: Path) -> str:
    """A station file."""
    write_station(JAKARTA, tmp_path / "jakarta.toml")
    return str(tmp_path / "jakarta.toml")


@pytest.fixture
def levels(tmp_path: Path) -> str:
    """Twelve days of hourly levels in local time."""
    series = gauge("2026-05-01", 12, noise=0.04)
    local = series.times + np.timedelta64(7 * 3600, "s")
    rows = "\n".join(f"{t},{v:.3f}" for t, v in zip(local, series.levels, strict=True))
    (tmp_path / "gauge.csv").write_text(f"waktu,nilai\n{rows}\n")
    return str(tmp_path / "gauge.csv")


@pytest.fixture
def reports(tmp_path: Path) -> str:
    """Five people in deep water and one who says dry, on the scenario's coast."""
    rows = "\n".join(f"{605 + 20 * n},1375,2026-06-15 20:00,depth,2.2" for n in range(5))
    (tmp_path / "reports.csv").write_text(f"x,y,time,kind,depth\n{rows}\n705,1375,2026-06-15 20:00,dry,\n")
    return str(tmp_path / "reports.csv")
