"""Who and what stands in the water of a what-if: spread over land, counted as ranges, never invented."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from django.test import Client

from rembug.lib import clock
from rembug.lib.pack.water_types import Exposure
from rembug.water.actions.compute import run_waiting
from rembug.water.actions.scenario import ask
from rembug.water.rules.exposure import in_water, spread
from rembug.water.rules.whatif import Change
from rembug.water.tests import made

SEA = np.array([[True, False], [False, False]])
MASKS = {"A": np.array([[True, True], [False, False]]), "B": np.array([[False, False], [True, True]])}
PEOPLE = Exposure("people", 300, 0.3, "made up", False, {})


def test_a_total_lies_evenly_over_land_and_never_in_the_sea() -> None:
    (standing,) = spread((PEOPLE,), MASKS, SEA)
    assert standing.amount.tolist() == [[0, 100], [100, 100]]


def test_what_is_known_of_an_area_stays_there_and_the_rest_goes_elsewhere() -> None:
    (standing,) = spread((replace(PEOPLE, by_area={"A": 200}),), MASKS, SEA)
    assert standing.amount.tolist() == [[0, 200], [50, 50]]
    (all_sea,) = spread((PEOPLE,), MASKS, np.ones((2, 2), bool))
    assert all_sea.amount.sum() == 0


def test_counts_are_ranges_outwards_to_two_figures_and_older_results_have_none() -> None:
    classes = ("any", "into houses", "above the knee", "above the waist")
    one = {name: {"low": 1234.0, "middle": 1500.0, "high": 1781.0} for name in classes}
    none = {name: {"low": 0.0, "middle": 0.0, "high": 0.3} for name in classes}
    (found,) = in_water({"baseline": {"people": none}, "scenario": {"people": one}}, ("people", "schools"))
    assert (found.before, found.after) == ((0, 1), (1200, 1800))
    assert found.deep_after == (3700, 5400)
    assert in_water({}, ("people",)) == ()


@pytest.fixture
def _city() -> Iterator[None]:
    with clock.led(made.NOW):
        made.load()
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_city")
def test_a_what_if_page_counts_people_houses_roads_and_schools_as_ranges(client: Client) -> None:
    change = Change(0.9, crest_m={"degayu": 2.0}, extend_m={"degayu": 800})
    row = ask(actor=made.ACTOR, city=made.CITY, title="Tanggul naik", change=change)
    run_waiting(actor=made.ACTOR)
    row.refresh_from_db()
    assert row.result is not None
    before, after = (row.result["figures"][half]["people"]["any"] for half in ("baseline", "scenario"))
    assert 0 < after["middle"] < before["middle"] < 317_535
    assert before["low"] < before["middle"] < before["high"]
    page = client.get(f"/rob/skenario/{row.code}/").content.decode()
    assert "Orang" in page
    assert " km" in page
    assert "Perkiraan kasar" in page
    assert (
        "Perkiraan kasar" in client.get(f"/rob/skenario/banding/?a={row.code}&b={row.code}").content.decode()
    )
    assert "317.535" in client.get("/rob/skenario/").content.decode()
