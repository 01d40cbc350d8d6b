"""A city with a few reports, an incident that two people saw, and another one elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.management import call_command

from rembug.lib.actor import Actor, Grant, system
from rembug.people.models import Body, Person
from rembug.reports.actions import process, receive
from rembug.reports.models import Incident, Recipient, Report
from rembug.reports.rules.submission import Receipt, Submission

PACK = Path(__file__).parents[2] / "cities" / "pekalongan"
CITY = "pekalongan"
TEST = system("test")
SPOT, ELSEWHERE = (109.6760, -6.8720), (109.6700, -6.8960)


@dataclass(frozen=True, slots=True)
class Town:
    """What tests act on."""

    mine: Receipt  # a report whose sender holds the receipt
    other: Receipt  # of the same happening, from another phone
    far: Receipt  # of another one
    office: Body  # has received the first incident
    officer: Actor
    witness: Actor  # a phone that has not reported

    def report(self) -> Report:
        """Return the sender's report as it is now."""
        return Report.objects.select_related("incident").get(code=self.mine.code)

    def incidents(self) -> tuple[str, str]:
        """Return the codes of both incidents."""
        both = Report.objects.filter(code__in=[self.mine.code, self.far.code]).order_by("id")
        first, second = both.values_list("incident__code", flat=True)
        return str(first), str(second)


def phone(number: int) -> Actor:
    """Return a phone without account."""
    return Actor("device", "device", device_hash=f"{number:032x}")


def say(lon: float, lat: float, key: UUID | None = None, **more: Any) -> Submission:
    """Return a report of knee-deep water."""
    values: dict[str, Any] = {
        "depth_class": "knee",
        "setting": "street",
        "since": "now",
        "located_by": "gps",
    }
    values |= {"accuracy_m": 10.0, "text": "Air rob setinggi lutut di depan musala.", "channel": "api"}
    return Submission(
        client_id=key or uuid4(), city=CITY, category="rob", lon=lon, lat=lat, **(values | more)
    )


def load_city() -> None:
    """Load the city pack."""
    call_command("city", "load", str(PACK), verbosity=0)


def make_town() -> Town:
    """Load the city, report three times and judge the reports."""
    load_city()
    mine, beside, elsewhere = [
        receive.receive_one(say(*place), actor=phone(number))
        for number, place in enumerate((SPOT, (SPOT[0] + 0.0002, SPOT[1]), ELSEWHERE), start=1)
    ]
    process.process_waiting(actor=TEST)
    process.settle(actor=TEST)
    incident = Incident.objects.get(reports__code=mine.code)
    office = Recipient.objects.filter(incident=incident).order_by("id")[0].body
    person = Person.objects.create(email="petugas@example.org", display_name="Petugas")
    grants = tuple(Grant(role, CITY, office.public_id) for role in ("verifier", "coordinator"))
    officer = Actor("petugas", "person", grants, person_id=person.pk)
    return Town(mine, beside, elsewhere, office, officer, phone(99))
