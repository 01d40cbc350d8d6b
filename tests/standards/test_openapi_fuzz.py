"""S-06: made-up requests to every operation of a running site: no 500, all answers as the document says."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.site import site

pytestmark = pytest.mark.slow
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
EXAMPLES = 40


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with site() as place:
        place.command("water", "forecast")
        yield place.url


def test_no_made_up_request_breaks_the_interface(address: str) -> None:
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # a broken document has no `ok`, and fails here
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
            asked += _ask(operation, mode)
    print(f"{asked} made-up requests")
    assert asked > 200


def _ask(operation: Any, mode: Any) -> int:
    asked = 0

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        nonlocal asked
        asked += 1
        response = case.call(timeout=30)
        case.validate_response(response, checks=CHECKS)
        if response.status_code >= 400:
            assert response.headers["content-type"][0] == "application/problem+json"
            assert {"type", "title", "status", "detail", "code"} <= set(json.loads(response.content))

    try:
        run()
    except hypothesis.errors.Unsatisfiable:  # nothing to get wrong: an operation without parameters
        return asked
    return asked


@pytest.mark.parametrize(
    ("language", "title"), [("id", "Isian belum benar"), ("en", "The input is not right yet")]
)
def test_errors_of_a_running_site_speak_the_language_of_the_reader(
    address: str, language: str, title: str
) -> None:
    asked = urllib.request.Request(f"{address}/api/v1/reports?bbox=1", headers={"Accept-Language": language})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=30)
    assert json.load(refused.value)["title"] == title
