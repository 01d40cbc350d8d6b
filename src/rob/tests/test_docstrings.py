"""Every public function of the library says what goes in, what comes out, and what it refuses."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ENGINE = Path(__file__).resolve().parents[1]
# The command line documents itself; compiled loops and table readers are inner parts.
INNER = {"cli", "tests", "kernels", "toml.py", "arrays.py"}
Public = ast.FunctionDef | ast.ClassDef


def public(body: list[ast.stmt]) -> Iterator[Public]:
    """Public classes, functions and methods."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def library() -> Iterator[tuple[str, Public]]:
    """All of them with the place they stand in."""
    for path in sorted(ENGINE.rglob("*.py")):
        if not INNER & set(path.relative_to(ENGINE).parts):
            for node in public(ast.parse(path.read_text(encoding="utf-8")).body):
                yield f"{path.relative_to(ENGINE)}:{node.lineno} {node.name}", node


def test_everything_public_has_a_docstring() -> None:
    assert not [where for where, node in library() if not ast.get_docstring(node)]


def test_a_function_of_several_arguments_names_each_in_numpydoc() -> None:
    missing = []
    for where, node in library():
        if isinstance(node, ast.FunctionDef):
            names = [a.arg for a in (*node.args.args, *node.args.kwonlyargs) if a.arg not in {"self", "cls"}]
            text = ast.get_docstring(node) or ""
            if len(names) > 3 and not all(name in text for name in names):
                missing.append(where)
            if len(names) > 3 and "Parameters\n-" not in text:
                missing.append(where)
    assert not missing


def test_a_function_that_refuses_says_when() -> None:
    silent = [
        where
        for where, node in library()
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(part, ast.Raise) and part.exc is not None for part in ast.walk(node))
        and "Raises\n-" not in (ast.get_docstring(node) or "")
        and "fault" not in (ast.get_docstring(node) or "")
    ]
    assert not silent
