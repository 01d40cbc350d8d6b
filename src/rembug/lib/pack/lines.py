"""On which line of a file a value stands: the readers of TOML and JSON do not say."""

import re
from collections.abc import Mapping
from itertools import accumulate

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\s*=""")


def toml_lines(text: str) -> dict[Path, int]:
    """Return the line of each table and key of a TOML text, by its path (`("category", 0, "code")`)."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    here: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            here = _enter(_parts(header[2]), array=header[1] == "[[", counts=counts)
            if header[1] == "[[":
                lines.setdefault(here[:-1], number)
            lines.setdefault(here, number)
            continue
        key = _KEY.match(line)
        if key:
            lines.setdefault(here + _parts(key[1]), number)
    return lines


def _parts(dotted: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _enter(parts: Path, *, array: bool, counts: dict[Path, int]) -> Path:
    path: Path = ()
    for place, part in enumerate(parts):
        path += (part,)
        if array and place == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
            path += (counts[path],)
        elif path in counts:
            path += (counts[path],)
    return path


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """Return the line of a path, or of the nearest thing that contains it; 1 when nothing does."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def feature_lines(text: str) -> list[int]:
    """Return the line on which each Feature of a GeoJSON text says that it is one, in order."""
    ends = list(accumulate(len(line) for line in text.splitlines(keepends=True)))
    found: list[int] = []
    number = 0
    for match in re.finditer(r'"type"\s*:\s*"Feature"', text):
        while number < len(ends) and ends[number] <= match.start():
            number += 1
        found.append(number + 1)
    return found
