"""R-09: k ≥ 5 in every published count, and two releases never reveal a single person."""

import random
from collections import defaultdict

import h3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembug.lib.kanonymity import Group, Release, Sighting, release, totals

K = 5


@st.composite
def sightings(draw: st.DrawFn) -> list[Sighting]:
    """Draw people who report from a few crowded and many lonely places of a city."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    spots = [
        (109.62 + rng.random() * 0.1, -6.95 + rng.random() * 0.1) for _ in range(draw(st.integers(1, 12)))
    ]
    found = []
    for number in range(draw(st.integers(0, 120))):
        lon, lat = rng.choice(spots)
        person = f"p{rng.randrange(60)}"
        found.append(Sighting(f"s{number}", person, lon + rng.gauss(0, 0.001), lat + rng.gauss(0, 0.001)))
    return found


def crowd(count: int, *, start: int = 0, lon: float = 109.67, lat: float = -6.89) -> list[Sighting]:
    return [Sighting(f"s{n}", f"p{n}", lon, lat) for n in range(start, start + count)]


@given(sightings())
@settings(deadline=None)
def test_every_group_has_five_people_and_every_sighting_is_counted_once_or_held(
    waiting: list[Sighting],
) -> None:
    out = release(waiting)
    assert all(group.people >= K and group.count >= group.people for group in out.groups)
    assert sum(group.count for group in out.groups) == len(out.included)
    assert out.included | out.held == {s.id for s in waiting}
    assert not out.included & out.held


@given(sightings(), st.randoms())
@settings(deadline=None)
def test_the_order_of_arrival_does_not_show(waiting: list[Sighting], rng: random.Random) -> None:
    shuffled = waiting[:]
    rng.shuffle(shuffled)
    assert release(waiting) == release(shuffled)


@given(sightings(), st.integers(1, 6))
@settings(deadline=None)
def test_any_two_releases_differ_by_nobody_or_by_at_least_five(arrivals: list[Sighting], rounds: int) -> None:
    """The onlooker keeps all published totals and subtracts any release from any other, cell by cell."""
    by_id = {s.id: s for s in arrivals}
    published: list[Group] = []
    history: list[dict[str, int]] = [{}]
    newcomers: list[set[str]] = [set()]
    waiting: list[Sighting] = []
    for turn in range(rounds):
        waiting += arrivals[turn::rounds]
        out = release(waiting)
        waiting = [by_id[name] for name in sorted(out.held)]
        published += out.groups
        history.append(totals(published))
        newcomers.append(set(out.included))
    for late in range(1, len(history)):
        for early in range(late):
            fresh = set().union(*newcomers[early + 1 : late + 1])
            check_difference(history[early], history[late], [by_id[name] for name in fresh])


def check_difference(before: dict[str, int], after: dict[str, int], fresh: list[Sighting]) -> None:
    grown = {cell: after[cell] - before.get(cell, 0) for cell in after}
    assert set(before) <= set(after)
    assert all(step == 0 or step >= K for step in grown.values())
    assert sum(grown.values()) == len(fresh)
    people: dict[str, set[str]] = defaultdict(set)
    for sighting in fresh:
        for resolution in range(6, 10):
            people[h3.latlng_to_cell(sighting.lat, sighting.lon, resolution)].add(sighting.person)
    # A finest cell is a cell of its sightings; a merged one holds the rest of its children.
    for cell, step in grown.items():
        if step and h3.get_resolution(cell) == 9:
            assert len(people[cell]) >= K


def test_one_newcomer_in_a_known_crowd_changes_nothing() -> None:
    first = release(crowd(9))
    assert [group.count for group in first.groups] == [9]
    second = release([Sighting("new", "pn", 109.67, -6.89)])
    assert second == Release((), frozenset(), frozenset({"new"}))


def test_one_person_who_reports_often_is_still_one() -> None:
    waiting = [Sighting(f"s{n}", "same", 109.67, -6.89) for n in range(50)]
    assert release(waiting).groups == ()


def test_few_people_in_neighbouring_cells_are_shown_together_in_the_parent() -> None:
    cell = h3.latlng_to_cell(-6.89, 109.67, 8)
    first, second = sorted(h3.cell_to_children(cell, 9))[:2]
    places = [h3.cell_to_latlng(first)] * 3 + [h3.cell_to_latlng(second)] * 3
    waiting = [Sighting(f"s{n}", f"p{n}", lon, lat) for n, (lat, lon) in enumerate(places)]
    assert release(waiting).groups == (Group(cell, 8, 6, 6),)


def test_a_lonely_village_is_held_and_not_shown() -> None:
    out = release(crowd(6) + crowd(2, start=10, lon=110.4))
    assert [group.count for group in out.groups] == [6]
    assert out.held == {"s10", "s11"}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"k": 4}, "at least 5"),
        ({"finest": 5, "coarsest": 6}, "resolutions"),
        ({"finest": 16}, "resolutions"),
    ],
)
def test_weaker_settings_are_errors(options: dict[str, int], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        release([], **options)


def test_a_sighting_that_comes_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="twice"):
        release(crowd(1) * 2)
