"""People of each area: a plain table with its source, marked where it is an illustration."""

from __future__ import annotations

from pathlib import Path

import pytest

from rembug.lib.pack import facts_from_json, facts_to_json, read
from rembug.lib.pack.tests.made import PEKALONGAN, SMALL, copy, faults, swap


def test_pekalongan_names_each_kelurahan_once_and_says_that_it_is_an_illustration() -> None:
    pack = read(PEKALONGAN)
    people = pack.facts.population
    assert {row.code for row in people} == {area.code for area in pack.areas if area.level == "kelurahan"}
    assert all("Ilustrasi" in row.source and row.population % 500 == 0 for row in people)
    assert facts_from_json(facts_to_json(pack.facts)) == pack.facts


def test_a_pack_may_have_no_population() -> None:
    assert read(SMALL).facts.population == ()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (",7000,2025,", ",banyak,2025,", "population is 'banyak'"),
        (",7000,2025,", ",7000,25,", "year is '25'"),
        ("33.75.01.1002,", "33.75.99.9999,", "no area has the code 33.75.99.9999"),
        ("33.75.01.1002,", "33.75.01.1003,", "33.75.01.1003 stands here twice"),
        ("code,name,", "kode,name,", "the columns are"),
    ],
)
def test_every_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    folder = copy(tmp_path, PEKALONGAN)
    swap(folder, "population.csv", old, new)
    found = [fault for fault in faults(folder) if fault.file == "population.csv"]
    assert any(problem in fault.problem and fault.line for fault in found), found
