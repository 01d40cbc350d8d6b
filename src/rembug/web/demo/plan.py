"""Who does what, when: drawn from a seeded chance, the tide, and the corners of the city."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from rembug.web.demo import words
from rembug.web.demo.events import Event, Later, Say
from rembug.web.demo.spots import Spot
from rembug.web.demo.tide import Tide

STEP = timedelta(minutes=15)
QUIET = timedelta(hours=5)  # one phone does not report again before
WITNESSES_A_SPOT, DRY_PHONES = 7, 30
WITNESSES, CARELESS, LIARS, OTHERS = 0, 1000, 2000, 3000  # numbers of phones by what they are like
NIGHT, NIGHT_RATE, DAY_RATE = range(5), 0.02, 0.055


@dataclass(slots=True)
class Plan:
    """Draws the events of one week that ends at `end`."""

    start: datetime
    end: datetime
    spots: list[Spot]
    chance: Random
    tide: Tide
    utc_offset: timedelta
    _key: int = 0
    _last: dict[int, datetime] = field(default_factory=dict)

    def events(self) -> list[Event]:
        """Return everything that happens, in order of time, nothing after the end."""
        drawn = [*self._flood(), *self._lies(), *self._others(), *self._messages()]
        return sorted((event for event in drawn if event.at < self.end), key=lambda event: event.at)

    def _flood(self) -> Iterator[Event]:
        at = self.start
        while at < self.end:
            rate = NIGHT_RATE if (at + self.utc_offset).hour in NIGHT else DAY_RATE
            for number, spot in enumerate(self.spots):
                depth = self.tide.depth_cm(at, spot.ground_cm)
                for who in range(number * WITNESSES_A_SPOT, (number + 1) * WITNESSES_A_SPOT):
                    if depth > 3 and self.chance.random() < rate and self._rested(who, at):
                        yield from self._witness(self._minute(at), who, spot, depth)
                if (
                    0 == depth < self.tide.level_cm(at) - spot.ground_cm + 14
                    and self.chance.random() < rate / 2
                ):
                    yield self._dry(self._minute(at), WITNESSES + number * WITNESSES_A_SPOT, spot)
            at += STEP

    def _witness(self, at: datetime, who: int, spot: Spot, depth: float) -> Iterator[Event]:
        careless = who % 9 == 8
        said = max(2.0, depth * self.chance.gauss(1.0, 0.12) * (1.9 if careless else 1.0))
        say = self._say(at, who, spot, "rob", metres=180 if careless else 28, depth_cm=said, truth_cm=depth)
        yield say
        if say.photo and self.chance.random() < 0.8:  # one in five still waits for somebody to look
            yield Later(at + self._minutes(45, 120), say.key, "look")
        if self.chance.random() < 0.25:
            yield Later(at + self._minutes(40, 90), say.key, "still")
        if self.chance.random() < 0.35:
            yield Later(self._when_dry(at, spot), say.key, "gone")
        for _ in range(self.chance.choice((0, 0, 1, 2))):
            yield Later(at + self._minutes(5, 60), say.key, "confirm", OTHERS + self.chance.randrange(60))
        deed = (
            ""
            if careless
            else self.chance.choices(("decide", "correct", "withdraw", ""), (0.16, 0.02, 0.012, 0.8))[0]
        )
        if deed:
            later = at + self._minutes(30, 150) if deed == "decide" else at + self._minutes(4, 30)
            yield Later(later, say.key, deed, words=self.chance.choice(words.CORRECTIONS))
        if self.chance.random() < 0.2:
            yield Later(at + self._minutes(20, 60), say.key, "read")
        if self.chance.random() < 0.12:
            yield Later(at + self._minutes(35, 120), say.key, "answer")

    def _lies(self) -> Iterator[Event]:
        """False reports from dry corners; neighbours deny most of them, verifiers find out most of them."""
        dry = self.spots[len(self.spots) // 3 :]
        for _ in range(34):
            at, spot, kind = (
                self._any_time(),
                self.chance.choice(dry),
                self.chance.choice(("joke", "lie", "lie")),
            )
            text = self.chance.choice(words.JOKES if kind == "joke" else words.LIES)
            who = LIARS + self.chance.randrange(12)
            depth = self.chance.choice((40, 60, 90, 150))
            say = self._say(at, who, spot, "rob", depth_cm=depth, text=text, lie=kind)
            yield say
            for _ in range(self.chance.choice((0, 1, 2, 3))):
                yield self._dry(
                    at + self._minutes(5, 45), OTHERS + 100 + self.chance.randrange(DRY_PHONES), spot
                )
            if self.chance.random() < 0.5:
                yield Later(at + self._minutes(8, 50), say.key, "deny", OTHERS + self.chance.randrange(60))
            if self.chance.random() < 0.7:
                yield Later(at + self._minutes(40, 240), say.key, "decide")

    def _others(self) -> Iterator[Event]:
        for _ in range(70):
            at, spot = self._any_time(), self.chance.choice(self.spots)
            category = self.chance.choice(
                ("drain", "drain", "waste", "waste", "road", "light", "dyke", "other")
            )
            text, answers = self.chance.choice(words.OTHERS[category])
            who = OTHERS + 200 + self.chance.randrange(80)
            say = self._say(at, who, spot, category, text=text, answers=answers)
            yield say
            if self.chance.random() < 0.3:
                yield Later(at + timedelta(hours=self.chance.uniform(2, 30)), say.key, "answer")
            if self.chance.random() < 0.15:
                yield Later(at + timedelta(hours=self.chance.uniform(2, 40)), say.key, "decide")

    def _messages(self) -> Iterator[Event]:
        """Messages that came to the city's own number and that an operator enters."""
        for place in range(14):
            at, spot = self._any_time(), self.spots[place % 8]
            depth = self.tide.depth_cm(at, spot.ground_cm)
            category = "rob" if depth > 3 else "drain"
            text, number = self.chance.choice(words.OPERATOR), f"SIM-LA-{place + 1:04d}"
            yield self._say(at, -1, spot, category, depth_cm=depth, truth_cm=depth, text=text, number=number)

    def _say(self, at: datetime, who: int, spot: Spot, category: str, **more: object) -> Say:
        self._key += 1
        lon, lat = spot.near(self.chance, float(more.pop("metres", 28)))  # type: ignore[arg-type]
        flood = category == "rob"
        more.setdefault("text", self.chance.choice(words.WET) if flood else "")
        more.setdefault("is_true", not more.get("lie"))
        setting = self.chance.choices(("street", "yard", "house"), (7, 2, 1))[0] if flood else ""
        photo = flood and not more.get("lie") and self.chance.random() < 0.06
        landmark = self.chance.choice(words.LANDMARKS)
        common = {"lon": lon, "lat": lat, "setting": setting, "photo": photo, "landmark": landmark}
        return Say(at, self._key, who, spot, category, **common, **more)  # type: ignore[arg-type]

    def _dry(self, at: datetime, who: int, spot: Spot) -> Say:
        return self._say(at, who, spot, "rob", claim="absent", text=self.chance.choice(words.DRY))

    def _rested(self, who: int, at: datetime) -> bool:
        last = self._last.get(who)
        if last is not None and at - last < QUIET:
            return False
        self._last[who] = at
        return True

    def _when_dry(self, at: datetime, spot: Spot) -> datetime:
        while at < self.end and self.tide.depth_cm(at, spot.ground_cm) > 0:
            at += STEP
        return at + self._minutes(5, 40)

    def _any_time(self) -> datetime:
        return self.start + (self.end - self.start) * self.chance.random()

    def _minute(self, at: datetime) -> datetime:
        return at + timedelta(seconds=self.chance.uniform(0, STEP.total_seconds()))

    def _minutes(self, least: float, most: float) -> timedelta:
        return timedelta(minutes=self.chance.uniform(least, most))
