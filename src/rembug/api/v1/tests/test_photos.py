"""A photo after its report: the receipt's token is the right, a repeat is harmless."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

from rembug.places.models import City
from rembug.reports.models import Photo, Report
from rembug.reports.tests.flow.conftest import city

__all__ = ["city"]
KEY = "01900000-0000-7000-8000-0000000000aa"


def jpeg(colour: str = "teal") -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 30), colour).save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def sent(city: City, client: Client) -> dict[str, Any]:  # noqa: ARG001 the city must be there
    body = {"category": "rob", "depth_class": "knee", "lon": 109.67, "lat": -6.88, "age_s": 600}
    answer = client.post(
        "/api/v1/reports", body, "application/json", headers={"Idempotency-Key": str(uuid4())}
    )
    assert answer.status_code == 201
    return dict(answer.json())


def put(
    client: Client, sent: dict[str, Any], data: bytes, *, token: str | None = None, key: str = KEY
) -> Any:
    headers = {"X-Receipt-Token": sent["receipt_token"] if token is None else token}
    return client.put(f"/api/v1/reports/{sent['code']}/photos/{key}", data, "image/jpeg", headers=headers)


def test_the_same_photo_twice_is_one_photo(client: Client, sent: dict[str, Any]) -> None:
    assert [put(client, sent, jpeg()).status_code for _ in range(2)] == [201, 200]
    assert Photo.objects.count() == 1


def test_another_photo_under_the_same_key_is_refused(client: Client, sent: dict[str, Any]) -> None:
    put(client, sent, jpeg())
    answer = put(client, sent, jpeg("red"))
    assert answer.status_code == 422
    assert answer.json()["code"] == "key-reused"


@pytest.mark.parametrize(("token", "status"), [("", 403), ("wrong", 404)])
def test_without_the_receipt_nobody_adds_a_photo(
    client: Client, sent: dict[str, Any], token: str, status: int
) -> None:
    assert put(client, sent, jpeg(), token=token).status_code == status
    assert Photo.objects.count() == 0


def test_what_is_no_photo_is_refused_with_its_field(client: Client, sent: dict[str, Any]) -> None:
    answer = put(client, sent, b"GIF89a not for us")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "not-a-photo"


def test_a_report_takes_four_photos(client: Client, sent: dict[str, Any]) -> None:
    answers = [put(client, sent, jpeg(), key=str(uuid4())).status_code for _ in range(5)]
    assert answers == [201, 201, 201, 201, 422]


def test_an_age_counts_back_from_the_servers_clock(sent: dict[str, Any]) -> None:
    report = Report.objects.get(code=sent["code"])
    assert 599 <= (report.received_at - report.observed_at).total_seconds() <= 601
