"""Loaded cities for tests."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from shapely.geometry import box

from rembug.lib.actor import system
from rembug.lib.pack import Pack, read
from rembug.places.actions import load_city
from rembug.places.rules.boundaries import Boundary

ROOT = Path(__file__).resolve().parents[4]
PEKALONGAN = ROOT / "cities" / "pekalongan"
SMALL = ROOT / "tests" / "packs" / "bandarkecil"
ACTOR = system("test")


def load(folder: Path = PEKALONGAN) -> Pack:
    """Load a pack and return it."""
    pack = read(folder)
    load_city(actor=ACTOR, pack=pack)
    return pack


def changed(pack: Pack, digest: str = "another", **columns: Any) -> Pack:
    """Return a pack with other contents and therefore another digest."""
    return replace(pack, digest=digest, **columns)


def halves(west: float = 119.07) -> Iterable[Boundary]:
    """Return official shapes of the small city's two kelurahan, one by code and one by name only."""
    return [
        Boundary(1, "9971011001", "Bandar Hulu", box(west, -5.0, 119.11, -4.95)),
        Boundary(2, "", "HILIR", box(119.11, -5.0, 119.15, -4.95)),
    ]
