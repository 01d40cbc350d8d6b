"""Whatever a program sends as observations, it gets a clear answer and never a broken page."""

from __future__ import annotations

import json
from typing import Any

import hypothesis
from django.test import Client
from hypothesis import strategies as some

from rembug.calls.tests.test_watch import code, seen, watcher

__all__ = ["code"]
PLAIN = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20)
ANY = some.recursive(
    PLAIN,
    lambda inner: (
        some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=12), inner, max_size=4)
    ),
)
NAMES = ("client_id", "point", "depth_class", "age_s", "claim", "photo")


@hypothesis.settings(
    max_examples=40, deadline=None, suppress_health_check=list(hypothesis.HealthCheck), database=None
)
@hypothesis.given(data=some.data())
def test_no_body_breaks_the_door_of_observations(code: str, data: Any) -> None:
    path = watcher(code)
    good = seen(1)
    changed = data.draw(some.dictionaries(some.sampled_from(NAMES), ANY, max_size=3))
    bodies = [
        json.dumps({"observations": [good | changed]}),
        json.dumps({"observations": data.draw(ANY)}),
        json.dumps(data.draw(ANY)),
        data.draw(some.text(max_size=40)),
    ]
    for body in bodies:
        answer = Client(raise_request_exception=False).post(
            f"{path}kirim/", body.encode("utf-8", "surrogatepass"), content_type="application/json"
        )
        assert answer.status_code in {200, 400, 404, 413, 422}, (answer.status_code, body)
        assert answer["Content-Type"].startswith(("application/json", "application/problem+json")), body
