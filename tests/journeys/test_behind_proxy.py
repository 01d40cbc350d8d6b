"""The site as a city runs it: HTTPS by a proxy in front, and the installable app through it."""

import http.client
import os
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.journeys.conftest import CHROMIUM
from tests.support import proxy as proxies
from tests.support.proxy import Proxy
from tests.support.site import site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """A site behind nginx with the settings that docs/operations.md names."""
    if not proxies.NGINX:
        pytest.skip("nginx is not on this machine: apt-get install nginx")
    made = proxies.prepare(tmp_path_factory.mktemp("proxy"))
    settings = {
        "REMBUG_HTTPS": "1",
        "TRUSTED_PROXIES": "1",
        "PUBLIC_URL": made.url,
        "ALLOWED_HOSTS": "localhost",
    }
    with site(settings=settings) as behind, proxies.running(made, behind.port):
        yield made


def ask(
    proxy: Proxy, path: str, *, method: str = "GET", body: bytes = b"", headers: dict[str, str] | None = None
) -> http.client.HTTPResponse:
    """Ask over TLS, trusting this one certificate."""
    context = ssl.create_default_context(cafile=str(proxy.certificate))
    connection = http.client.HTTPSConnection("localhost", proxy.port, timeout=60, context=context)
    connection.request(method, path, body=body or None, headers={"Accept-Language": "id"} | (headers or {}))
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_cookies_belong_to_this_host_only_and_https_is_promised(proxy: Proxy) -> None:
    answer = ask(proxy, "/masuk/")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "upgrade-insecure-requests" in answer.headers["Content-Security-Policy"]
    cookies = answer.headers.get_all("Set-Cookie") or []
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-"), cookie
        assert "; Secure" in cookie, cookie
        assert "Path=/;" in cookie + ";", cookie
        assert "Domain" not in cookie, cookie


def test_plain_http_is_sent_to_https(proxy: Proxy) -> None:
    connection = http.client.HTTPConnection("localhost", proxy.plain_port, timeout=30)
    connection.request("GET", "/lapor/")
    answer = connection.getresponse()
    connection.close()
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/lapor/")


def test_figures_stay_inside_whatever_a_caller_claims(proxy: Proxy) -> None:
    for claim in ({}, {"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}):
        assert ask(proxy, "/metrics", headers=claim).status == 404
        assert ask(proxy, "/metrics/../metrics", headers=claim).status == 404


def test_another_host_name_is_refused(proxy: Proxy) -> None:
    assert ask(proxy, "/", headers={"Host": "evil.example"}).status == 400


def test_a_body_beyond_any_photo_never_reaches_the_site(proxy: Proxy) -> None:
    answer = ask(proxy, "/api/v1/reports", method="POST", body=b"x" * 13_000_000)
    assert answer.status == 413
    assert ask(proxy, "/healthz").status == 200


@pytest.fixture
def page(proxy: Proxy, driver: Playwright, tmp_path: Path) -> Iterator[Page]:
    """A browser that trusts the key of this one certificate."""
    arguments = [f"--ignore-certificate-errors-spki-list={proxy.key_hash}"]
    arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
    context = driver.chromium.launch_persistent_context(
        str(tmp_path / "profile"),
        executable_path=CHROMIUM,
        args=arguments,
        locale="id-ID",
        base_url=proxy.url,
    )
    yield context.pages[0]
    context.close()


@pytest.mark.browser
def test_the_app_installs_itself_and_a_form_comes_through(page: Page) -> None:
    page.goto("/lapor/")
    assert page.evaluate("window.isSecureContext")
    worker = page.evaluate("navigator.serviceWorker.ready.then(found => found.active.scriptURL)")
    assert worker.endswith("/sw.js")
    manifest = page.evaluate("fetch('/manifest.webmanifest').then(answer => answer.json())")
    assert manifest["display"] == "standalone"
    page.goto("/masuk/")
    page.fill("input[name=login]", "nobody@example.org")
    page.fill("input[name=password]", "kata sandi yang salah")
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        page.locator(
            "form:has(input[name=password]) button[type=submit], form:has(input[name=password]) button"
        ).first.click()
    assert posted.value.status == 200  # the form again with its words; a broken trust would say 403
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert names
    assert all(name.startswith("__Host-") for name in names), names


@pytest.mark.browser
def test_pages_open_without_network_once_the_app_is_there(page: Page) -> None:
    page.goto("/lapor/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.context.set_offline(True)
    page.goto("/lapor/")
    assert page.locator("form[data-flow], main").first.is_visible()
