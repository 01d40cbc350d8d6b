"""Reading `bodies.csv`: who answers for what, where."""

from collections.abc import Collection
from pathlib import Path

from rembug.lib.pack.city import LEVELS, SPHERES
from rembug.lib.pack.faults import Faults
from rembug.lib.pack.files import Row, csv_rows
from rembug.lib.pack.table import SLUG
from rembug.lib.pack.types import BodyRow, CityFacts

FILE = "bodies.csv"
COLUMNS = (
    "id",
    "name",
    "kind",
    "sphere",
    "level",
    "state",
    "areas",
    "categories",
    "example",
    "about",
    "source",
)
STATES = ("not_joined", "confirmed")
EXAMPLE = "Contoh: "
LONGEST_ID = 40


def read_bodies(
    folder: Path, faults: Faults, facts: CityFacts, areas: Collection[str], categories: Collection[str]
) -> tuple[BodyRow, ...]:
    """Return the bodies; areas and categories must exist in the pack."""
    seen: dict[str, int] = {}
    bodies = []
    for row in csv_rows(folder, faults, COLUMNS):
        _check_identity(row, faults, facts, seen)
        _check_words(row, faults, facts)
        _check_references(row, faults, areas, categories)
        _check_example(row, faults)
        bodies.append(
            BodyRow(
                public_id=f"{facts.slug}-{row['id']}",
                name=row["name"],
                kind=row["kind"],
                sphere=row["sphere"],
                level=row["level"],
                state=row["state"],
                areas=row.listed("areas"),
                categories=row.listed("categories"),
                is_example=row["example"] == "true",
                about=row["about"],
            )
        )
    return tuple(bodies)


def _check_identity(row: Row, faults: Faults, facts: CityFacts, seen: dict[str, int]) -> None:
    body = row["id"]
    if not SLUG.match(body):
        faults.add(row.line, f"id {body!r} is no slug", "use small letters, digits and hyphens")
    if len(f"{facts.slug}-{body}") > LONGEST_ID:
        longest = LONGEST_ID - len(facts.slug) - 1
        faults.add(row.line, f"id {body!r} is too long", f"shorten it to {longest} characters")
    if body in seen:
        faults.add(row.line, f"id {body!r} stands already on line {seen[body]}", "give each body its own id")
    seen.setdefault(body, row.line)
    if not row["name"] or len(row["name"]) > 120:
        faults.add(row.line, "the name is empty or too long", "write 1 to 120 characters")


def _check_words(row: Row, faults: Faults, facts: CityFacts) -> None:
    allowed = {
        "sphere": SPHERES,
        "level": LEVELS,
        "state": STATES,
        "kind": tuple(facts.kinds),
        "example": ("true", "false"),
    }
    for column, words in allowed.items():
        if row[column] not in words:
            faults.add(row.line, f"{column} is {row[column]!r}", f"use one of: {', '.join(words)}")


def _check_references(row: Row, faults: Faults, areas: Collection[str], categories: Collection[str]) -> None:
    if not row.listed("areas"):
        faults.add(row.line, f"{row['id']} looks after no area", "write at least the city's code")
    for code in row.listed("areas"):
        if code not in areas:
            faults.add(row.line, f"area {code!r} is not in areas.geojson", "use a code that is")
    for code in row.listed("categories"):
        if code not in categories:
            faults.add(row.line, f"category {code!r} is not in categories.toml", "use a code that is")


def _check_example(row: Row, faults: Faults) -> None:
    marked = row["name"].startswith(EXAMPLE)
    if (row["example"] == "true") != marked:
        faults.add(row.line, "example and name disagree", f"the name of an example begins with {EXAMPLE!r}")
    if row["example"] != "true" and row["state"] != "not_joined":
        faults.add(
            row.line, "a real body cannot join by a file", 'write "not_joined"; it joins by its own people'
        )
    if row["example"] != "true" and not row["source"]:
        faults.add(row.line, "a real body needs a source", "say where its name stands in public")
