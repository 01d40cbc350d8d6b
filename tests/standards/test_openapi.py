"""schemathesis asks each interface whatever its own document allows: nothing it sends may break the server."""

import json
import subprocess
import sys
import urllib.request

import pytest

from tests.support.site import ROOT, Site

pytestmark = pytest.mark.slow
DOCUMENT, FEATURES = "/api/v1/openapi.json", "/ogc/api"


def test_the_document_is_openapi_3_1(city: Site) -> None:
    with urllib.request.urlopen(city.url + DOCUMENT, timeout=20) as answer:
        said = json.load(answer)
    assert said["openapi"].startswith("3.1")
    assert "/reports" in " ".join(said["paths"])


@pytest.mark.parametrize("document", [DOCUMENT, FEATURES])
def test_no_request_that_the_document_allows_breaks_the_server(city: Site, document: str) -> None:
    options = ["--checks", "not_a_server_error", "--max-examples", "25", "--seed", "7", "--no-color"]
    options += ["--request-timeout", "20", "--suppress-health-check", "all"]
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", city.url + document, *options],
        cwd=city.var,  # it leaves notes of its own
        env={**city.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=1500,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
