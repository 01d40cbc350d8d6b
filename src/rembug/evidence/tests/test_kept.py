"""What was reckoned of frozen versions is kept: read once, within a bound, forgotten with the pack that it stood on."""

from __future__ import annotations

import pytest

from rembug.evidence.queries import trends
from rembug.evidence.queries.datasets import dataset
from rembug.evidence.queries.kept import Kept
from rembug.evidence.tests import work
from rembug.people.models import Body
from rembug.places import queries as places


def test_the_days_of_a_version_are_read_once_however_many_works_ask(
    body: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.report(1)
    work.judge()
    face = dataset(body.city, work.frozen_version(body, work.question(body)).dataset.slug)
    assert face.latest is not None
    first = trends.span_of(body.city, face.latest, face.asked)
    assert first is not None

    def unread(*_: object) -> None:
        raise AssertionError("the frozen rows are read again")

    monkeypatch.setattr(trends, "frozen", unread)
    assert trends.span_of(body.city, face.latest, face.asked) == first


def test_what_is_kept_stays_within_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "version", lambda _: "1")
    kept: Kept[str] = Kept(10, len)
    for number in range(8):
        assert kept.get("kota", number, lambda: "four") == "four"
        assert kept.weight <= 10
    assert kept.get("kota", "long", lambda: "x" * 11) == "x" * 11  # more than all may weigh: told, not kept
    assert kept.get("kota", "long", lambda: "made again") == "made again"
    assert kept.get("kota", "none", lambda: "") == ""
    assert kept.get("kota", "none", lambda: "made again") == ""


def test_a_changed_pack_forgets_what_stood_on_it_and_nothing_of_other_cities(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    versions = {"kota": "1", "lain": "1"}
    monkeypatch.setattr(places, "version", versions.__getitem__)
    kept: Kept[str] = Kept(10)
    for city in versions:
        for number in range(3):
            kept.get(city, number, lambda: "old")
    versions["kota"] = "2"
    assert kept.get("kota", 0, lambda: "new") == "new"
    assert kept.get("lain", 0, lambda: "new") == "old"
    assert kept.weight == 4
