"""GeoReport v2, assertion by assertion of the checklist; each test bears the ids that it proves (S-01)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from rembug.api.open311.tests.asking import BASE, HERE, get, judge, plain, post, spark
from rembug.cases.tests.made import ME
from rembug.people.actions.keys import end
from rembug.people.models import ApiKey
from rembug.reports.models import Report

FIELDS = {
    *("service_request_id", "status", "status_notes", "service_name", "service_code", "description"),
    *("agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime"),
    *("address", "address_id", "zipcode", "lat", "long", "media_url"),
}


def test_d1_d2_discovery_says_where_and_what(client: Client, city: str) -> None:
    body = get(client, "discovery.json")
    assert set(body) == {"changeset", "contact", "key_service", "endpoints"}
    (endpoint,) = body["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["type"] in {"production", "test"}
    assert endpoint["formats"] == ["text/xml", "application/json"]
    tree = etree.fromstring(client.get(BASE + "discovery.xml").content)
    assert tree.findtext("endpoints/endpoint/formats/format") == "text/xml"
    assert city


@pytest.mark.parametrize("path", ["discovery", "services", "services/rob", "services/light", "requests"])
def test_g1_g2_g4_both_forms_say_the_same(client: Client, city: str, key: str, path: str) -> None:
    post(client, key, description="Lampu mati – gang “Melati” 💡")
    judge()
    body = get(client, path + ".json")
    answer = client.get(f"{BASE}{path}.xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    assert spark(etree.fromstring(answer.content)) == plain(body)
    if path == "requests":
        (one,) = body
        assert datetime.fromisoformat(one["requested_datetime"]).tzinfo is not None
        assert one["requested_datetime"].endswith("+07:00")
        assert "Melati” 💡" in one["description"]
    assert city


def test_g3_r3_an_empty_parameter_is_none(client: Client, key: str) -> None:
    post(client, key)
    judge()
    whole = get(client, "requests.json")
    for name in (
        "service_code",
        "start_date",
        "end_date",
        "status",
        "page",
        "bbox",
        "jurisdiction_id",
        "lat",
    ):
        empty: dict[str, Any] = {name: ""}
        assert get(client, "requests.json", **empty) == whole
    assert get(client, "requests.json", status="open,closed") == whole
    get(client, "requests.json", 400, status="foo")


def test_g5_x2_only_the_standards_fields_unless_more_is_asked_for(client: Client, key: str) -> None:
    post(client, key)
    judge()
    assert set(get(client, "requests.json")[0]) == FIELDS
    more = get(client, "requests.json", extensions="true")[0]
    assert set(more) - FIELDS == {"extended_attributes", "media", "notes"}


def test_s1_s2_s3_services_and_their_attributes(client: Client, city: str) -> None:
    found = get(client, "services.json")
    assert {"rob", "light", "drain"} <= {one["service_code"] for one in found}
    for one in found:
        assert isinstance(one["metadata"], bool)
        assert one["type"] in {"realtime", "batch", "blackbox"}
        told = get(client, f"services/{one['service_code']}.json")
        assert told["service_code"] == one["service_code"]
        orders = [attribute["order"] for attribute in told["attributes"]]
        assert orders == list(range(1, len(orders) + 1))
        assert all(attribute["values"] for attribute in told["attributes"])
    get(client, "services/nothing.json", 404)
    assert city


def test_s4_one_city_takes_any_jurisdiction(client: Client, city: str) -> None:
    assert get(client, "services.json", jurisdiction_id="anything") == get(client, "services.json")
    assert city


def test_p1_r5_a_request_is_readable_at_once_and_as_a_list_of_one(client: Client, key: str) -> None:
    (made_one,) = post(client, key, description="Lampu mati.")
    assert ("service_request_id" in made_one) != ("token" in made_one)
    code = made_one["service_request_id"]
    (one,) = get(client, f"requests/{code}.json")
    assert (one["status"], one["service_code"], one["description"]) == ("open", "light", None)
    judge()
    (one,) = get(client, f"requests/{code}.json")
    assert one["description"] == "Lampu mati."
    assert get(client, "requests/NOSUCH.json", 404)[0]["code"] == "404"


@pytest.mark.parametrize(
    "place",
    [{"long": ""}, {"lat": ""}, {"lat": "x"}, {"lat": "91"}, {"lat": "nan"}, {"lat": "50", "long": "4"}],
)
def test_p2_a_place_that_is_none_is_refused(client: Client, key: str, place: dict[str, Any]) -> None:
    assert post(client, key, 400, **place)[0]["code"] == "400"
    assert not Report.objects.exists()


def test_p3_an_address_alone_is_a_place(client: Client, key: str) -> None:
    post(client, key, lat="", long="", address_string="Degayu")
    assert Report.objects.get().located_by == "area"
    post(client, key, 400, lat="", long="", address_string="Tidak Ada Sama Sekali 99")
    post(client, key, 400, lat="", long="", address_id="7")


def test_p4_p5_p9_what_is_missing_is_told(client: Client, key: str) -> None:
    post(client, key, 404, service_code="nothing")
    assert len(post(client, key, 400, service_code="", lat="x")) == 2
    for wrong in ("", "salah"):
        assert post(client, wrong, 403)[0]["code"] == "403"
        assert post(client, wrong, 403, form="xml").tag == "errors"
    end(actor=ME, city="pekalongan", public_id=ApiKey.objects.get().public_id)
    post(client, key, 403)


def test_p6_attributes_are_checked(client: Client, key: str) -> None:
    post(client, key, 400, service_code="rob")
    deep: dict[str, Any] = {"attribute[depth_class]": "ocean"}
    post(client, key, 400, service_code="rob", **deep)
    post(client, key, service_code="rob", **(deep | {"attribute[depth_class]": "knee"}))
    assert Report.objects.get().depth_class == "knee"
    dry: dict[str, Any] = {"attribute[depth_class][]": "dry"}
    post(client, key, service_code="rob", **dry)
    assert Report.objects.latest("id").claim == "absent"


def test_p7_p8_words_come_through(client: Client, key: str) -> None:
    words = "Baris satu\nBaris dua + 100 % <b>tebal</b> 🌊 é"
    post(client, key, description=words)
    post(client, key, description="a" * 4000)
    post(client, key, 400, description="a" * 4001)
    judge()
    assert {one["description"] for one in get(client, "requests.json")} == {words, "a" * 4000}
    page = client.get(f"/laporan/{Report.objects.order_by('id')[0].code}/").content.decode()
    assert "<b>tebal</b>" not in page


def test_p10_the_same_key_of_idempotency_is_one_request(client: Client, key: str) -> None:
    said = {"api_key": key, "service_code": "light", **HERE}
    head = {"Idempotency-Key": "abc-1"}
    first = client.post(BASE + "requests.json", said, headers=head).json()
    assert client.post(BASE + "requests.json", said, headers=head).json() == first
    assert Report.objects.count() == 1
