"""Write the files of a published version anew from its frozen rows, and compare them byte by byte."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rembug.evidence import shelf
from rembug.evidence.formats import rows
from rembug.evidence.formats.bundle import Bundle, write_all
from rembug.evidence.queries.datasets import version


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One file written anew: is it the same?"""

    number: int
    name: str
    sha256: str
    same: bool


def rebuild(city: str, slug: str, number: int | None = None) -> list[Rebuilt]:
    """Return each file of a version written anew. Raises `NotFound`."""
    face = version(city, slug, number)[1]
    bundle = Bundle(
        slug=slug,
        number=face.number,
        title=face.described["title"],
        about=face.described["about"],
        publisher=face.described["publisher"],
        frozen_at=face.frozen_at,
        columns=[dict(column) for column in face.columns],
        quality=dict(face.quality),
        provenance=dict(face.provenance),
    )
    with tempfile.TemporaryDirectory(prefix="rembug-rebuild-") as folder:
        place = Path(folder)
        shutil.copyfile(
            shelf.local(f"{shelf.folder(city, slug, face.number)}/{rows.NAME}"), place / rows.NAME
        )
        made = write_all(bundle, place)
    return [
        Rebuilt(face.number, file["name"], file["sha256"], file["sha256"] == face.files[kind]["sha256"])
        for kind, file in made.items()
    ]
