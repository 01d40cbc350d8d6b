"""Lives through the plan with a led clock: every step is an action that a person or a job also takes."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from rembug.audit import actions as audit
from rembug.lib import clock
from rembug.people.actions.registrations import GroupForm, confirm_group, register_group
from rembug.places import queries as places
from rembug.places.actions.simulate import mark_simulated
from rembug.reports.actions.photos import develop_waiting
from rembug.reports.actions.process import process_waiting, settle
from rembug.web.demo import words
from rembug.web.demo.cast import SYSTEM, Cast, gather, phone
from rembug.web.demo.datasets import ask
from rembug.web.demo.deeds import Doer
from rembug.web.demo.handling import EVERY as HANDLED
from rembug.web.demo.handling import Handling
from rembug.web.demo.mapping import draw
from rembug.web.demo.months import begins, live_months, tell, town_of
from rembug.web.demo.network import meet
from rembug.web.demo.plan import Plan
from rembug.web.demo.sea import EVERY, Sea
from rembug.web.demo.sharing import share
from rembug.web.demo.spots import spots_of
from rembug.web.demo.tide import Tide
from rembug.web.demo.warnings import warn

WEEK = timedelta(days=7)
BEFORE = timedelta(hours=1)  # when staff take up their roles
PROCESS, SETTLE, SIGN = timedelta(minutes=30), timedelta(hours=3), timedelta(hours=8)
LOW_SPOTS = 14  # corners whose kelurahan answer for themselves


@transaction.atomic  # a week that is broken off leaves the city empty, and one commit is quicker than thousands
def live(city: str, end: datetime, *, seed: int = 1) -> Counter[str]:
    """Fill an empty city with the week that ends at `end` and return how often what was done.

    Raises `NotFound` when the city's pack is not loaded.
    """
    chance = Random(f"{city}:{seed}")  # noqa: S311 - a story, not a secret
    start = end - WEEK
    with clock.led(begins(start) - BEFORE) as hand:
        zone = ZoneInfo(places.city(city).timezone)
        mark_simulated(actor=SYSTEM, city=city)
        spots = spots_of(city, chance)
        cast = gather(city, [spot.area for spot in spots[:LOW_SPOTS]])
        _confirm_a_group(city, cast)
        town = town_of(city, spots, Random(f"{city}:{seed}:months"))  # noqa: S311 - a story, not a secret
        if town is not None:
            live_months(town, cast, hand)
        offset = start.astimezone(zone).utcoffset() or timedelta()
        sea = Sea(SYSTEM, city, end, Random(f"{city}:{seed}:sea"))  # noqa: S311 - a story, not a secret
        handling = Handling(city, cast, Random(f"{city}:{seed}:cases"))  # noqa: S311 - a story, not a secret
        doer, jobs = Doer(city, cast, chance), _Jobs(start, sea, handling)
        for event in Plan(start, end, spots, chance, Tide(end), offset).events():
            jobs.run_until(event.at, hand)
            hand.to(max(event.at, clock.now()))
            doer.take(event)
        hand.to(end)
        jobs.finish()
        handling.end(doer.tokens)
        warn(city, cast)
        ask(city, cast)
        meet(city, cast)
        draw(city, cast, spots)
        share(city, cast, Random(f"{city}:{seed}:sharing"))  # noqa: S311 - a story, not a secret
        tell()
    return doer.done


def _confirm_a_group(city: str, cast: Cast) -> None:
    name, about = words.GROUP
    form = GroupForm(
        name, "komunitas", "civil_society", "Simulasi", f"kelompok@{city}.demo.invalid", about=about
    )
    body = register_group(actor=phone(city, 9_000), city=city, group=form)
    confirm_group(actor=cast.coordinator, city=city, public_id=body.public_id)


class _Jobs:
    """What the worker does beside, in led time: judging what came in, settling, numbering and signing the log."""

    def __init__(self, start: datetime, sea: Sea, handling: Handling) -> None:
        self._jobs: list[tuple[timedelta, Callable[[], int]]] = [
            (PROCESS, _process),
            (SETTLE, _settle),
            (SIGN, _sign),
            (EVERY, sea.tick),
            (HANDLED, handling.tick),
        ]
        self._sea = sea
        self._due = [start + every for every, _ in self._jobs]

    def run_until(self, at: datetime, hand: clock.Hand) -> None:
        """Run each job that fell due before `at`, at the last time it was due: nothing happened in between."""
        for place, (every, job) in enumerate(self._jobs):
            if self._due[place] <= at:
                late = (at - self._due[place]) // every
                hand.to(max(clock.now(), self._due[place] + late * every))
                job()
                self._due[place] += (late + 1) * every

    def finish(self) -> None:
        """Run all of them once more, so that the week ends with nothing waiting."""
        for _, job in self._jobs:
            job()
        self._sea.finish()


def _process() -> int:
    return process_waiting(actor=SYSTEM) + develop_waiting(actor=SYSTEM)


def _settle() -> int:
    return settle(actor=SYSTEM)


def _sign() -> int:
    numbered = audit.sequence(actor=SYSTEM)
    audit.checkpoint(actor=SYSTEM)
    return numbered
