"""What-ifs as pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from rembug.lib.errors import NotFound
from rembug.lib.pack import WaterFacts
from rembug.water.models import Scenario
from rembug.water.queries.overlay import ground_of
from rembug.water.queries.setup import facts_of, has_water
from rembug.water.rules.exposure import InWater, in_water
from rembug.water.rules.inputs import digest_of
from rembug.water.rules.land import Floats
from rembug.water.rules.packing import unpack_cm
from rembug.water.rules.picture import Ground
from rembug.water.rules.whatif import AreaChange, Change, change_of

LISTED = 60
KINDS = ("people", "houses", "roads", "schools")


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """One what-if with its results once they are there. `dry`, `wetter`: areas by how much they change."""

    code: str
    title: str
    state: str
    share_done: float
    fault: str
    asked_at: datetime
    done_at: datetime | None
    inputs: str
    by: str
    change: Change
    figures: Mapping[str, Any]
    areas: tuple[AreaChange, ...]
    in_water: tuple[InWater, ...] = ()

    @property
    def drier(self) -> list[AreaChange]:
        """Areas of which less is under water than today, most first."""
        found = [row for row in self.areas if row.share_before - row.share_after >= 0.005]
        return sorted(found, key=lambda row: row.share_after - row.share_before)

    @property
    def wetter(self) -> list[AreaChange]:
        """Areas of which more is under water than today, most first."""
        found = [row for row in self.areas if row.share_after - row.share_before >= 0.005]
        return sorted(found, key=lambda row: row.share_before - row.share_after)


def scenarios(city: str) -> list[ScenarioView]:
    """Return the city's what-ifs, newest first; of one that was asked again over newer ground or pack, the newest."""
    rows = Scenario.objects.filter(city=city).defer("picture").order_by("-asked_at", "-id")
    newest: dict[str, Scenario] = {}
    for row in rows[: 2 * LISTED]:
        newest.setdefault(digest_of(change=row.change, by=row.by), row)
    return [_view(row) for row in list(newest.values())[:LISTED]]


def scenario(city: str, code: str) -> ScenarioView:
    """Return one what-if. Raises `NotFound`."""
    return _view(_row(city, code))


def works(city: str) -> WaterFacts | None:
    """Return the works and published ranges that what-ifs change."""
    return facts_of(city) if has_water(city) else None


def depths(city: str, code: str) -> tuple[Floats, Floats, Ground]:
    """Return depth before and after in centimetres with the ground. Raises `NotFound` while there is none."""
    row = _row(city, code)
    ground = ground_of(city)
    rows, columns = ground.z_cm.shape
    if row.picture is None:
        raise NotFound("Peta skenario ini belum selesai.")
    try:
        both = unpack_cm(bytes(row.picture), 2 * rows, columns)
    except ValueError as fault:
        raise NotFound("Peta skenario ini memakai tanah yang sudah diganti.") from fault
    return np.asarray(both[:rows], float), np.asarray(both[rows:], float), ground


def _row(city: str, code: str) -> Scenario:
    row = Scenario.objects.filter(city=city, code=code).first()
    if row is None:
        raise NotFound("Skenario ini tidak ada.")
    return row


def _view(row: Scenario) -> ScenarioView:
    result = row.result or {"figures": {}, "areas": []}
    return ScenarioView(
        code=row.code,
        title=row.title,
        state=row.state,
        share_done=row.share_done,
        fault=row.fault,
        asked_at=row.asked_at,
        done_at=row.done_at,
        inputs=row.inputs,
        by=row.by,
        change=change_of(row.change),
        figures=result["figures"],
        areas=tuple(AreaChange(**one) for one in result["areas"]),
        in_water=in_water(result["figures"], KINDS),
    )
