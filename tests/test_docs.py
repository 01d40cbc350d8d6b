"""Documents that must not drift from what they describe."""

import re
import tomllib

import pytest

from tests.support.house import ROOT

NOT_ON_THE_MAP = {
    "tests",
    "migrations",
    "templates",
    "static",
    "locale",
    "templatetags",
    "management",
    "vendor",
}
INSIDE_AN_APP = {"actions", "forms", "models", "queries", "rules", "urls", "views"}


def _folders_of_the_source() -> set[str]:
    found = set()
    for path in (ROOT / "src").rglob("__init__.py"):
        parts = path.parent.relative_to(ROOT).parts
        if len(parts) > 2 and not (NOT_ON_THE_MAP | INSIDE_AN_APP) & set(parts):
            found.add("/".join(parts) + "/")
    return found


def test_the_map_names_every_folder_of_the_source() -> None:
    named = set(re.findall(r"`(src/[\w/]+/)`", (ROOT / "docs/map.md").read_text()))
    assert _folders_of_the_source() - named == set()


def test_every_folder_on_the_map_exists() -> None:
    text = (ROOT / "docs/map.md").read_text()
    named = set(re.findall(r"`((?:src|cities|tests|benchmarks|scripts|docs)/[\w/]*)`", text))
    assert {name for name in named if not (ROOT / name).is_dir()} == set()


def test_every_decision_is_in_the_index_with_a_sentence() -> None:
    index = (ROOT / "docs/decisions/index.md").read_text()
    written = {path.name for path in (ROOT / "docs/decisions").glob("*.md")} - {"index.md"}
    listed = re.findall(r"^\| \[[\w-]+\]\(([\w-]+\.md)\) \| \S.*\. \|$", index, re.MULTILINE)
    assert written == set(listed)
    assert len(listed) == len(set(listed))


def test_the_commands_of_the_documents_exist() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        code = re.findall(r"(?:`|^|\n)(?:[A-Z_]+=\S+ )*make ([a-z-]+)", (ROOT / name).read_text())
        assert set(code) <= targets, name


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "docs/glossary.md"]
)
def test_what_a_newcomer_looks_for_is_there(name: str) -> None:
    assert (ROOT / name).stat().st_size > 500


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs"])
def test_links_between_documents_lead_somewhere(name: str) -> None:
    start = ROOT / name
    broken = []
    for page in sorted(start.rglob("*.md")) if start.is_dir() else [start]:
        links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text())
        broken += [f"{page.relative_to(ROOT)}: {link}" for link in links if not (page.parent / link).exists()]
    assert broken == []


def test_every_dependency_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    known = tomllib.loads(text)
    wanted = [*known["project"]["dependencies"], *known["project"]["optional-dependencies"]["dev"]]
    wanted += known["dependency-groups"]["node"]
    lines = text.splitlines()
    without = [one for one in wanted if not any(f'"{one}"' in line and "# " in line for line in lines)]
    assert without == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"])
def test_locks_pin_by_hash_and_name_no_index(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"https?://|index-url|find-links|file:", text)
    pins = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    assert pins
    assert all("==" in line and line.endswith("\\") for line in pins)


def test_front_end_libraries_are_pinned_by_hash_and_name_no_index() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in text
    assert text.count('"integrity"') >= 2
