"""Translations: what the code says, what the catalogues know, and their compiled form (all by Babel)."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation import templatize

SOURCE = Path(__file__).resolve().parents[1]
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),  # type: ignore[dict-item]  # Babel's own notation for a context
    "npgettext": ((1, "c"), 2, 3),  # type: ignore[dict-item]
}


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence (msgid) and where it stands."""

    msgid: str
    file: Path
    line: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence that a language does not have."""

    language: str
    said: Said


def catalogues(root: Path = SOURCE) -> list[Path]:
    """Return every catalogue (.po) below `root`."""
    return sorted(root.glob("*/locale/*/LC_MESSAGES/*.po"))


def compile_all(root: Path = SOURCE) -> int:
    """Write one compiled file for each folder of catalogues that changed since; return how many were written.

    Django reads `django.mo` only; the catalogues beside it (one a subject) are joined into it.
    """
    written = 0
    for folder in sorted({source.parent for source in catalogues(root)}):
        sources = sorted(folder.glob("*.po"))
        target = folder / "django.mo"
        newest = max(source.stat().st_mtime_ns for source in sources)
        if target.exists() and target.stat().st_mtime_ns >= newest:
            continue
        fresh = target.with_suffix(f".mo.{os.getpid()}")
        with fresh.open("wb") as file:
            write_mo(file, _joined(sources))
        fresh.replace(target)  # whole or not at all: a second process may read it now
        written += 1
    return written


def said(root: Path = SOURCE) -> Iterator[Said]:
    """Yield every sentence that Python and templates mark for translation, tests left out."""
    for file in sorted((*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt"))):
        inner = file.relative_to(root).parts
        if "tests" in inner or "migrations" in inner or (file.suffix != ".py" and "templates" not in inner):
            continue
        code = file.read_text()
        if file.suffix != ".py":
            code = templatize(code, origin=str(file))
        for line, message, _comments, context in extract("python", BytesIO(code.encode()), KEYWORDS):
            if context is None:
                yield Said(message if isinstance(message, str) else message[0], file, line)


def gaps(root: Path = SOURCE) -> list[Gap]:
    """Return what English lacks anywhere, and what Javanese lacks in the files that promise it.

    A template or module promises Javanese by the words `jv: complete` in a comment.
    """
    known = {language: _known(root, language) for language in ("en", "jv")}
    found = []
    for one in said(root):
        if one.msgid not in known["en"]:
            found.append(Gap("en", one))
        if one.msgid not in known["jv"] and "jv: complete" in one.file.read_text():
            found.append(Gap("jv", one))
    return found


def faults(root: Path = SOURCE) -> list[str]:
    """Return what is wrong inside the catalogues: unclear entries, placeholders that were lost or invented."""
    problems = []
    for source in catalogues(root):
        for message in _read(source):
            if message.id and message.fuzzy:
                problems.append(f"{source.relative_to(root)}: {message.id!r} is marked fuzzy")
            if message.id and not _same_places(message):
                problems.append(f"{source.relative_to(root)}: {message.id!r}: placeholders differ")
    return problems


def _same_places(message: Message) -> bool:
    """A plural may leave the number out of one of its forms; nothing else may be lost, nothing invented."""
    wanted = _places(message.id)
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    said = [_places(form) for form in forms if form]
    if isinstance(message.id, str):
        return all(places == wanted for places in said)
    return all(places <= wanted for places in said) and (not said or said[-1] == wanted)


def _places(words: str | list[str] | tuple[str, ...]) -> set[str]:
    text = words if isinstance(words, str) else " ".join(words)
    return set(PLACE.findall(text.replace("%%", "")))


def _read(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale=source.parents[1].name, abort_invalid=True)


def _joined(sources: list[Path]) -> Catalog:
    whole = _read(sources[0])
    for source in sources[1:]:
        for message in _read(source):
            if message.id:
                whole.add(message.id, message.string, flags=message.flags, context=message.context)
    return whole


def _known(root: Path, language: str) -> set[str]:
    ids: set[str] = set()
    for source in root.glob(f"*/locale/{language}/LC_MESSAGES/*.po"):
        for message in _read(source):
            if message.id and message.string and (isinstance(message.string, str) or all(message.string)):
                ids.add(message.id if isinstance(message.id, str) else message.id[0])
    return ids
