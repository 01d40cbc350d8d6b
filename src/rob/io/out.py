"""Files and folders that a command writes: checked before the work, there whole or not at all after it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from rob.io.terrain import RASTERS, write_raster
from rob.types import Floats, Grid, RobError

STATIONS = (".toml",)


def check_new(name: str | None, endings: tuple[str, ...] = (), option: str = "--out") -> Path | None:
    """The path that an option names, refused before any work when it could not be written.

    Parameters
    ----------
    name
        The option's value; None when it was not given.
    endings
        Endings that the file may have; empty for a folder.
    option
        For the message.

    Raises
    ------
    RobError
        When it exists already, has another ending, or lies in a folder that is absent or may not be written to.
    """
    if not name:
        return None
    path = Path(name)
    if path.exists():
        raise RobError(name, option, "it exists already", "Name a new one, or remove the old one")
    if endings and path.suffix.lower() not in endings:
        raise RobError(
            name, option, f"{path.suffix or 'no ending'} cannot be written", f"Use {' or '.join(endings)}"
        )
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise RobError(name, option, f"{path.parent} is no folder to write to", "Make the folder first")
    return path


def raster(name: str | None) -> Path | None:
    """`check_new` for a map."""
    return check_new(name, RASTERS)


@contextlib.contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A folder to fill, moved into place when all went well and removed when not.

    Raises
    ------
    RobError
        When `folder` exists.
    """
    check_new(str(folder))
    work = Path(tempfile.mkdtemp(prefix=".rob-", dir=folder.parent))
    try:
        yield work
        work.chmod(0o755)
        work.rename(folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


def write_maps(
    folder: Path, grid: Grid, maps: Mapping[str, Floats], figures: Mapping[str, object], ending: str = "asc"
) -> list[Path]:
    """Write maps and ``figures.json`` into a new folder.

    Parameters
    ----------
    folder
        Must not exist yet.
    grid
        Of every map.
    maps
        Name to values, shape of the grid; NaN where unknown.
    figures
        Plain values for JSON.
    ending
        ``asc`` or ``tif``.

    Returns
    -------
    list
        The files.

    Raises
    ------
    RobError
        When the folder exists.
    """
    with whole_folder(folder) as work:
        for name, values in maps.items():
            write_raster(work / f"{name}.{ending}", grid, values)
        text = json.dumps(figures, indent=2, ensure_ascii=False)
        (work / "figures.json").write_text(text + "\n", encoding="utf-8")
    return sorted(folder.iterdir())
