"""X1: clients that others wrote read us and post to us unchanged. X2: the history of a request, when it is asked for.

`georeport` 0.3.1 runs here as it comes from PyPI. `open311` 1.1 cannot be imported by any Python 3: its first line of
code is `from open311 import Open311` inside the package `open311` (an implicit relative import), followed by
`from api import API`, and it uses `urllib2`. So the requests that its code builds are sent here as it builds them.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from django.test import Client
from georeport import GeoReport
from lxml import etree
from pytest_django.live_server_helper import LiveServer

from open311_check import shapes
from rembug.api.open311.tests.asking import HERE, get, judge, post, spark
from rembug.cases.actions.open import open_new
from rembug.cases.models import Case
from rembug.cases.tests.made import ME, officer, step
from rembug.people.models import Body
from rembug.reports.models import Report

LIVE = pytest.mark.django_db(transaction=True)


@LIVE
@pytest.mark.parametrize("form", ["json", "xml"])
def test_x1_georeport_reads_us_unchanged(live_server: LiveServer, key: str, form: str) -> None:
    post(Client(), key, description="Lampu mati di gang “Melati”")
    judge()
    client = GeoReport(f"{live_server.url}/open311/v2", jurisdiction="pekalongan", output_format=form)
    assert {one["service_code"] for one in client.get_service_list()} >= {"rob", "light"}
    definition = client.get_service_definition("rob")
    assert "depth_class" in str(definition)
    (one,) = _rows(client.get_service_requests())
    assert one["description"] == "Lampu mati di gang “Melati”"
    (again,) = _rows(client.get_service_request(one["service_request_id"]))
    assert again["service_request_id"] == one["service_request_id"]


def _rows(answer: object) -> list[dict[str, str]]:
    """Return rows as the client hands them out: a single one is no list."""
    rows = answer if isinstance(answer, list) else [answer]
    assert isinstance(rows, list)
    return rows


@LIVE
@pytest.mark.parametrize("form", ["xml", "json"])
def test_x1_what_the_package_open311_sends_is_read_and_taken(
    live_server: LiveServer, key: str, form: str
) -> None:
    base, where = f"{live_server.url}/open311/v2", urlencode({"jurisdiction_id": "pekalongan"})
    services = _tree(f"{base}/services.xml?{where}")
    assert services.tag == "services"
    assert "light" in services.xpath("service/service_code/text()")
    assert urlopen(f"{base}/service/light.{form}?{where}").status == 200
    said = {
        "service_code": "light",
        "address_string": "Degayu",
        "first_name": "Jo",
        "phone": "0812-1111-2222",
    }
    body = urlencode({**said, "description": "Lampu mati", "email": "jo@example.org"}).encode()
    address = f"{base}/requests.{form}?{urlencode({'jurisdiction_id': 'pekalongan', 'api_key': key})}"
    with urlopen(Request(address, body)) as answer:
        raw = answer.read()
    (one,) = spark(etree.fromstring(raw)) if form == "xml" else json.loads(raw)
    judge()
    row = Report.objects.get(code=one["service_request_id"])
    assert row.text == "Lampu mati"
    requests = _tree(f"{base}/requests.xml?{where}")
    assert requests.findtext("request/service_request_id") == row.code
    assert "0812" not in etree.tostring(requests).decode()


def _tree(address: str) -> etree._Element:
    with urlopen(address) as answer:
        return etree.fromstring(answer.read())


def test_p5_a_key_in_the_address_is_checked_like_any_other(client: Client, city: str) -> None:
    address = "/open311/v2/requests.json?api_key=wrong"
    assert client.post(address, {"service_code": "light", **HERE}).status_code == 403
    assert city


def test_r8_every_answer_fits_the_standards_schemas(client: Client, key: str) -> None:
    post(client, key, description="Lampu mati")
    judge()
    discovery = get(client, "discovery.json")
    found = [*shapes.faults(shapes.DISCOVERY, discovery, "discovery")]
    for endpoint in discovery["endpoints"]:
        found += shapes.faults(shapes.ENDPOINT, endpoint, "endpoint")
    for service in get(client, "services.json"):
        found += shapes.faults(shapes.SERVICE, service, "service")
        definition = get(client, f"services/{service['service_code']}.json")
        found += shapes.faults(shapes.DEFINITION, definition, "definition")
        for attribute in definition["attributes"]:
            found += shapes.faults(shapes.ATTRIBUTE, attribute, "attribute")
    for request in get(client, "requests.json"):
        found += shapes.faults(shapes.REQUEST, request, "request")
    assert found == []


def test_x2_the_public_steps_of_a_case_come_as_notes(
    client: Client, key: str, city: str, lights: Body
) -> None:
    post(client, key, description="Lampu mati")
    judge()
    open_new(city, actor=ME)
    case = Case.objects.get()
    step(case, officer(lights), "triage", internal="Telepon Pak RW dulu.")
    step(case, officer(lights), "answer", public="Lampu diganti Kamis.")
    (one,) = get(client, "requests.json", extensions="true")
    assert [(note["state"], note["description"]) for note in one["notes"]] == [
        ("received", None),
        ("triaged", None),
        ("answered", "Lampu diganti Kamis."),
    ]
    answer = client.get("/open311/v2/requests.xml", {"extensions": "true"})
    assert spark(etree.fromstring(answer.content))[0]["notes"][-1]["description"] == "Lampu diganti Kamis."
    assert "Pak RW" not in answer.content.decode()
