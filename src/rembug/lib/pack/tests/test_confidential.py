"""What a pack says of confidential reports is checked before it is believed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rembug.lib.pack import confidential_from_json, confidential_to_json, read
from rembug.lib.pack.tests.made import PEKALONGAN, SMALL, copy, faults, swap

FILE = "confidential.toml"


def test_what_is_read_survives_storage() -> None:
    facts = read(PEKALONGAN).confidential
    assert facts is not None
    assert confidential_from_json(json.loads(json.dumps(confidential_to_json(facts)))) == facts
    kind = facts.kind("corruption")
    assert kind is not None
    assert (kind.days, facts.kind("pothole")) == (60, None)


def test_a_city_without_the_file_takes_none() -> None:
    assert read(SMALL).confidential is None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('body = "inspektorat"', 'body = "nobody"', "is no body of this pack"),
        ('role = "officer"', 'role = "member"', "`role` is 'member'"),
        ('recipients = ["inspektorat", "ombudsman"]', 'recipients = ["dpupr"]', "is no recipient"),
        ('deadline = "inspection"', 'deadline = "someday"', "is no class of cases.toml"),
        ("days = 365", "days = 0", "`days` is 0"),
        ("days = 365", "dais = 365", "`dais` is not known here"),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    folder = copy(tmp_path, PEKALONGAN)
    swap(folder, FILE, old, new)
    assert any(problem in fault.problem and FILE in fault.file for fault in faults(folder))


def test_deadlines_need_the_classes_of_handling(tmp_path: Path) -> None:
    folder = copy(tmp_path, PEKALONGAN)
    (folder / "cases.toml").unlink()
    assert any("cases.toml" in fault.problem for fault in faults(folder))


@pytest.mark.parametrize("key", ["kind", "door"])
def test_a_list_that_must_not_be_empty_is_missed(tmp_path: Path, key: str) -> None:
    folder = copy(tmp_path, PEKALONGAN)
    path = folder / FILE
    path.write_text(path.read_text().split(f"[[{key}]]")[0])
    assert any(f"[[{key}]]" in fault.problem for fault in faults(folder))
