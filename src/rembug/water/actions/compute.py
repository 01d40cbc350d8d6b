"""Computing what-ifs in the background, the same for the same inputs."""

from dataclasses import asdict

import numpy as np
import shapely
from django.db import transaction
from shapely.geometry import shape

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound, RembugError
from rembug.lib.lease import lease
from rembug.lib.pack import WaterFacts
from rembug.places import queries as places
from rembug.water import engine
from rembug.water.models import Scenario
from rembug.water.queries.setup import facts_of, land_of, terrain_of
from rembug.water.rules import exposure, whatif
from rembug.water.rules.land import Bools, Floats, Land
from rembug.water.rules.packing import pack_cm

SIGMA_M = 0.08  # of the sea level that a what-if names


def run_waiting(*, actor: Actor) -> int:
    """Compute every waiting what-if, oldest first; return how many. Only one process does so at a time."""
    done = 0
    with lease(whatif.LEASE) as hold:
        while hold:
            row = Scenario.objects.filter(state=Scenario.State.WAITING).order_by("asked_at", "id").first()
            if row is None:
                break
            _compute(actor, row)
            done += 1
            hold.keep()
    return done


def _compute(actor: Actor, row: Scenario) -> None:
    def tell(share: float) -> None:
        Scenario.objects.filter(pk=row.pk).update(share_done=round(share, 2))

    try:
        outcome, land = _outcome(row, tell)
    except RembugError as fault:
        row.state, row.fault = Scenario.State.FAILED, fault.message[:400]
    else:
        row.state, row.result = Scenario.State.DONE, _result(row, outcome, land)
        depths = np.concatenate((outcome.before_cm, outcome.after_cm)) / 100
        row.picture = pack_cm(depths)
    row.share_done, row.done_at = 1.0, clock.now()
    with transaction.atomic():
        row.save()
        data = {"inputs": row.inputs, "state": row.state}
        record(actor=actor, verb="scenario.computed", obj=Ref("scenario", row.code), data=data, city=row.city)


def _outcome(row: Scenario, tell: engine.Tell) -> tuple[engine.Outcome, Land]:
    facts, terrain = facts_of(row.city), terrain_of(row.city)
    if terrain is None:
        raise NotFound("Peta tinggi tanah kota ini belum siap.")
    land, change = land_of(terrain), whatif.change_of(row.change)
    outlook = facts.outlook
    asked = engine.Asked(
        title=row.title,
        land=land,
        today=engine.Works(tuple((line.points, line.crest_m) for line in facts.dykes)),
        then=engine.Works(whatif.lines_of(change, facts), _pumps(change, facts)),
        level_m=change.level_m,
        sigma_m=SIGMA_M,
        rise_m=whatif.between(*outlook.sea_level_m, change.outlook),
        sinking_m=_sinking(row.city, change, facts, land),
        standing=exposure.spread(facts.exposure, _masks(row.city, land), land.sea),
    )
    return engine.run_whatif(asked, tell), land


def _pumps(
    change: whatif.Change, facts: WaterFacts
) -> tuple[tuple[tuple[float, float], tuple[float, float], float], ...]:
    return tuple(
        (pump.at, pump.to, change.pumps_m3_s[pump.code])
        for pump in facts.pumps
        if change.pumps_m3_s.get(pump.code, 0.0) > 0
    )


def _sinking(city: str, change: whatif.Change, facts: WaterFacts, land: Land) -> Floats:
    years = max(facts.outlook.year - clock.now().year, 0)
    found = np.zeros(land.z.shape)
    if change.outlook == "now":
        return found
    for code, inside in _masks(city, land).items():
        found[inside] = years * whatif.between(*whatif.rate_of(code, facts.outlook), change.outlook)
    return found


def _masks(city: str, land: Land) -> dict[str, Bools]:
    """Return the cells of each kelurahan."""
    lon, lat = land.centres()
    areas = places.areas(city, level="kelurahan")
    return {one.code: shapely.contains_xy(shape(places.shape(city, one.code)), lon, lat) for one in areas}


def _result(row: Scenario, outcome: engine.Outcome, land: Land) -> dict[str, object]:
    rows, masks = [], _masks(row.city, land)
    for area in places.areas(row.city, level="kelurahan"):
        inside = masks[area.code] & ~land.sea
        found = whatif.area_change(area.code, area.name, outcome.before_cm[inside], outcome.after_cm[inside])
        rows.append(asdict(found))
    return {"figures": dict(outcome.figures), "areas": rows}
