"""The rules of the house that imports alone cannot show, as plain functions over source text."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "rembug"
# Top may know bottom, never the reverse; the same order as in pyproject.toml's import contracts.
LATER = ("learning", "commitments", "deliberation", "meetings", "calls", "alerts", "evidence", "cases")
JOURNEY = (
    ("config",),
    ("web", "api", "notify"),
    *((name,) for name in LATER),
    ("reports", "confidential"),
    ("water",),
    ("places",),
    ("people",),
    ("audit",),
    ("lib",),
)
RANK = {name: height for height, row in enumerate(reversed(JOURNEY)) for name in row}
ALWAYS_WRITES = {
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "acreate",
    "asave",
    "adelete",
}
WRITES_ON_ROWS = {"create", "update", "delete"}
ROWS = {"objects", "filter", "exclude", "all", "select_for_update"}
LINES = {"source": 400, "test": 300, "template": 200, "script": 150}
FUNCTION_LINES = 50
APP_NAMES = {
    *("urls", "views", "forms", "actions", "queries", "models", "rules"),
    *(
        "apps",
        "tasks",
        "middleware",
        "management",
        "templatetags",
        "templates",
        "static",
        "locale",
        "migrations",
        "tests",
    ),
}


def points_down(app: str, target: str) -> bool:
    """Tell whether a table of `app` may refer to a table of `target`."""
    return RANK[target] <= RANK[app]


def writes(code: str) -> Iterator[tuple[int, str]]:
    """Yield (line, what) for each call that saves rows."""
    for node in ast.walk(ast.parse(code)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, words = node.func.attr, _chain(node.func.value)
        model_save = name == "save" and (
            not node.args and all(k.arg in {"update_fields", "using"} for k in node.keywords)
        )
        if name in ALWAYS_WRITES or model_save or (name in WRITES_ON_ROWS and words & ROWS):
            yield node.lineno, name


def _chain(node: ast.expr) -> set[str]:
    """Return the attribute names of `a.b(...).c` before the last one."""
    names = set()
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        else:
            node = node.func
    return names


def actions_without_actor(code: str) -> Iterator[str]:
    """Yield each public function of an actions module that has no keyword-only `actor`."""
    for node in ast.parse(code).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if "actor" not in {argument.arg for argument in node.args.kwonlyargs}:
            yield node.name


def signal_handlers(code: str) -> Iterator[int]:
    """Yield the line of each signal handler: they run where nobody sees them."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef):
            for mark in node.decorator_list:
                called = mark.func if isinstance(mark, ast.Call) else mark
                if (isinstance(called, ast.Name) and called.id == "receiver") or (
                    isinstance(called, ast.Attribute) and called.attr == "receiver"
                ):
                    yield node.lineno
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "connect"
            and not (isinstance(node.func.value, ast.Name) and node.func.value.id == "sqlite3")
        ):
            yield node.lineno


def long_functions(code: str, limit: int = FUNCTION_LINES) -> Iterator[tuple[str, int]]:
    """Yield (name, lines) of each function that is longer than the budget; its docstring does not count."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            said = node.body[0] if ast.get_docstring(node) is not None else None
            words = (said.end_lineno or said.lineno) - said.lineno + 1 if said else 0
            lines = (node.end_lineno or node.lineno) - node.lineno + 1 - words
            if lines > limit:
                yield node.name, lines


def kind_of(path: Path) -> str:
    """Return which budget a file falls under; empty for none."""
    parts = set(path.parts)
    if "vendor" in parts or "migrations" in parts or "node_modules" in parts:
        return ""
    if path.suffix == ".py":
        return "test" if "tests" in parts or path.name == "conftest.py" else "source"
    if path.suffix == ".js":
        return "script"
    return "template" if "templates" in parts and path.suffix in {".html", ".txt"} else ""


def foreign_names(app: Path, extra: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield each file or folder of an app whose name is not one of the house's."""
    for entry in sorted(app.iterdir()):
        name = entry.stem if entry.suffix == ".py" else entry.name
        if not name.startswith("__") and name not in APP_NAMES | extra:
            yield name


def is_action(path: Path) -> bool:
    """Tell whether a source file is where an app saves."""
    relative = path.relative_to(SOURCE).parts
    return len(relative) > 1 and (relative[1] == "actions.py" or relative[1] == "actions")


def sources() -> Iterator[Path]:
    """Yield the platform's Python files, tests and migrations left out."""
    for path in sorted(SOURCE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield path
