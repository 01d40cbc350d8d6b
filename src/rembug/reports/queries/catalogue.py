"""What can be reported here, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rembug.reports.models import Category
from rembug.reports.queries.town import in_language


@dataclass(frozen=True, slots=True)
class Question:
    """A closed question and its choices (code, words)."""

    code: str
    words: str
    choices: tuple[tuple[str, str], ...]
    required: bool

    @property
    def field(self) -> str:
        """Return the name of its form field."""
        return f"q_{self.code}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A category as a person chooses it."""

    code: str
    name: str
    hint: str
    icon: str
    is_flood: bool
    is_home: bool  # its place is shown only roughly
    questions: tuple[Question, ...]


def kinds(city: str) -> tuple[Kind, ...]:
    """Return the categories of a city in its pack's order."""
    return tuple(
        Kind(
            code=row.code,
            name=in_language(row.names, row.code),
            hint=in_language(row.hints),
            icon=row.icon,
            is_flood=row.is_flood,
            is_home=row.sensitivity == Category.Sensitivity.HOME,
            questions=tuple(_question(item) for item in row.questions),
        )
        for row in Category.objects.filter(city=city, closed_at=None)
    )


def _question(item: Mapping[str, Any]) -> Question:
    return Question(
        code=str(item["code"]),
        words=in_language(item["names"]),
        choices=tuple((str(choice["code"]), in_language(choice["names"])) for choice in item["choices"]),
        required=bool(item.get("required", False)),
    )
