"""Writes down, when asked to, which lines of the engine made an error message (see `test_messages`)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

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
