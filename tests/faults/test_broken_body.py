"""A connection that breaks off in the middle of a body leaves nothing, and the whole one is taken afterwards."""

import http.client
import io
import json
import socket
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing

import pytest
from PIL import Image

from tests.support.site import Site, site

TOKEN = "a" * 32
ROB = {"category": "rob", "depth_class": "knee", "lon": 109.6898, "lat": -6.8702, "accuracy_m": 12}


@pytest.fixture(scope="module")
def house() -> Iterator[Site]:
    with site(worker=False) as made:
        yield made


def ask(
    house: Site, method: str, path: str, body: bytes, heads: dict[str, str]
) -> tuple[int, dict[str, str]]:
    with closing(http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)) as line:
        line.request(method, path, body, {"X-Device-Token": TOKEN, **heads})
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())


def break_off(house: Site, method: str, path: str, body: bytes, heads: dict[str, str]) -> None:
    """Announce a body, send half of it, and go away."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in {"X-Device-Token": TOKEN, **heads}.items()]
    with socket.create_connection(("127.0.0.1", house.port)) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode() + body[: len(body) // 2])
        time.sleep(0.5)  # the server has begun to read


def count(house: Site, table: str) -> int:
    with closing(sqlite3.connect(house.var / "rembug.sqlite3", timeout=20)) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def settled(house: Site) -> None:
    """Wait until the server has surely noticed: it has answered others since."""
    for _ in range(3):
        time.sleep(0.3)
        house.wait_until_up()


def picture() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((800, 600), 80).convert("RGB").save(made, "JPEG", quality=95)
    return made.getvalue()


def test_half_a_photo_is_no_photo_and_the_whole_one_is_taken_afterwards(house: Site) -> None:
    key = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    status, told = ask(house, "POST", "/api/v1/reports", json.dumps(ROB).encode(), key)
    assert status == 201
    path = f"/api/v1/reports/{told['code']}/photos/{uuid.uuid4()}"
    heads = {"Content-Type": "image/jpeg", "X-Receipt-Token": told["receipt_token"]}
    photo = picture()
    break_off(house, "PUT", path, photo, heads)
    settled(house)
    assert count(house, "reports_photo") == 0
    assert [ask(house, "PUT", path, photo, heads)[0] for _ in range(2)] == [201, 200]
    assert count(house, "reports_photo") == 1


def test_half_a_report_is_no_report(house: Site) -> None:
    before = count(house, "reports_report")
    key = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    body = json.dumps({**ROB, "text": "Air masuk rumah. " * 20}).encode()
    break_off(house, "POST", "/api/v1/reports", body, key)
    settled(house)
    assert count(house, "reports_report") == before
    assert ask(house, "POST", "/api/v1/reports", body, key)[0] == 201
