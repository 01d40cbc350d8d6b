"""The host name says which city a request is about."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from rembug.places.middleware import CityMiddleware
from rembug.places.tests.made import SMALL, load

pytestmark = pytest.mark.django_db


def city_of(host: str) -> str:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.city)  # type: ignore[attr-defined]

    return CityMiddleware(answer)(RequestFactory().get("/", headers={"host": host})).content.decode()


def test_the_host_of_a_pack_a_setting_or_the_default(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.DEFAULT_CITY = "pekalongan"
    load(SMALL)
    assert city_of("bandarkecil.example:8000") == "bandarkecil"
    assert city_of("localhost") == "pekalongan"
    settings.CITY_HOSTS = {"tegal.example": "tegal"}
    assert city_of("TEGAL.example") == "tegal"
