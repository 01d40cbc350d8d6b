"""A phone without account."""

import re

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from rembug.lib.actor import Actor
from rembug.people import device
from rembug.people.middleware import ActorMiddleware


def actor_of(request: HttpRequest) -> Actor:
    """Return what the middleware found out."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def answer(request: HttpRequest, *, ensure: bool = False) -> HttpResponse:
    """Run a request through the middleware; the page may want to know the phone again."""

    def page(inner: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        if ensure:
            device.ensure_device(inner, response)
        return response

    return ActorMiddleware(page)(request)


def test_reading_asks_the_database_nothing_and_sets_no_cookie(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        response = answer(request)
    assert actor_of(request).kind == "anonymous"
    assert not response.cookies


def test_a_page_that_needs_it_gives_a_token_once() -> None:
    first = answer(RequestFactory().get("/"), ensure=True)
    token = first.cookies["device"].value
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", token)  # 128 bits
    again = RequestFactory().get("/")
    again.COOKIES["device"] = token
    assert not answer(again, ensure=True).cookies
    assert actor_of(again).kind == "device"


def test_the_token_is_kept_from_scripts_and_other_sites() -> None:
    cookie = answer(RequestFactory().get("/"), ensure=True).cookies["device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == 365 * 24 * 3600


def test_over_https_no_other_host_can_set_it(settings: Settings) -> None:
    settings.HTTPS, settings.DEVICE_COOKIE_NAME = True, "__Host-device"
    cookie = answer(RequestFactory().get("/", secure=True), ensure=True).cookies["__Host-device"]
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]


def test_the_same_token_is_the_same_phone_and_the_token_itself_is_nowhere() -> None:
    token = "a" * 22
    requests = [RequestFactory().get("/", headers={"X-Device-Token": token}) for _ in range(2)]
    for request in requests:
        answer(request)
    assert actor_of(requests[0]) == actor_of(requests[1])
    assert token not in repr(actor_of(requests[0]))
    assert len(actor_of(requests[0]).device_hash) == 32
    assert settings.SECRET_KEY not in repr(actor_of(requests[0]))


@pytest.mark.parametrize("token", ["", "short", "a" * 65, "ä" * 22, "a b" * 10, "a" * 21 + "\n"])
def test_a_token_that_cannot_be_one_is_no_token(token: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["device"] = token
    answer(request)
    assert actor_of(request).kind == "anonymous"
