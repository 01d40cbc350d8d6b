"""The only way out."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import SplitResult

import pytest
from pytest_django import Settings

from rembug.lib import http
from rembug.lib.http import Answer, Outgoing, Unreachable


def says(*answers: Answer) -> http.Transport:
    waiting = list(answers)
    return lambda _question, _parts, _address: waiting.pop(0)


def answer(status: int = 200, body: bytes = b"ok", **headers: str) -> Answer:
    return Answer(status, headers, body, "https://gauge.example")


def test_an_answer_comes_back() -> None:
    with http.using(says(answer(body=b"1.2"))):
        assert http.fetch("https://gauge.example/level").body == b"1.2"


@pytest.mark.parametrize(
    "address",
    [
        "http://gauge.example/",
        "ftp://gauge.example/",
        "https:///x",
        "https://a:b@gauge.example/",
        "https://x:99999/",
    ],
)
def test_only_https_without_a_password_leaves_the_house(address: str) -> None:
    with http.using(says(answer())), pytest.raises(Unreachable):
        http.fetch(address)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "fd00::1", "192.168.1.4"]
)
def test_private_networks_are_closed(address: str) -> None:
    with http.using(says(answer()), lambda _h, _p: [address]), pytest.raises(Unreachable, match="private"):
        http.fetch("https://gauge.example/")


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with http.using(says(answer()), lambda _h, _p: ["93.184.216.34", "10.0.0.8"]), pytest.raises(Unreachable):
        http.fetch("https://gauge.example/")


def test_a_host_that_the_operator_trusts_may_be_private_and_plain(settings: Settings) -> None:
    settings.TRUSTED_OUTSIDE = ["gauge.lan"]
    with http.using(says(answer()), lambda _h, _p: ["10.0.0.8"]):
        assert http.fetch("http://gauge.lan/").status == 200


def test_a_redirect_is_followed_and_checked_like_the_first_address() -> None:
    moved = answer(302, location="/new")
    with http.using(says(moved, answer(body=b"there"))):
        assert http.fetch("https://gauge.example/old").body == b"there"
    inside = answer(302, location="http://169.254.169.254/secret")
    with http.using(says(inside, answer())), pytest.raises(Unreachable):
        http.fetch("https://gauge.example/old")


def test_redirects_in_a_circle_end() -> None:
    with (
        http.using(says(*[answer(302, location="/again")] * 9)),
        pytest.raises(Unreachable, match="redirects"),
    ):
        http.fetch("https://gauge.example/")


def test_another_status_than_200_is_no_answer() -> None:
    with http.using(says(answer(503))), pytest.raises(Unreachable, match="503"):
        http.fetch("https://gauge.example/")


def test_a_silent_server_is_named_with_its_fault() -> None:
    def silent(_question: Outgoing, _parts: SplitResult, _address: str) -> Answer:
        raise TimeoutError

    with http.using(silent), pytest.raises(Unreachable, match="TimeoutError"):
        http.fetch("https://gauge.example/")


def test_a_server_of_flesh_and_blood_is_read_up_to_the_limit(settings: Settings) -> None:
    class Gauge(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x" * 1000)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    settings.TRUSTED_OUTSIDE = ["localhost"]
    with HTTPServer(("127.0.0.1", 0), Gauge) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        address = f"http://localhost:{server.server_port}/"
        assert len(http.fetch(address).body) == 1000
        with pytest.raises(Unreachable, match="larger"):
            http.fetch(address, largest=999)
        server.shutdown()
