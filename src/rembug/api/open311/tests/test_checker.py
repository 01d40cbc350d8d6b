"""Our own server before the conformance program that outsiders run."""

from __future__ import annotations

import json

import pytest
from pytest_django.live_server_helper import LiveServer

from open311_check.cli import main
from rembug.api.open311.tests.asking import HERE, judge


@pytest.mark.django_db(transaction=True)
def test_the_checker_finds_nothing_to_mend(
    live_server: LiveServer, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url, place = f"{live_server.url}/open311/v2", (HERE["lat"], HERE["long"])
    words = [url, "--post", "--api-key", key, "--service-code", "light", "--place", *place, "--json"]
    code = main([*words, "--address", "Degayu", "--limit-ms", "20000"], sleep=lambda _: judge())
    found = {one["id"]: one for one in json.loads(capsys.readouterr().out)["checks"]}
    assert [one for one in found.values() if one["verdict"] == "fail"] == []
    assert code == 0
    assert {one for one in found if found[one]["verdict"] == "skipped"} == {"X1"}
