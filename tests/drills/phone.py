"""A phone that reports to a running site over HTTP."""

import io
import json
import urllib.request
import uuid
from typing import Any

from PIL import Image

from tests.support.site import Site


def report(site: Site, **more: object) -> dict[str, Any]:
    """Hand in one report and return the answer."""
    said = {"category": "rob", "lon": 109.6753, "lat": -6.8637, "depth_class": "knee", "since": "now", **more}
    return _post(f"{site.url}/api/v1/reports", json.dumps(said).encode(), "application/json")


def send_photo(site: Site, code: str, token: str) -> dict[str, Any]:
    """Add a photo to the report of a receipt."""
    address = f"{site.url}/api/v1/reports/{code}/photos/{uuid.uuid4()}"
    return _send(address, picture(), {"Content-Type": "image/jpeg", "X-Receipt-Token": token}, "PUT")


def picture() -> bytes:
    """Return a real JPEG."""
    made = io.BytesIO()
    Image.effect_noise((320, 240), 80).convert("RGB").save(made, "JPEG")
    return made.getvalue()


def read(site: Site, path: str) -> str:
    """Return a page in Indonesian."""
    asked = urllib.request.Request(site.url + path, headers={"Accept-Language": "id"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return str(answer.read().decode())


def _post(address: str, body: bytes, kind: str) -> dict[str, Any]:
    return _send(address, body, {"Content-Type": kind, "Idempotency-Key": str(uuid.uuid4())}, "POST")


def _send(address: str, body: bytes, headers: dict[str, str], method: str) -> dict[str, Any]:
    asked = urllib.request.Request(address, data=body, headers=headers, method=method)
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return dict(json.loads(answer.read()))
