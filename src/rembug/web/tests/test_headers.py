"""Every answer carries its headers (ASVS 5.0, 3.4.1 to 3.4.8)."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings

pytestmark = pytest.mark.django_db


def policy(client: Client, path: str = "/tidak-ada/") -> dict[str, str]:
    """Return the content security policy of a page as directive -> sources."""
    header = client.get(path).headers["Content-Security-Policy"]
    return dict(part.strip().partition(" ")[::2] for part in header.split(";"))


def test_a_page_allows_scripts_by_its_own_nonce_only(client: Client) -> None:
    rules = policy(client)
    assert re.fullmatch(r"'nonce-[\w-]{22}'", rules["script-src"])
    assert (
        rules["default-src"]
        == rules["object-src"]
        == rules["base-uri"]
        == rules["frame-ancestors"]
        == "'none'"
    )
    assert rules["style-src"] == rules["form-action"] == "'self'"


def test_a_nonce_is_never_used_twice(client: Client) -> None:
    assert policy(client)["script-src"] != policy(client)["script-src"]


def test_no_page_names_another_site(client: Client) -> None:
    assert "http" not in client.get("/tidak-ada/").headers["Content-Security-Policy"]


@override_settings(BASEMAP_ORIGIN="https://tiles.example.org")
def test_a_basemap_may_send_images_once_the_operator_names_it(client: Client) -> None:
    rules = policy(client)
    assert rules["img-src"].split() == ["'self'", "data:", "blob:", "https://tiles.example.org"]
    assert "tiles" not in rules["script-src"]


def test_every_answer_is_closed_to_sniffing_and_to_other_origins(client: Client) -> None:
    headers = client.get("/tidak-ada/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "private, no-cache"


def test_plain_http_promises_no_https(client: Client) -> None:
    assert "Strict-Transport-Security" not in client.get("/tidak-ada/").headers


@override_settings(HTTPS=True)
def test_https_is_promised_for_a_year(client: Client) -> None:
    headers = client.get("/tidak-ada/", secure=True).headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "upgrade-insecure-requests" in headers["Content-Security-Policy"]


def test_no_page_with_a_form_of_ours_hides_where_it_comes_from() -> None:
    """Under `no-referrer` a browser sends `Origin: null` with the form, and Django refuses it."""
    source = Path(settings.ROOT) / "src" / "rembug"
    pages = [page for page in source.rglob("*.html") if "no-referrer" in page.read_text()]
    assert [page.name for page in pages if "csrf_token" in page.read_text()] == []
    views = [file for file in source.glob("*/views/**/*.py") if '"no-referrer"' in file.read_text()]
    assert [str(file) for file in views] == []
