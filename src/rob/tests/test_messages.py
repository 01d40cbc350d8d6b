"""Every error message of the engine has a test that names a part of it."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).resolve().parent
ENGINE = HERE.parent


class Raised(NamedTuple):
    """One ``RobError(source, field, problem, remedy)`` in the code: where it stands, and its fixed words."""

    where: str
    field: list[str]
    problem: list[str]
    remedy: list[str]


def words(node: ast.expr) -> list[str]:
    """The fixed pieces of a text: those that no value can change."""
    return [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.strip()
    ]


def raised() -> Iterator[Raised]:
    """Every place in the engine that makes an error message of its own."""
    for path in sorted(ENGINE.rglob("*.py")):
        if HERE in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RobError":
                where = f"{path.relative_to(ENGINE)}:{node.lineno}"
                yield Raised(where, *(words(argument) for argument in node.args[1:4]))


def plain(text: str) -> str:
    """A text without the signs of regular expressions and of quoting."""
    return re.sub(r"[\\\"'`]|\.\*", "", text)


def quoted() -> str:
    """All texts in the tests of the engine, this file left out."""
    found = []
    for path in sorted(HERE.glob("test_*.py")):
        if path.name != Path(__file__).name:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [
                plain(node.value)
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            ]
    return "\n".join(found)


def test_the_words_of_every_error_message_stand_in_a_test() -> None:
    corpus, without = quoted(), []
    for message in raised():
        pieces = [plain(piece).strip() for piece in (*message.problem, *message.remedy)]
        long = [piece for piece in pieces if len(piece) >= 8]
        # A message that only hands on another fault's words has none of its own.
        if long and not any(any(part in corpus for part in halves(piece)) for piece in long):
            without.append(f"{message.where}: {' … '.join(pieces)}")
    assert not without, "no test shows these messages:\n" + "\n".join(without)


def halves(piece: str) -> list[str]:
    """What of a piece a test may quote: the whole, or from one end to the first or last stop of at least 8 letters."""
    cuts = [found.start() for found in re.finditer(r"[ ,:;(]", piece)]
    ends = [piece[:cut].strip() for cut in cuts] + [piece[cut:].strip(" ,:;(") for cut in cuts]
    return [piece, *(end for end in ends if len(end) >= 14)]


@pytest.mark.slow
def test_every_line_that_makes_an_error_message_is_reached_by_a_test(tmp_path: Path) -> None:
    listed = tmp_path / "raised"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow", str(HERE)]
    done = subprocess.run(
        command, check=False, env=os.environ | {"ROB_RAISED": str(listed)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-2000:]
    lines = listed.read_text().splitlines()
    seen = {(str(Path(line.rsplit(":", 1)[0]).relative_to(ENGINE)), line.rsplit(":", 1)[1]) for line in lines}
    missing = [message.where for message in raised() if tuple(message.where.split(":")) not in seen]
    assert not missing, "no test reaches these:\n" + "\n".join(missing)


def test_every_error_message_has_a_field_a_problem_and_a_remedy() -> None:
    for message in raised():
        path, line = message.where.split(":")
        call = next(
            node
            for node in ast.walk(ast.parse((ENGINE / path).read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
            and node.lineno == int(line)
            and getattr(node.func, "id", "") == "RobError"
        )
        assert len(call.args) == 4, message.where
        assert message.remedy or not isinstance(call.args[3], ast.Constant), message.where
