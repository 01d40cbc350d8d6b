"""`rembug places import`: replace approximate shapes by official boundaries."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rembug.lib.actor import system
from rembug.lib.boundaries import CODE_FIELDS, NAME_FIELDS, ShapeRow, field_of, read_shapes
from rembug.lib.errors import RembugError
from rembug.places.actions import Imported, import_boundaries
from rembug.places.rules.boundaries import Boundary


class Command(BaseCommand):
    """Imports boundaries, all or nothing."""

    help = "Import official boundaries (GeoJSON, GeoPackage, Shapefile, FlatGeobuf)."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verb = verbs.add_parser("import", help="replace shapes by those of a file")
        verb.add_argument("file", type=Path)
        verb.add_argument("--city", required=True, help="slug of the city")
        verb.add_argument("--code-field", default="", help="column with the Kemendagri code")
        verb.add_argument("--name-field", default="", help="column with the name")
        verb.add_argument(
            "--source", default="", help="what people read as the source; the file's name by default"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            rows = _boundaries(read_shapes(path), options["code_field"], options["name_field"])
            done = import_boundaries(
                actor=system("places.import"),
                city=options["city"],
                rows=rows,
                source=options["source"] or path.name,
                digest=hashlib.sha256(path.read_bytes()).hexdigest(),
            )
        except RembugError as error:
            raise CommandError(error.message) from error
        self._say(done)

    def _say(self, done: Imported) -> None:
        for remark in done.remarks:
            self.stdout.write(f"row {remark.number}: {remark.code} {remark.name}: {remark.reason}")
        self.stdout.write(f"{len(done.matched)} areas matched, {len(done.changed)} shapes changed")
        if done.missing:
            self.stdout.write(f"still approximate: {', '.join(done.missing)}")


def _boundaries(rows: list[ShapeRow], code_field: str, name_field: str) -> list[Boundary]:
    code, name = field_of(rows, code_field, CODE_FIELDS), field_of(rows, name_field, NAME_FIELDS)
    return [
        Boundary(row.number, _text(row.columns.get(code)), _text(row.columns.get(name)), row.geometry)
        for row in rows
    ]


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
