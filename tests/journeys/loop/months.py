"""Months of neighbours who say through the public interface what they see, day by day, wet or dry."""

from __future__ import annotations

import http.client
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from tests.journeys import site as ask
from tests.support.led_site import LedClock
from tests.support.site import Site

PHONES = 12  # of each street; two of them report on a day


@dataclass(frozen=True)
class Street:
    """A street, and how often there is water in it: before and after a day."""

    area: str
    lon: float
    lat: float
    before: float = 0.85
    after: float = 0.85


PUMPED = Street("Panjang Baru", 109.67928, -6.86255, after=0.05)
DREDGED = Street("Panjang Wetan", 109.68600, -6.86740)
BESIDE = (Street("Kandang Panjang", 109.66795, -6.86305), Street("Krapyak", 109.69390, -6.86905))
STREETS = (PUMPED, DREDGED, *BESIDE)


@dataclass
class Months:
    """The neighbours of four streets."""

    house: Site
    hand: LedClock
    chance: Random = field(default_factory=lambda: Random(6))
    sent: int = 0

    def live(self, days: int, *, built: bool = False, each: Callable[[int], None] | None = None) -> None:
        """Live so many days, one morning after the other; then wait until what was said has been judged."""
        line = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=30)
        last = ""
        for number in range(days):
            self.hand.to(self.hand.now() + timedelta(days=1))
            for place, street in enumerate(STREETS):
                wet = self.chance.random() < (street.after if built else street.before)
                for who in self.chance.sample(range(PHONES), 2):
                    last = self._say(line, street, f"{place}-{who}", wet=wet)
            if each is not None:
                each(number)
        line.close()
        ask.wait_for(self.house, f"/laporan/{last}/", 'class="reasons"')

    def _say(self, line: http.client.HTTPConnection, street: Street, phone: str, *, wet: bool) -> str:
        said: dict[str, object] = {
            "category": "rob",
            "lon": round(street.lon + self.chance.uniform(-1, 1) * 0.0001, 6),
            "lat": round(street.lat + self.chance.uniform(-1, 1) * 0.0001, 6),
            "accuracy_m": 12,
            "claim": "present" if wet else "absent",
            "setting": "street",
        }
        if wet:
            said |= {"depth_class": "calf", "since": "now"}
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid.UUID(int=self.chance.getrandbits(128))),
            "X-Device-Token": f"phone-of-a-neighbour-{phone}",
        }
        line.request("POST", "/api/v1/reports", json.dumps(said), headers)
        answer = line.getresponse()
        told = json.loads(answer.read())
        assert answer.status == 201, told
        self.sent += 1
        return str(told["code"])

    def at(self, moment: datetime) -> None:
        """Let time pass without anybody saying anything."""
        self.hand.to(moment)
