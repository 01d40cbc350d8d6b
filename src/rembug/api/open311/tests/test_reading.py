"""GeoReport v2: what reading promises, errors in every form, the extensions in use, a foreign client (S-01)."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client
from lxml import etree

from rembug.api.open311 import views
from rembug.api.open311.tests.asking import BASE, HERE, get, judge, post
from rembug.cases.queries import requests
from rembug.cases.tests import made
from rembug.cases.tests.made import officer, step
from rembug.lib import clock
from rembug.people.models import Body
from rembug.reports.models import Report


def test_r1_r2_the_window_is_ninety_days(client: Client, key: str) -> None:
    for _ in range(3):
        post(client, key)
    judge()
    old, edge, new = Report.objects.order_by("id")
    now = clock.now()
    Report.objects.filter(pk=old.pk).update(received_at=now - timedelta(days=91))
    Report.objects.filter(pk=edge.pk).update(received_at=now - timedelta(days=89))
    assert {one["service_request_id"] for one in get(client, "requests.json")} == {edge.code, new.code}
    start = (now - timedelta(days=120)).isoformat()
    from_then = get(client, "requests.json", start_date=start)
    assert {one["service_request_id"] for one in from_then} == {old.code, edge.code}
    get(client, "requests.json", 400, start_date=start, end_date=now.isoformat())
    get(client, "requests.json", 400, end_date="kemarin")
    get(client, "requests.json", 400, start_date=now.isoformat(), end_date=start)


def test_r2_windows_are_no_finer_than_the_times_that_are_shown(client: Client, key: str) -> None:
    with time_machine.travel(datetime(2026, 3, 4, 5, 7, 31, tzinfo=UTC), tick=False):
        post(client, key)
        judge()

        def seen(**window: Any) -> bool:
            return bool(get(client, "requests.json", **window))

        (one,) = get(client, "requests.json")
        assert seen(start_date=one["requested_datetime"], end_date=one["requested_datetime"])
        for minute in range(10):
            at = f"2026-03-04T05:0{minute}:00Z"
            assert seen(start_date=at, end_date="2026-03-04T06:00:00Z")
            assert seen(start_date="2026-03-04T00:00:00Z", end_date=at)
        assert not seen(start_date="2026-03-04T05:10:00Z", end_date="2026-03-04T06:00:00Z")
        assert not seen(start_date="2026-03-04T04:00:00Z", end_date="2026-03-04T04:59:59Z")
        assert all(seen(updated_after=f"2026-03-04T05:0{minute}:00Z") for minute in range(5, 10))


def test_r4_named_requests_come_whatever_else_is_asked(client: Client, key: str) -> None:
    codes = [post(client, key)[0]["service_request_id"] for _ in range(3)]
    judge()
    asked = ",".join(codes[:2])
    found = get(client, "requests.json", service_request_id=asked, status="closed", start_date="1999-01-01")
    assert {one["service_request_id"] for one in found} == set(codes[:2])


def test_r6_states_of_ours_are_open_or_closed(client: Client, city: str, lights: Body) -> None:
    case, receipt = made.opened(city)
    one = get(client, f"requests/{receipt.code}.json")[0]
    assert (one["status"], one["agency_responsible"]) == ("open", lights.name)
    assert one["expected_datetime"]
    step(case, officer(lights), "reject", public="Bukan lampu kota.", reason="not_public")
    one = get(client, f"requests/{receipt.code}.json")[0]
    assert (one["status"], one["status_notes"]) == ("closed", "Bukan lampu kota.")
    assert [r["service_request_id"] for r in get(client, "requests.json", status="closed")] == [receipt.code]
    assert get(client, "requests.json", status="open") == []


def test_r7_nothing_private_comes_out(client: Client, key: str) -> None:
    post(client, key, email="ani@example.org", first_name="Ani", phone="08123456789", device_id="dev-1")
    post(client, key, description="Telepon saya 0812-3456-7890 ya")
    judge()
    hidden = Report.objects.latest("id")
    for one in (client.get(BASE + "requests.json"), client.get(BASE + "requests.xml")):
        text = one.content.decode()
        assert not any(
            secret in text for secret in ("ani@example.org", "Ani", "08123456789", "dev-1", "3456-7890")
        )
    Report.objects.filter(pk=hidden.pk).update(visibility="private")
    get(client, f"requests/{hidden.code}.json", 404)
    assert hidden.code not in {one["service_request_id"] for one in get(client, "requests.json")}


def test_t1_no_service_is_a_batch(client: Client, city: str) -> None:
    get(client, f"tokens/{uuid4().hex}.json", 404)
    assert city


def test_e1_every_error_comes_in_the_form_asked_for(
    client: Client, city: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert get(client, "nowhere.json", 404)[0]["code"] == "404"
    assert etree.fromstring(client.get(BASE + "nowhere").content).tag == "errors"
    refused = client.delete(BASE + "services.json")
    assert (refused.status_code, refused.json()[0]["code"]) == (405, "405")

    def away(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(requests, "found", away)
    assert get(client, "requests.json", 503)[0]["code"] == "503"
    assert city


def test_x2_pages_boxes_circles_and_changes(client: Client, key: str) -> None:
    near = post(client, key)[0]["service_request_id"]
    far = post(client, key, long="109.6892")[0]["service_request_id"]
    judge()

    def codes(**asked: Any) -> list[str]:
        return [one["service_request_id"] for one in get(client, "requests.json", **asked)]

    assert codes(page_size="1") == [far]
    assert codes(page_size="1", page="2") == [near]
    assert codes(bbox="109.67,-6.9,109.685,-6.8") == [near]
    assert codes(lat=HERE["lat"], long=HERE["long"], radius="200") == [near]
    assert codes(updated_after=(clock.now() + timedelta(minutes=6)).isoformat()) == []
    assert set(codes(updated_before=(clock.now() + timedelta(days=1)).isoformat())) == {near, far}
    for name, wrong in (
        ("page", "0"),
        ("page_size", "9999"),
        ("bbox", "1"),
        ("lat", "1"),
        ("updated_after", "x"),
    ):
        asked: dict[str, Any] = {name: wrong}
        get(client, "requests.json", 400, **asked)


def test_x2_a_step_of_the_case_is_a_change_of_the_request(client: Client, city: str, lights: Body) -> None:
    with time_machine.travel(clock.now() - timedelta(days=100), tick=False):
        case, receipt = made.opened(city)
    told = clock.now() - timedelta(days=1)
    after: dict[str, Any] = {"updated_after": (told - timedelta(hours=1)).isoformat()}
    before: dict[str, Any] = {"updated_before": (told + timedelta(hours=1)).isoformat()}

    def codes(**asked: Any) -> list[str]:
        return [one["service_request_id"] for one in get(client, "requests.json", **asked)]

    assert codes(**after) == []
    with time_machine.travel(told, tick=False):
        step(case, officer(lights), "triage")
    assert codes(**after) == codes(**before) == codes(**after, **before) == [receipt.code]
    assert codes(updated_before=after["updated_after"]) == codes(updated_after=before["updated_before"]) == []
    assert codes(**after, start_date=(told - timedelta(days=10)).isoformat()) == []


def test_x2_a_page_of_a_circle_is_full(client: Client, key: str) -> None:
    near = [post(client, key)[0]["service_request_id"] for _ in range(2)]
    corner = str(float(HERE["long"]) + 0.0017), str(float(HERE["lat"]) + 0.0017)  # 267 m off, within its box
    for _ in range(2):
        post(client, key, long=corner[0], lat=corner[1])
    judge()
    circle: dict[str, Any] = {"lat": HERE["lat"], "long": HERE["long"], "radius": "200", "page_size": "1"}
    pages = [get(client, "requests.json", **circle, page=str(page)) for page in (1, 2, 3)]
    assert [[one["service_request_id"] for one in page] for page in pages] == [[near[1]], [near[0]], []]


def test_x3_the_bulk_file_has_the_standards_columns(client: Client, key: str) -> None:
    post(client, key, description="=1+1")
    judge()
    answer: Any = client.get(BASE + "requests.csv")
    (row,) = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode(), newline=""))
    assert tuple(row) == views.BULK
    assert row["description"] == "'=1+1"
