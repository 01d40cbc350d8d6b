"""Open data: the same rows in every format, filters as plain Python filters, pages without gap or repetition."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from rembug.api.v1.tests.conftest import Phone, judge, said
from rembug.api.v1.tests.crowd import fill
from rembug.lib import clock
from rembug.lib.cells import safe_cell
from rembug.reports.models import Incident, Report
from rembug.reports.queries.categories import categories

PUBLIC: Callable[[Report], bool] = lambda r: r.visibility == "public" and r.state == "active"  # noqa: E731
MIDDLE = (109.67, -6.89, 109.70, -6.87)
Keep = Callable[[Report], bool]


@pytest.fixture
def crowd(city: str) -> list[Report]:  # noqa: ARG001
    return fill(120)


def codes(client: Client, query: str = "") -> list[str]:
    """Read all pages of an address."""
    found: list[str] = []
    address: str | None = f"/api/v1/reports?limit=17&{query}"
    while address:
        page = said(client.get(address))
        found += [item["code"] for item in page["items"]]
        address = page.get("next_url")
    return found


def live(report: Report) -> bool:
    return report.observed_at > clock.now() - timedelta(seconds=LIVE_S[report.category])


LIVE_S: dict[str, float] = {}


FILTERS: dict[str, Keep] = {
    "": lambda _r: True,
    "category=rob": lambda r: r.category == "rob",
    "bbox=109.67,-6.89,109.70,-6.87": lambda r: inside(r, MIDDLE),
    "area=33.75.03": lambda r: r.area_code.startswith("33.75.03"),
    "rung=plausible,corroborated": lambda r: r.rung in {"plausible", "corroborated"},
    "min_probability=0.55": lambda r: r.probability >= 0.55,
    "status=live": live,
    "status=ended": lambda r: not live(r),
    "status=ended&category=rob&min_probability=0.1": lambda r: (
        not live(r) and r.category == "rob" and r.probability >= 0.1
    ),
}


def test_a_filter_finds_what_a_plain_filter_finds(crowd: list[Report], client: Client) -> None:
    LIVE_S.update({kind.code: kind.live_s for kind in categories("pekalongan").values()})
    sizes = set()
    for query, keep in FILTERS.items():
        wanted = [r.code for r in crowd if PUBLIC(r) and keep(r)]
        assert codes(client, query) == wanted, query
        sizes.add(len(wanted))
    assert len(sizes) > 5  # the filters did tell reports apart


def inside(report: Report, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    assert report.public_lon is not None
    assert report.public_lat is not None
    return west <= report.public_lon <= east and south <= report.public_lat <= north


def test_a_filter_by_time_finds_what_a_plain_filter_finds(crowd: list[Report], client: Client) -> None:
    start, end = clock.now() - timedelta(hours=60), clock.now() - timedelta(minutes=20)
    query = f"datetime={start:%Y-%m-%dT%H:%M:%SZ}/{end:%Y-%m-%dT%H:%M:%SZ}"
    start, end = start.replace(microsecond=0), end.replace(microsecond=0)
    wanted = [r.code for r in crowd if PUBLIC(r) and start <= r.observed_at < end]
    assert codes(client, query) == wanted
    assert 0 < len(wanted) < len(crowd)


REFUSED = (
    "bbox=1,2,3", "bbox=a,b,c,d", "bbox=0,10,0,-10", "datetime=yesterday", "datetime=2026-03-05/2026-03-01", "limit=0",
    "limit=1001", "limit=-1", "status=dead", "rung=sure", "min_probability=2", "min_probability=nan",
    "category=volcano", "colour=red", "sort=up", "limit=5&limit=6", "datetime=9999-12-31T23:59:59-23:59",
)  # fmt: skip


def test_what_cannot_be_understood_is_refused_by_name(city: str, client: Client) -> None:  # noqa: ARG001
    for query in REFUSED:
        answer = client.get(f"/api/v1/reports?{query}")
        assert answer.status_code == 422, query
        assert said(answer)["errors"][0]["field"] == query.split("=")[0]


@pytest.mark.usefixtures("city")
def test_pages_by_time_of_change_miss_nothing_while_others_write(client: Client) -> None:
    seen: list[str] = []
    after = ""
    for number in range(12):
        Phone(client, 100 + number).post(lon=109.66 + number * 0.003)
        if number % 3 == 2:
            judge()
        Report.objects.update(changed_at=clock.now() - timedelta(seconds=2))
        page = said(client.get(f"/api/v1/reports?sort=changed&limit=2&after={after}"))
        seen += [item["code"] for item in page["items"]]
        after = page["next"] or after
    judge()
    Report.objects.update(changed_at=clock.now() - timedelta(seconds=1.5))
    for _ in range(20):
        page = said(client.get(f"/api/v1/reports?sort=changed&limit=2&after={after}"))
        seen += [item["code"] for item in page["items"]]
        after = page["next"] or after
    assert set(seen) == set(Report.objects.values_list("code", flat=True))


def test_pages_in_order_of_arrival_neither_miss_nor_repeat_while_others_write(
    crowd: list[Report], client: Client
) -> None:
    found, address, number = [], "/api/v1/reports?limit=10", 500
    while address:
        page = said(client.get(address))
        found += [item["code"] for item in page["items"]]
        address = page.get("next_url")
        if number < 505:
            number += 1
            Phone(client, number).post()
            judge()
    assert len(found) == len(set(found))
    assert {r.code for r in crowd if PUBLIC(r)} <= set(found)


def test_geojson_and_csv_hold_the_same_reports(crowd: list[Report], client: Client) -> None:
    wanted = [r.code for r in crowd if PUBLIC(r)]
    answer = client.get("/api/v1/reports.geojson")
    shapes = json.loads(answer.getvalue())
    assert answer["Content-Type"] == "application/geo+json"
    assert shapes["type"] == "FeatureCollection"
    assert [feature["id"] for feature in shapes["features"]] == wanted
    for feature in shapes["features"]:
        assert (feature["type"], feature["geometry"]["type"]) == ("Feature", "Point")
        lon, lat = feature["geometry"]["coordinates"]
        assert 109 < lon < 110  # RFC 7946: longitude first
        assert -7 < lat < -6
        assert not {"lon", "lat"} & set(feature["properties"])
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/reports.csv").getvalue().decode())))
    assert [row["code"] for row in rows] == wanted


def test_the_incident_formats_hold_the_same_incidents(crowd: list[Report], client: Client) -> None:  # noqa: ARG001
    public = sorted(Incident.objects.filter(is_public=True).values_list("code", flat=True))
    shapes = json.loads(client.get("/api/v1/incidents.geojson").getvalue())
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/incidents.csv").getvalue().decode())))
    page = said(client.get("/api/v1/incidents?limit=1000"))
    assert public
    for found in (
        [f["id"] for f in shapes["features"]],
        [r["code"] for r in rows],
        [i["code"] for i in page["items"]],
    ):
        assert sorted(found) == public


def test_no_cell_of_the_csv_is_a_formula(phone: Phone, client: Client) -> None:
    for text in ("=1+1", "+62", "-2+3", "@SUM(A1)", "\t=1", "\r=1"):
        assert safe_cell(text) == "'" + text
        phone.post(text=text.strip(), landmark="=cmd|' /C calc'!A0")
    judge()
    rows = list(csv.reader(io.StringIO(client.get("/api/v1/reports.csv").getvalue().decode())))
    assert len(rows) == 7
    for cell in [cell for row in rows for cell in row]:
        assert cell[:1] not in {"=", "@", "+", "\t", "\r"}
        assert cell[:1] != "-" or float(cell)


TABLES = [f"{name}{form}" for name in ("reports", "incidents") for form in ("", ".geojson", ".csv")]
ADDRESSES = (*TABLES, "feed.atom", "map?zoom=12", "openapi.json")


def test_a_reader_with_the_newest_copy_gets_304_until_something_changes(phone: Phone, client: Client) -> None:
    phone.post()
    judge()
    tags = {}
    for address in ADDRESSES:
        first: Any = client.get(f"/api/v1/{address}")
        assert first.status_code == 200
        assert first["Access-Control-Allow-Origin"] == "*"
        tags[address] = first["ETag"]
        again: Any = client.get(f"/api/v1/{address}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    Phone(client, 9).post(lon=109.69)
    judge()
    for address, tag in tags.items():
        later = client.get(f"/api/v1/{address}", headers={"If-None-Match": tag})
        assert later.status_code == (304 if address == "openapi.json" else 200)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_feed_is_atom(language: str, phone: Phone, client: Client) -> None:
    phone.post(text="Air & <b>rob</b>")
    judge()
    answer = client.get("/api/v1/feed.atom", headers={"Accept-Language": language})
    feed = etree.fromstring(answer.content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for name in ("title", "id", "updated", "author/a:name", "link[@rel='self']"):
        assert len(feed.xpath(f"a:{name}", namespaces=space)) == 1, name
    (entry,) = feed.xpath("a:entry", namespaces=space)
    assert entry.xpath("a:id/text()", namespaces=space)[0].endswith(
        f"/kejadian/{Incident.objects.get().code}/"
    )
