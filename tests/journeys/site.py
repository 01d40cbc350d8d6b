"""What journeys ask of a running site: a page as text, a report handed in, words that appear in time."""

import json
import time
import urllib.error
import urllib.request
import uuid

from tests.support.site import Site

PATIENCE_S = 120.0


def read(site: Site, path: str) -> str:
    """Return a page as text, in Indonesian."""
    asked = urllib.request.Request(site.url + path, headers={"Accept-Language": "id"})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return str(answer.read().decode())


def wait_for(site: Site, path: str, words: str) -> str:
    """Ask for a page until it holds these words; return it."""
    end = time.monotonic() + PATIENCE_S
    page = ""
    while time.monotonic() < end:
        try:
            page = read(site, path)
        except urllib.error.HTTPError:
            page = ""
        if words in page:
            return page
        time.sleep(0.3)
    raise AssertionError(f"{path} did not say {words!r} within {PATIENCE_S} s:\n{page}")


def report(site: Site, **said: object) -> dict[str, str]:
    """Hand in a report by the JSON interface, from nobody known before, and return the answer."""
    body = json.dumps({"category": "rob", "lon": 109.6753, "lat": -6.8637, **said}).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    asked = urllib.request.Request(site.url + "/api/v1/reports", data=body, headers=headers)
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return dict(json.loads(answer.read()))
