"""How well it finds, measured on texts of our own; the held-out ones were not looked at while the rules grew."""

from collections import Counter

import pytest

from rembug.lib.pii import Kind
from rembug.lib.pii.tests.scoring import Case, cases, compare

RECALL, PRECISION, ENOUGH = 0.95, 0.9, 30
CASES = cases()
SETS = {"all": CASES, "held out": [case for case in CASES if case.held_out]}


def count(chosen: list[Case]) -> tuple[Counter[Kind], Counter[Kind], Counter[Kind]]:
    hits: Counter[Kind] = Counter()
    missed: Counter[Kind] = Counter()
    false: Counter[Kind] = Counter()
    for case in chosen:
        found, lost, wrong = compare(case)
        hits.update(found)
        missed.update(span.kind for span in lost)
        false.update(span.kind for span in wrong)
    return hits, missed, false


def test_the_set_is_large_and_has_hard_negatives() -> None:
    assert len(CASES) >= 320
    assert sum(not case.spans for case in CASES) >= 120
    assert len({case.text for case in CASES}) == len(CASES)
    assert len(SETS["held out"]) >= 120


@pytest.mark.parametrize("name", SETS)
def test_nearly_all_is_found_and_hardly_anything_else(name: str) -> None:
    hits, missed, false = count(SETS[name])
    assert hits.total() / (hits.total() + missed.total()) >= RECALL
    assert hits.total() / (hits.total() + false.total()) >= PRECISION


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("name", SETS)
def test_each_kind_is_found_as_well(name: str, kind: Kind) -> None:
    hits, missed, false = count(SETS[name])
    there = hits[kind] + missed[kind]
    assert there >= ENOUGH
    assert hits[kind] / there >= RECALL
    assert hits[kind] / (hits[kind] + false[kind]) >= PRECISION
