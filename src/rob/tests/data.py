"""Where the outside reference data lie, and the skip that says they do not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).resolve()
FOLDER = Path(os.environ.get("REMBUG_DATA") or HERE.parents[3].parent / "shared" / "data")


def needs(name: str) -> Path:
    """A file of the shared data; the test is skipped, with a line that says so, when it is absent."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is not in {FOLDER}; set REMBUG_DATA to the folder that holds it")
    return path
