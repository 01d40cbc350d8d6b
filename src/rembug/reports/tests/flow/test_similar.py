"""Before sending: has somebody already told it? "It is this one" adds a witness."""

from datetime import timedelta
from typing import Any

import pytest

from rembug.lib import clock
from rembug.places.models import City
from rembug.reports.models import Incident, Report
from rembug.reports.queries.similar import similar
from rembug.reports.tests.flow.walker import Walker

WARD = "99.01.01.1001"


def incident(here: City, anchor: int, **changes: Any) -> Incident:
    then = clock.now() - timedelta(minutes=12)
    values = {
        "city": here.slug,
        "category": "rob",
        "anchor_id": anchor,
        "started_at": then,
        "last_at": then,
        "changed_at": then,
        "public_lon": 109.67,
        "public_lat": -6.8803,
        "is_public": True,
        "witness_count": 2,
        "depth_class": "knee",
        "area_code": WARD,
    }
    return Incident.objects.create(**{**values, **changes})


def test_the_last_page_offers_it_and_yes_joins_it(walker: Walker, city: City) -> None:
    known = incident(city, 1)
    walker.press("category", "rob").press("depth_class", "knee").press("since", "now").press(
        "area_code", WARD
    )
    assert "Apakah ini yang sama?" in walker.text()
    assert "12 menit lalu · 2 saksi" in walker.text()
    walker.send(joins_incident=known.code)
    assert Report.objects.get().joins == known


def test_without_an_answer_it_is_a_report_of_its_own(walker: Walker, city: City) -> None:
    incident(city, 1)
    walker.press("category", "rob").press("depth_class", "knee").press("since", "now").press(
        "area_code", WARD
    ).send()
    assert Report.objects.get().joins is None


def test_nearest_first_and_at_most_three(city: City) -> None:
    for anchor, shift in enumerate([0.0009, 0.0001, 0.0005, 0.0012]):
        incident(city, anchor, public_lat=-6.88 + shift)
    found = similar(city.slug, "rob", 109.67, -6.88, clock.now())
    assert [one.distance_m for one in found] == [10, 60, 100]
    assert found[0].title == "Rob, Pasirlor"


@pytest.mark.parametrize(
    "changes",
    [
        {"public_lat": -6.8835},
        {"last_at": clock.now() - timedelta(hours=5)},
        {"is_public": False},
        {"rung": "refuted"},
        {"category": "light"},
        {"city": "elsewhere"},
    ],
)
def test_far_old_hidden_refuted_or_other_things_are_not_offered(city: City, changes: dict[str, Any]) -> None:
    incident(city, 1, **changes)
    assert similar(city.slug, "rob", 109.67, -6.88, clock.now()) == []
