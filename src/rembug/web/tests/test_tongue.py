"""The language switch works without JavaScript and leads nowhere else."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_switch_remembers_the_language_and_goes_back(client: Client) -> None:
    answer = client.post("/bahasa/", {"language": "en", "next": "/tidak-ada/?a=1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/tidak-ada/?a=1")
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME]["httponly"]
    assert 'lang="en"' in client.get("/tidak-ada/").content.decode()


@pytest.mark.parametrize("bad", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_switch_leads_to_no_other_site(client: Client, bad: str) -> None:
    assert client.post("/bahasa/", {"language": "en", "next": bad}).headers["Location"] == "/"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    assert settings.LANGUAGE_COOKIE_NAME not in client.post("/bahasa/", {"language": "xx"}).cookies


def test_a_phone_without_wish_reads_indonesian(client: Client) -> None:
    page = client.get("/tidak-ada/").content.decode()
    assert 'lang="id"' in page
    assert "Halaman ini tidak ada." in page


def test_a_page_can_be_read_in_javanese(client: Client) -> None:
    client.post("/bahasa/", {"language": "jv"})
    assert 'lang="jv"' in client.get("/tidak-ada/").content.decode()
