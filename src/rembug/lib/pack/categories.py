"""Reading `categories.toml`: what can be reported, and which few questions are asked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rembug.lib.pack.city import DIMENSIONS
from rembug.lib.pack.faults import Faults
from rembug.lib.pack.files import toml_table
from rembug.lib.pack.table import Table
from rembug.lib.pack.types import CategoryRow, CityFacts

FILE = "categories.toml"
DAY_S = 86_400.0
ICONS = (
    "wave",
    "drain",
    "pump",
    "dyke",
    "waste",
    "road",
    "lamp",
    "other",
)  # drawn in web/static/web/icons.svg


def read_categories(folder: Path, faults: Faults, facts: CityFacts) -> tuple[CategoryRow, ...]:
    """Return the categories in the order of the file."""
    whole = toml_table(folder, faults)
    if whole is None:
        return ()
    seen: set[str] = set()
    rows = []
    for place, table in enumerate(whole.tables("category")):
        row = _category(table, place, facts)
        table.done()
        if row.code in seen:
            table.fault("code", f"category {row.code!r} stands twice", "give each its own code")
        seen.add(row.code)
        rows.append(row)
    whole.done()
    if not rows:
        whole.fault("category", "there is no category", "add at least one [[category]]")
    return tuple(rows)


def _category(table: Table, place: int, facts: CityFacts) -> CategoryRow:
    responsible = table.choice("responsible", tuple(facts.kinds))
    return CategoryRow(
        code=table.slug("code"),
        names=table.names("names", facts.languages),
        hints=table.names("hints", facts.languages, optional=True),
        icon=table.choice("icon", ICONS),
        position=place,
        dimension=table.choice("dimension", DIMENSIONS),
        sensitivity=table.choice("sensitivity", ("exact", "home")),
        is_flood=table.flag("is_flood", default=False),
        questions=_questions(table, facts.languages),
        link_m=table.number("link_m", low=5, high=5_000),
        link_s=table.number("link_s", low=60, high=400 * DAY_S),
        live_s=table.number("live_s", low=60, high=400 * DAY_S),
        responsible=responsible,
    )


def _questions(table: Table, languages: tuple[str, ...]) -> tuple[Mapping[str, Any], ...]:
    questions = []
    for row in table.tables("questions", optional=True):
        choices = []
        for choice in row.tables("choices"):
            choices.append({"code": choice.slug("code"), "names": choice.names("names", languages)})
            choice.done()
        if len({choice["code"] for choice in choices}) != len(choices) or len(choices) < 2:
            row.fault("choices", "choices are fewer than two, or a code stands twice", "write two or more")
        questions.append(
            {
                "code": row.slug("code"),
                "names": row.names("names", languages),
                "required": row.flag("required", default=False),
                "choices": choices,
            }
        )
        row.done()
    if len({question["code"] for question in questions}) != len(questions):
        table.fault("questions", "a question's code stands twice", "give each its own code")
    return tuple(questions)
