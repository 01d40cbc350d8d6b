"""Packs for tests: the two real folders, and copies that can be broken."""

import shutil
from pathlib import Path

from rembug.lib.pack import BadPack, PackFault, read

ROOT = Path(__file__).resolve().parents[5]
PEKALONGAN = ROOT / "cities" / "pekalongan"
SMALL = ROOT / "tests" / "packs" / "bandarkecil"


def copy(to: Path, of: Path = SMALL) -> Path:
    """Return a copy of a pack that a test may change."""
    return Path(shutil.copytree(of, to / of.name))


def swap(folder: Path, file: str, old: str, new: str) -> None:
    """Replace a text that must be there, once."""
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def faults(folder: Path) -> list[PackFault]:
    """Return what is wrong with a pack; nothing when it can be read."""
    try:
        read(folder)
    except BadPack as error:
        return list(error.pack_faults)
    return []
