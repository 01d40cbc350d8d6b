"""R-10: receipts cannot be guessed, and trying is held up."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rembug.reports.rules import guessing, receipts
from rembug.reports.tests.flow.conftest import city
from rembug.reports.tests.flow.walker import Walker

__all__ = ["city"]
pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture(autouse=True)
def _empty(db: None) -> None:  # noqa: ARG001 - the cache is a table
    cache.clear()


def wrong(client: Client, tries: int, **more: Any) -> list[int]:
    """Try made-up receipts; return the answers."""
    addresses = [reverse("reports:receipt", args=[receipts.token("x", uuid4())]) for _ in range(tries)]
    return [client.get(address, **more).status_code for address in addresses]


def sent(client: Client) -> str:
    """Send a report with this browser and return the address of its receipt."""
    walker = Walker(client).press("category", "rob").press("depth_class", "knee").press("since", "now")
    return str(walker.press("area_code", "99.01.01.1001").send()["Location"]).split("?")[0]


def test_after_ten_wrong_receipts_in_an_hour_a_network_waits() -> None:
    answers = wrong(Client(), 12)
    assert answers == [404] * 10 + [429] * 2
    assert wrong(Client(), 1) == [429]
    assert wrong(Client(), 1, REMOTE_ADDR="10.9.8.7") == [404]


def test_a_new_device_token_for_each_try_does_not_help() -> None:
    answers = [
        Client(headers={"X-Device-Token": uuid4().hex}).get(f"/r/{receipts.token('x', uuid4())}/").status_code
        for _ in range(12)
    ]
    assert answers == [404] * 10 + [429] * 2


def test_the_phone_that_reported_opens_its_receipt_although_its_neighbours_guess() -> None:
    own = Client()
    address = sent(own)
    wrong(Client(), 12)
    assert own.get(address).status_code == 200
    stranger = Client().get(address)
    assert stranger.status_code == 429
    assert int(stranger["Retry-After"]) == guessing.WINDOW_S


@pytest.mark.parametrize("act", ["kabar", "perbaiki", "tarik", "foto"])
def test_every_act_on_a_receipt_counts_as_a_try(act: str) -> None:
    for _ in range(11):
        answer = Client().post(
            f"/r/{receipts.token('x', uuid4())}/{act}/", {"value": "gone", "words": "x", "sure": "yes"}
        )
    assert answer.status_code == 429


def test_a_token_is_looked_up_by_its_hash_only() -> None:
    """Equal work for right and wrong ones: the database compares SHA-256 values, never the secret itself."""
    token = receipts.token(settings.SECRET_KEY, uuid4())
    with CaptureQueriesContext(connection) as asked:
        Client().get(f"/r/{token}/")
    said = " ".join(query["sql"] for query in asked)
    assert token not in said
    assert receipts.fingerprint(token) in said


def test_a_token_has_more_than_ten_to_the_sixteenth_values() -> None:
    assert 32 ** len(receipts.token("s", uuid4())) > 10**16


@pytest.mark.parametrize(
    ("address", "prefix"), [("10.20.30.40", "10.20.30"), ("2001:db8:1:2::5", "2001:db8:1")]
)
def test_neighbours_in_a_network_are_counted_together(address: str, prefix: str) -> None:
    assert guessing.prefix_of(address) == prefix
