"""Photos through Open311: sent as files or as addresses, shown only after a person looked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import SplitResult

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree

from rembug.api.open311.tests.asking import BASE, HERE, get, judge, post
from rembug.audit.models import Entry
from rembug.cases.tests.made import ME
from rembug.lib import clock, http
from rembug.lib.http import Answer, Outgoing
from rembug.lib.images.tests import corpus
from rembug.reports.actions.fetch import fetch_linked
from rembug.reports.actions.photos import develop_waiting
from rembug.reports.models import Photo, PhotoLink, Report
from rembug.reports.queries.waiting import to_fetch

LINK = "https://app.example/1.jpg"


def picture(seed: int = 1) -> bytes:
    return corpus.encoded(corpus.scene(640, 480, seed), quality=80)


def file(seed: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{seed}.jpg", picture(seed), content_type="image/jpeg")


def gives(status: int, body: bytes) -> http.Transport:
    def answer(question: Outgoing, _parts: SplitResult, _address: str) -> Answer:
        return Answer(status, {}, body, question.address)

    return answer


def test_x2_photos_that_are_sent_are_shown_after_a_look(client: Client, key: str) -> None:
    two: dict[str, Any] = {"media[]": [file(1), file(2)]}
    made = post(client, key, **two)[0]
    assert "setelah dilihat petugas" in made["service_notice"]
    judge()
    assert develop_waiting(actor=ME) == 2
    code = made["service_request_id"]
    unseen = get(client, f"requests/{code}.json", extensions="true")[0]
    assert (unseen["media_url"], unseen["media"]) == (None, [])
    Photo.objects.update(state=Photo.State.PUBLIC)
    one = get(client, f"requests/{code}.json", extensions="true")[0]
    assert len(one["media"]) == 2
    assert one["media_url"] == one["media"][0]
    assert client.get("/" + one["media_url"].split("/", 3)[3]).status_code == 200
    assert "media" not in get(client, f"requests/{code}.json")[0]
    tree = etree.fromstring(client.get(f"{BASE}requests/{code}.xml?extensions=true").content)
    assert [node.text for node in tree.findall("request/media/url")] == one["media"]


def test_the_same_request_again_adds_no_photo(client: Client, key: str) -> None:
    for _ in range(2):
        said = {"api_key": key, "service_code": "light", **HERE, "media[]": [file()], "media_url": LINK}
        assert client.post(BASE + "requests.json", said, headers={"Idempotency-Key": "a"}).status_code == 201
    assert (Report.objects.count(), Photo.objects.count(), PhotoLink.objects.count()) == (1, 1, 1)
    with http.using(gives(200, picture(3))):
        assert fetch_linked(actor=ME) == 1
    said = {"api_key": key, "service_code": "light", **HERE, "media[]": [file()], "media_url": LINK}
    client.post(BASE + "requests.json", said, headers={"Idempotency-Key": "a"})
    assert (Photo.objects.count(), PhotoLink.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    "media",
    [
        {"media[]": SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>")},
        {"media[]": [f"{LINK}?{number}" for number in range(5)]},
        {"media_url": "http://app.example/1.jpg"},
        {"media_url": "https://app.example/" + "a" * 500},
    ],
)
def test_what_is_no_photo_is_refused_with_the_request(
    client: Client, key: str, media: dict[str, Any]
) -> None:
    assert post(client, key, 400, **media)[0]["description"].startswith("media: ")
    assert not Report.objects.exists()


def test_a_body_that_is_too_large_or_no_form_is_refused_in_the_form_asked_for(
    client: Client, key: str
) -> None:
    large = client.post(BASE + "requests.json", {"api_key": key}, headers={"Content-Length": "99999999"})
    assert (large.status_code, large.json()[0]["code"]) == (413, "413")
    broken = client.post(BASE + "requests.xml", b"x", content_type="multipart/form-data")
    assert (broken.status_code, etree.fromstring(broken.content).tag) == (400, "errors")


def test_an_address_is_fetched_later_and_tried_again(client: Client, key: str) -> None:
    post(client, key, media_url=LINK)
    assert to_fetch()
    with http.using(gives(503, b"")):
        assert fetch_linked(actor=ME) == 0
    assert not to_fetch()
    with (
        time_machine.travel(clock.now() + timedelta(minutes=2), tick=False),
        http.using(gives(200, picture())),
    ):
        assert fetch_linked(actor=ME) == 1
    assert Photo.objects.get().state == Photo.State.RECEIVED
    assert not PhotoLink.objects.exists()


@pytest.mark.parametrize(
    ("status", "body", "reason"), [(200, b"no", "not-a-photo"), (404, b"", "unreachable")]
)
def test_what_cannot_be_had_is_given_up_and_said(
    client: Client, key: str, status: int, body: bytes, reason: str
) -> None:
    post(client, key, media_url=LINK)
    with http.using(gives(status, body)):
        for hours in range(8):
            with time_machine.travel(clock.now() + timedelta(hours=hours), tick=False):
                fetch_linked(actor=ME)
    assert not PhotoLink.objects.exists()
    assert not Photo.objects.exists()
    assert reason in str(Entry.objects.get(verb="photo.refused").data)


def test_no_address_leads_into_our_own_network(client: Client, key: str) -> None:
    post(client, key, media_url="https://inside.example/1.jpg")
    with http.using(gives(200, picture()), lambda _host, _port: ["10.0.0.1"]):
        assert fetch_linked(actor=ME) == 0
    assert not Photo.objects.exists()


def test_the_photo_of_a_withdrawn_report_is_not_fetched(client: Client, key: str) -> None:
    post(client, key, media_url=LINK)
    Report.objects.update(state=Report.State.WITHDRAWN)
    with http.using(gives(200, picture())):
        assert fetch_linked(actor=ME) == 0
    assert not PhotoLink.objects.exists()
