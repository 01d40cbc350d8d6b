"""The official feed is asked gently, and what it said stays when it is away (L-15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import SplitResult

import pytest
from django.test import Client

from rembug.alerts.actions.fetch import MOST, fetch_feed
from rembug.alerts.actions.load import load_alerts
from rembug.alerts.models import Alert
from rembug.alerts.queries.setup import facts_of
from rembug.alerts.tests import made
from rembug.alerts.tests.conftest import city, house
from rembug.alerts.tests.made import ME
from rembug.api.cap.tests.test_cap import bmkg
from rembug.lib import http
from rembug.lib.http import Answer, Outgoing

__all__ = ["city", "house"]
FEED = "https://official.example/rss.xml"


class Office:
    """The weather office on the other side: counts what it is asked."""

    def __init__(self, count: int) -> None:
        self.count, self.asked, self.away = count, 0, False

    def __call__(self, question: Outgoing, parts: SplitResult, address: str) -> Answer:
        """Answer one question."""
        self.asked += 1
        if self.away:
            raise http.Unreachable(f"{parts.hostname}: no answer at {address}.")
        if question.address == FEED:
            items = "".join(
                f"<item><link>https://official.example/{number}_alert.xml</link></item>"
                for number in range(self.count)
            )
            return Answer(200, {}, f"<rss><channel>{items}</channel></rss>".encode(), question.address)
        number = int(parts.path.strip("/").split("_")[0])
        data = bmkg(number)
        if number % 3 == 1:
            data = data.replace(b"Jawa Tengah", b"Papua")
        if number % 3 == 2:
            data = data.replace(b"Moderate", b"Sedang")
        return Answer(200, {}, data, question.address)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """It is noon."""
    with made.at(made.NOON):
        yield


@pytest.fixture
def listening(city: str) -> str:
    """The city listens to a feed."""
    load_alerts(actor=ME, city=city, facts=replace(facts_of(city), feed=FEED))
    return city


def test_l15_what_concerns_the_city_is_relayed_once(listening: str) -> None:
    office = Office(6)
    with http.using(office):
        assert fetch_feed(listening, actor=ME) == 2
        asked = office.asked
        assert fetch_feed(listening, actor=ME) == 0
    assert office.asked == asked + 1
    assert {row.words["id"]["headline"][-1] for row in Alert.objects.all()} == {"0", "3"}


def test_l15_a_look_asks_little(listening: str) -> None:
    office = Office(300)
    with http.using(office):
        fetch_feed(listening, actor=ME)
    assert office.asked == MOST + 1 < 60


def test_l15_when_the_office_is_away_the_page_says_how_old_the_news_is(
    listening: str, client: Client
) -> None:
    office = Office(1)
    with http.using(office):
        fetch_feed(listening, actor=ME)
        office.away = True
        fetch_feed(listening, actor=ME)
    page = client.get("/peringatan/").content.decode()
    assert "Sekarang tidak menjawab." in page
    assert "Hujan Lebat &amp; Petir" in page
    assert "BMKG" in page


def test_a_city_without_feed_asks_nobody(city: str) -> None:
    office = Office(1)
    with http.using(office):
        assert fetch_feed(city, actor=ME) == 0
    assert office.asked == 0
