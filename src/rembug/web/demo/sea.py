"""The sea of the simulated week: a made-up gauge, and what the worker makes of it hour by hour, by the real actions."""

from datetime import datetime, timedelta
from random import Random

from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.reports.actions.teach import teach
from rembug.water import engine
from rembug.water.actions import levels, station
from rembug.water.actions.forecast import make_forecast
from rembug.water.actions.learn import learn_city
from rembug.water.actions.prepare import prepare
from rembug.water.actions.scenario import ask_of_pack
from rembug.water.actions.score import score_city
from rembug.water.queries.setup import has_water
from rembug.web.demo.tide import Tide

EVERY = timedelta(hours=1)
READING = timedelta(minutes=20)
CLOSE = timedelta(hours=40)  # near the end every hour has its forecast, before that every third
MEAN_CM = 60  # of the made-up tide's own zero
SURGE_CM, NOISE_CM = 7.0, 1.2


class Sea:
    """Reads the made-up gauge into the platform as the week goes on, and has forecasts made, scored and taught."""

    def __init__(self, actor: Actor, city: str, end: datetime, chance: Random) -> None:
        self.actor, self.city, self.end, self.tide = actor, city, end, Tide(end)
        self.chance = chance
        self.is_there = has_water(city)
        self.read_to = clock.now() - timedelta(hours=30)
        self.surge = 0.0
        if self.is_there:
            self._begin()

    def _begin(self) -> None:
        prepare(actor=self.actor, city=self.city)
        ask_of_pack(actor=self.actor, city=self.city)  # the worker computes them afterwards
        times = [self.end - timedelta(hours=n) for n in range(-72, 24 * 9)]
        heights = [self._height(at) / 100 for at in times]
        fitted = station.simulate_station(actor=self.actor, city=self.city, times=times, levels_m=heights)
        station.adopt(actor=self.actor, city=self.city, fitted=fitted)

    def tick(self) -> int:
        """Do what the worker does within an hour."""
        if not self.is_there:
            return 0
        now = clock.now()
        if now < self.end - CLOSE and now.hour % 3:
            return 0
        self._read(now)
        if now.hour % 12 == 0:
            self._teach()
        made = make_forecast(actor=self.actor, city=self.city)
        return int(made is not None)

    def finish(self) -> int:
        """Score what was said, and let reports teach where the water begins."""
        if not self.is_there:
            return 0
        return score_city(actor=self.actor, city=self.city) + self._teach()

    def _teach(self) -> int:
        teach(actor=self.actor)
        return learn_city(actor=self.actor, city=self.city)

    def _read(self, now: datetime) -> None:
        rows = []
        while self.read_to + READING <= now:
            self.read_to += READING
            self.surge = 0.97 * self.surge + 0.24 * self.chance.gauss(0, SURGE_CM)
            height = self._height(self.read_to) + self.surge + self.chance.gauss(0, NOISE_CM)
            rows.append(engine.Row(self.read_to, round(height / 100, 3)))
        if rows:
            read = engine.Read(tuple(rows), ())
            levels.take_levels(
                actor=self.actor, city=self.city, read=read, name="simulasi", digest="simulasi"
            )

    def _height(self, at: datetime) -> float:
        return self.tide.level_cm(at) - MEAN_CM
