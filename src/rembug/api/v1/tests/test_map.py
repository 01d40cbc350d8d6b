"""The map: counts equal a plain query, every report can be found by zooming in, answers are bounded by the screen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from rembug.api.v1.tests.conftest import said
from rembug.api.v1.tests.crowd import EAST, NORTH, SOUTH, WEST, fill
from rembug.lib import clock
from rembug.reports.models import Report
from rembug.reports.queries.snapshot import Held, live_reports, refreshed

CITY = (WEST - 0.02, SOUTH - 0.02, EAST + 0.02, NORTH + 0.02)
Box = tuple[float, float, float, float]


@pytest.fixture
def crowd(city: str) -> list[Report]:
    fill(300, observed_at=None)
    return list(live_reports(city, clock.now()).order_by("id"))


def ask(client: Client, zoom: int, box: Box | None = None, more: str = "") -> dict[str, Any]:
    bbox = "" if box is None else "&bbox=" + ",".join(map(str, box))
    answer: dict[str, Any] = said(client.get(f"/api/v1/map?zoom={zoom}{bbox}{more}"))
    return answer


def shown(answer: dict[str, Any]) -> int:
    return sum(int(cell[2]) for cell in answer["cells"]) + len(answer["points"])


def test_counts_equal_a_plain_query_at_every_zoom(crowd: list[Report], client: Client) -> None:
    assert len(crowd) > 150
    for zoom in range(25):
        for box in (None, CITY, (109.67, -6.89, 109.70, -6.87)):
            west, south, east, north = box or (-180, -90, 180, 90)
            plain = sum(
                west <= (r.public_lon or 0) <= east and south <= (r.public_lat or 0) <= north for r in crowd
            )
            answer = ask(client, zoom, box)
            assert (answer["total"], shown(answer)) == (plain, plain), (zoom, box)


def test_a_category_is_counted_alone(crowd: list[Report], client: Client) -> None:
    rob = sum(r.category == "rob" for r in crowd)
    answer = ask(client, 12, CITY, "&category=rob")
    assert 0 < rob < len(crowd)
    assert (answer["total"], shown(answer)) == (rob, rob)


def test_every_public_report_is_found_by_zooming_in(crowd: list[Report], client: Client) -> None:
    found: set[str] = set()

    def look(box: Box, zoom: int) -> None:
        answer = ask(client, zoom, box)
        found.update(point[0] for point in answer["points"])
        if answer["cells"] and zoom < 22:
            west, south, east, north = box
            x, y = (west + east) / 2, (south + north) / 2
            for part in ((west, south, x, y), (x, south, east, y), (west, y, x, north), (x, y, east, north)):
                look(part, zoom + 1)

    look(CITY, 12)
    assert found == {r.code for r in crowd}


@pytest.mark.usefixtures("crowd")
def test_the_answer_is_bounded_by_the_screen(client: Client) -> None:
    for zoom in (8, 12, 15, 18):
        answer = client.get(f"/api/v1/map?zoom={zoom}", headers={"Accept-Encoding": "gzip"})
        body = ask(client, zoom)
        assert len(body["cells"]) <= 1000
        assert len(body["points"]) <= 1000
        assert len(answer.content) < 60_000


@pytest.mark.parametrize("query", ["zoom=99", "zoom=x", "bbox=1,2", "category=volcano"])
def test_what_cannot_be_understood_is_refused(query: str, city: str, client: Client) -> None:  # noqa: ARG001
    assert client.get(f"/api/v1/map?{query}").status_code == 422


@pytest.mark.parametrize("path", ["map?city=nowhere", "reports?city=nowhere", "log/proof/inclusion?hash=zz"])
def test_what_does_not_exist_is_not_found(path: str, city: str, client: Client) -> None:  # noqa: ARG001
    assert client.get(f"/api/v1/{path}").status_code == 404


@pytest.mark.parametrize("path", ["map?city=a%00b", "reports?after=%00", "log/entries?x=%00", "reports%00"])
def test_an_address_with_a_nul_is_refused(path: str, city: str, client: Client) -> None:  # noqa: ARG001
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, said(answer)["code"]) == (400, "malformed")


@pytest.mark.parametrize("after", ["7fffffffffffffff-1", "zz", "-", "-1", "ffff-zz"])
def test_a_damaged_page_key_breaks_nothing(after: str, city: str, client: Client) -> None:  # noqa: ARG001
    for order in ("received", "changed"):
        assert client.get(f"/api/v1/reports?sort={order}&after={after}").status_code == 200


def test_what_did_not_change_is_not_summed_again(crowd: list[Report], city: str) -> None:
    first = refreshed(city, refreshed(city, Held()))
    with clock.led(clock.now() + timedelta(seconds=20)) as hand:
        second = refreshed(city, first)
        hand.to(clock.now() + timedelta(seconds=20))
        third = refreshed(city, second)
        assert third.pyramid is second.pyramid
        Report.objects.filter(id=crowd[0].id).update(visibility="private", changed_at=clock.now())
        hand.to(clock.now() + timedelta(seconds=1))
        fourth = refreshed(city, third)
    assert len(fourth.pyramid.columns) == len(third.pyramid.columns) - 1
