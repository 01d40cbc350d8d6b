"""OGC API - Features as the standard's abstract tests describe it (S-03)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from rembug.evidence.tests import work
from rembug.evidence.tests.conftest import body, city, house
from rembug.people.models import Body

__all__ = ["body", "city", "house"]
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


@pytest.fixture
def rob(body: Body) -> str:
    """A published dataset of five reports."""
    for number in range(5):
        work.report(number)
    work.judge()
    slug = work.question(body)
    work.frozen_version(body, slug)
    return slug


def get(client: Client, path: str, status: int = 200, **query: Any) -> dict[str, Any]:
    """Ask for JSON."""
    answer = client.get(f"/ogc/{path}", {name.replace("_", "-"): value for name, value in query.items()})
    assert answer.status_code == status, answer.content
    return dict(answer.json())


def test_the_landing_page_leads_everywhere(client: Client, rob: str) -> None:
    links = {link["rel"]: link for link in get(client, "")["links"]}
    assert links.keys() >= {"self", "service-desc", "service-doc", "conformance", "data", "alternate"}
    assert links["service-desc"]["type"] == "application/vnd.oai.openapi+json;version=3.0"
    for rel in ("service-desc", "conformance", "data", "service-doc"):
        assert client.get(links[rel]["href"]).status_code == 200
    classes = get(client, "conformance")["conformsTo"]
    assert {one.rsplit("/", 1)[1] for one in classes} == {"core", "oas30", "html", "geojson", "crs"}
    assert get(client, "api")["openapi"].startswith("3.0")
    assert f"/collections/{rob}/items" in get(client, "api")["paths"]


def test_a_collection_says_where_and_when_it_lies(client: Client, rob: str) -> None:
    (one,) = get(client, "collections")["collections"]
    assert one == get(client, f"collections/{rob}")
    west, south, east, north = one["extent"]["spatial"]["bbox"][0]
    assert 109 < west <= east < 110
    assert -7 < south <= north < -6
    assert len(one["extent"]["temporal"]["interval"][0]) == 2
    assert one["crs"][0] == one["storageCrs"] == CRS84
    assert {"items", "license"} <= {link["rel"] for link in one["links"]}


def test_pages_of_items_hold_every_row_once(client: Client, rob: str) -> None:
    seen: list[str] = []
    page = get(client, f"collections/{rob}/items", limit=2)
    while True:
        assert page["numberMatched"] == 5
        assert page["numberReturned"] == len(page["features"])
        assert page["timeStamp"].endswith("Z")
        seen += [one["id"] for one in page["features"]]
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        if not following:
            break
        page = client.get(following[0]).json()
    assert len(seen) == len(set(seen)) == 5
    one = get(client, f"collections/{rob}/items/{seen[3]}")
    assert one["id"] == seen[3]
    assert {"self", "collection"} <= {link["rel"] for link in one["links"]}
    get(client, f"collections/{rob}/items/NOSUCH", status=404)
    get(client, "collections/tidak-ada/items", status=404)


def test_boxes_and_times_narrow(client: Client, rob: str) -> None:
    items = get(client, f"collections/{rob}/items", limit=100)["features"]
    lons = sorted(one["geometry"]["coordinates"][0] for one in items)
    half = f"{lons[0]},-7,{lons[1]},-6"
    assert get(client, f"collections/{rob}/items", bbox=half)["numberMatched"] == 2
    assert get(client, f"collections/{rob}/items", bbox="0,0,1,1")["numberMatched"] == 0
    around = f"{lons[-1]},-7,{lons[0]},-6"  # across the date line: everything but what lies between
    assert get(client, f"collections/{rob}/items", bbox=around)["numberMatched"] == 2
    assert get(client, f"collections/{rob}/items", datetime="../2020-01-01")["numberMatched"] == 0
    assert get(client, f"collections/{rob}/items", datetime="2020-01-01/..")["numberMatched"] == 5
    moment = items[0]["properties"]["observed_at"]
    assert get(client, f"collections/{rob}/items", datetime=moment)["numberMatched"] >= 1


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "x"},
        {"bbox": "1,2,3"},
        {"bbox": "1,2,nan,4"},
        {"bbox": "0,50,1,40"},
        {"datetime": "kemarin"},
        {"datetime": "2026-02-02/2026-02-01"},
        {"datetime": "../.."},
        {"unknown": "1"},
        {"crs": "EPSG:4326"},
        {"bbox-crs": "x", "bbox": "1,2,3,4"},
        {"f": "gml"},
    ],
)
def test_what_cannot_be_understood_is_refused(client: Client, rob: str, query: dict[str, str]) -> None:
    answer = client.get(f"/ogc/collections/{rob}/items", query)
    assert answer.status_code == 400
    assert answer.json()["code"] == "InvalidParameterValue"


def test_coordinates_come_in_the_system_asked_for(client: Client, rob: str) -> None:
    plain = get(client, f"collections/{rob}/items")["features"][0]["geometry"]["coordinates"]
    answer = client.get(f"/ogc/collections/{rob}/items", {"crs": f"{EPSG}4326"})
    assert answer["Content-Crs"] == f"<{EPSG}4326>"
    assert answer.json()["features"][0]["geometry"]["coordinates"] == plain[::-1]
    east, north = get(client, f"collections/{rob}/items", crs=f"{EPSG}3857")["features"][0]["geometry"][
        "coordinates"
    ]
    assert east == pytest.approx(plain[0] * 111_319.4908, abs=0.02)
    assert north == pytest.approx(-766_000, abs=2_000)
    box = f"{east - 1},{north - 1},{east + 1},{north + 1}"
    found = get(client, f"collections/{rob}/items", bbox=box, bbox_crs=f"{EPSG}3857")
    assert found["numberMatched"] == 1


def test_only_reading_is_possible(client: Client, rob: str) -> None:
    answer = client.post(f"/ogc/collections/{rob}/items", {})
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "path", ["", "conformance", "api", "collections", "collections/{}", "collections/{}/items"]
)
def test_every_page_is_a_page_for_people_too(client: Client, rob: str, path: str) -> None:
    answer = client.get(f"/ogc/{path.format(rob)}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")
