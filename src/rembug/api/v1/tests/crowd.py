"""Many stored reports of all kinds, for questions that are compared with plain Python."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from rembug.api.v1.tests.conftest import judge
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.reports.actions import receive
from rembug.reports.models import Report
from rembug.reports.rules.submission import Submission

WEST, SOUTH, EAST, NORTH = 109.655, -6.905, 109.715, -6.855


def fill(count: int, seed: int = 7, **fixed: Any) -> list[Report]:
    """Store and judge so many reports over the city and the last six days; `fixed` members are the same in all."""
    rng = random.Random(seed)
    batch = []
    for number in range(count):
        category = rng.choice(("rob", "rob", "drain", "light"))
        values: dict[str, Any] = {
            "category": category,
            "lon": round(rng.uniform(WEST, EAST), 6),
            "lat": round(rng.uniform(SOUTH, NORTH), 6),
            "depth_class": rng.choice(("ankle", "knee", "waist")) if category == "rob" else "",
            "setting": rng.choice(("street", "yard", "house")) if category == "rob" else "",
            "visibility": rng.choice(("public", "public", "public", "private")),
            "observed_at": clock.now() - timedelta(minutes=rng.choice((1, 30, 200, 3000, 8000))),
            "text": f"Laporan nomor {number}",
        }
        key = UUID(int=rng.getrandbits(128), version=4)
        said = Submission(
            client_id=key, city="pekalongan", located_by="gps", channel="api", **{**values, **fixed}
        )
        batch.append(
            receive.Incoming(said, Actor("device", "device", device_hash=f"{seed:08x}{number:024x}"))
        )
    answers = receive.receive(batch, actor=Actor("test", "system"))
    if faults := [answer for answer in answers if isinstance(answer, Exception)]:
        pytest.fail(f"the crowd is refused: {faults[0]}")
    judge()
    return list(Report.objects.order_by("id"))
