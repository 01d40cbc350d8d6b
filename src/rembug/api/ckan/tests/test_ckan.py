"""The read API in the shapes that CKAN's clients expect (S-05)."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from rembug.evidence.tests import work
from rembug.evidence.tests.conftest import body, city, house
from rembug.people.models import Body

__all__ = ["body", "city", "house"]


@pytest.fixture
def rob(body: Body) -> str:
    """A published dataset."""
    work.report(1)
    work.judge()
    slug = work.question(body)
    work.frozen_version(body, slug)
    return slug


def test_a_package_has_its_files_as_resources(client: Client, rob: str) -> None:
    shown = client.get("/api/3/action/package_show", {"id": rob}).json()
    assert shown["success"] is True
    package = shown["result"]
    assert package["license_id"] == "cc-by"
    assert {one["format"] for one in package["resources"]} >= {"CSV", "GeoJSON", "Parquet", "GPKG", "ZIP"}
    for one in package["resources"]:
        asked = client.post("/api/3/action/resource_show", json.dumps({"id": one["id"]}), "application/json")
        assert asked.json()["result"] == one
    assert client.get("/api/3/action/package_show", {"id": package["id"]}).json()["result"] == package


def test_search_counts_and_pages(client: Client, rob: str, body: Body) -> None:
    work.frozen_version(body, work.question(body, "Sampah kota", category="waste"))
    found = client.get("/api/3/action/package_search", {"q": "sampah"}).json()["result"]
    assert (found["count"], found["results"][0]["name"]) == (1, "sampah-kota")
    assert client.get("/api/3/action/package_search", {"rows": 1}).json()["result"]["count"] == 2
    tagged = client.get("/api/3/action/package_search", {"fq": "tags:rob"}).json()["result"]
    assert [one["name"] for one in tagged["results"]] == [rob]
    assert client.get("/api/3/action/tag_list").json()["result"] == ["reports", "rob", "waste"]


@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        ("package_show?id=tidak-ada", 404, "Not Found Error"),
        ("package_show", 409, "Validation Error"),
        ("package_search?rows=x", 409, "Validation Error"),
        ("package_create", 400, "Bad request"),
    ],
)
@pytest.mark.usefixtures("rob")
def test_faults_have_the_shape_of_ckan(client: Client, action: str, status: int, kind: str) -> None:
    answer = client.get(f"/api/3/action/{action}")
    assert answer.status_code == status
    assert answer.json()["success"] is False
    assert answer.json()["error"]["__type"] == kind
