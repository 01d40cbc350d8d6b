"""Reading `lessons/`: short lessons as Markdown with a TOML head (`01-name.id.md`), one file a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rembug.lib.pack.faults import Faults
from rembug.lib.pack.files import text_of
from rembug.lib.pack.lines import toml_lines
from rembug.lib.pack.table import Table

FOLDER = "lessons"
NAME = re.compile(r"^(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z]{2,3})\.md$")
HEAD = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n", re.DOTALL)
FIGURE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
AUDIENCES = ("everyone", "young", "households", "environment")
KINDS = ("understand", "care")  # care has no right answer
# What a text may quote; each is answered for the reader's kelurahan, or for the whole city.
FIGURES = (
    "place",
    "reports_week",
    "deepest_week",
    "rob_days_month",
    "next_water",
    "cases_open",
    "cases_settled",
    "bodies",
)
MOST_WORDS = 900  # at 100 words a minute, which is slow reading, below ten minutes
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with two to five answers. `right` is the place of the right one, -1 where there is none."""

    key: str
    kind: str
    right: int
    ask: Names
    options: Mapping[str, tuple[str, ...]]
    why: Names


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson in each language that it is written in. `act_to` is the path of the contribution that it ends in."""

    slug: str
    position: int
    audience: str
    minutes: int
    act_to: str
    sources: tuple[str, ...]
    title: Names
    summary: Names
    act: Names
    body: Names
    questions: tuple[QuestionRow, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One file, read."""

    language: str
    head: Table
    shared: tuple[Any, ...]  # what must be equal in all languages
    title: str
    summary: str
    act: str
    body: str
    questions: tuple[tuple[str, str, int, str, tuple[str, ...], str], ...]


def read_lessons(folder: Path, faults: Faults, languages: Collection[str]) -> tuple[LessonRow, ...]:
    """Return all lessons in the order of their numbers; without the folder there are none."""
    files: dict[tuple[int, str], list[_Sheet]] = {}
    for path in sorted((folder / FOLDER).glob("*")):
        own = Faults(f"{FOLDER}/{path.name}", faults.found)
        name = NAME.match(path.name)
        if not name or name[3] not in languages:
            own.add(0, "the name is not NN-NAME.LANGUAGE.md", "name it for example 01-tides.id.md")
            continue
        sheet = _sheet(folder, own, name[3])
        if sheet is not None:
            files.setdefault((int(name[1]), name[2]), []).append(sheet)
    return tuple(
        row
        for (place, slug), sheets in sorted(files.items())
        if (row := _lesson(place, slug, sheets, faults, languages))
    )


def lessons_to_json(row: LessonRow) -> dict[str, Any]:
    """Return a lesson as JSON."""
    return asdict(row)


def lesson_from_json(plain: Mapping[str, Any]) -> LessonRow:
    """Return the lesson that `lessons_to_json` wrote."""
    questions = tuple(
        QuestionRow(**{**one, "options": {k: tuple(v) for k, v in one["options"].items()}})
        for one in plain["questions"]
    )
    return LessonRow(**{**plain, "sources": tuple(plain["sources"]), "questions": questions})


def _sheet(folder: Path, faults: Faults, language: str) -> _Sheet | None:
    text = text_of(folder, faults)
    if text is None:
        return None
    head = HEAD.match(text)
    if head is None:
        faults.add(1, "there is no head", "begin with a line `+++`, TOML, and a line `+++`")
        return None
    try:
        data = tomllib.loads(head[1])
    except tomllib.TOMLDecodeError as error:
        faults.add(1, f"no valid TOML: {error}", "correct the head")
        return None
    # The head begins below the first line of the file.
    table = Table(data, faults, {path: line + 1 for path, line in toml_lines(head[1]).items()})
    body = text[head.end() :].strip()
    _check_body(body, faults, head[0].count("\n"))
    questions = tuple(_question(row) for row in table.tables("questions"))
    if not 2 <= len(questions) <= 5:
        table.fault("questions", f"there are {len(questions)} questions", "write two to five [[questions]]")
    sheet = _Sheet(
        language=language,
        head=table,
        shared=(
            table.choice("for", AUDIENCES),
            int(table.number("minutes", low=1, high=10)),
            table.text("act_to", longest=80),
            table.texts("sources"),
            tuple((key, kind, right, len(options)) for key, kind, right, _, options, _ in questions),
        ),
        title=table.text("title", longest=80),
        summary=table.text("summary", longest=200),
        act=table.text("act", longest=120),
        body=body,
        questions=questions,
    )
    if not sheet.shared[2].startswith("/"):
        table.fault(
            "act_to", f"`act_to` is {sheet.shared[2]!r}", "write a path of this site, such as /lapor/"
        )
    table.done()
    return sheet


def _check_body(body: str, faults: Faults, lines_above: int) -> None:
    for number, line in enumerate(body.splitlines(), lines_above + 1):
        for name in FIGURE.findall(line):
            if name not in FIGURES:
                faults.add(number, f"there is no figure {name!r}", f"use one of: {', '.join(FIGURES)}")
    if not body:
        faults.add(0, "the lesson has no text", "write it below the head")
    if len(body.split()) > MOST_WORDS:
        faults.add(0, f"the lesson has {len(body.split())} words", f"shorten it to {MOST_WORDS}")


def _question(row: Table) -> tuple[str, str, int, str, tuple[str, ...], str]:
    kind = row.choice("kind", KINDS, default="understand")
    options = row.texts("options")
    if not 2 <= len(options) <= 5:
        row.fault("options", f"there are {len(options)} options", "write two to five")
    right = -1
    if kind == "understand":
        right = int(row.number("right", low=1, high=max(len(options), 1))) - 1
    why = row.text("why", longest=400, default="" if kind == "care" else None)
    made = (row.slug("key", longest=20), kind, right, row.text("ask", longest=200), options, why)
    row.done()
    return made


def _lesson(
    place: int, slug: str, sheets: list[_Sheet], faults: Faults, languages: Collection[str]
) -> LessonRow | None:
    first = next((sheet for sheet in sheets if sheet.language == next(iter(languages))), None)
    if first is None:
        wanted = f"{place:02}-{slug}.{next(iter(languages))}.md"
        faults.add(0, f"{slug} is not written in the city's first language", f"add {wanted}")
        return None
    for sheet in sheets:
        if sheet.shared != first.shared:
            sheet.head.fault(
                "",
                "audience, minutes, act_to, sources or questions differ",
                "make them as in the first language",
            )
            return None
    audience, minutes, act_to, sources, asked = first.shared
    spoken = {sheet.language: sheet for sheet in sheets}
    questions = tuple(
        QuestionRow(
            key=key,
            kind=kind,
            right=right,
            ask={tongue: sheet.questions[number][3] for tongue, sheet in spoken.items()},
            options={tongue: sheet.questions[number][4] for tongue, sheet in spoken.items()},
            why={tongue: sheet.questions[number][5] for tongue, sheet in spoken.items()},
        )
        for number, (key, kind, right, _) in enumerate(asked)
    )
    return LessonRow(
        slug=slug,
        position=place,
        audience=audience,
        minutes=minutes,
        act_to=act_to,
        sources=sources,
        title={tongue: sheet.title for tongue, sheet in spoken.items()},
        summary={tongue: sheet.summary for tongue, sheet in spoken.items()},
        act={tongue: sheet.act for tongue, sheet in spoken.items()},
        body={tongue: sheet.body for tongue, sheet in spoken.items()},
        questions=questions,
    )
