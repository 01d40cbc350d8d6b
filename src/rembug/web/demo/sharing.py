"""What bodies of the simulated week share: a survey with its answers, a pump that is lent, a grant on its way."""

from datetime import timedelta
from random import Random
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import timezone

from rembug.commitments.actions import desk, grants
from rembug.evidence.actions.make import make_waiting
from rembug.evidence.actions.survey import Opening, Pile, answer, close_and_freeze, enter_paper, open_survey
from rembug.evidence.rules.survey import Answer, Question
from rembug.lib import clock
from rembug.web.demo.cast import SYSTEM, Cast, phone

SPACE = UUID("0b7d8a52-3a57-4b6d-9a5c-6d1f64c1d0e7")  # of made-up form numbers, so that a week is lived once
PHONES, SHEETS, PHONE = 34, 30, 60_000
QUESTIONS = (
    Question("q1", "one", "Apakah air masuk rumah Anda minggu ini?", ("Ya", "Tidak")),
    Question(
        "q2", "many", "Apa yang paling perlu?", ("Pompa", "Saluran bersih", "Tanggul", "Jalan ditinggikan")
    ),
    Question("q3", "scale", "Seberapa puas dengan penanganan rob?"),
)


def share(city: str, cast: Cast, chance: Random) -> None:
    """Ask people, lend a pump, ask for a grant; one survey is closed and frozen, one stands open."""
    _survey(city, cast, chance, "Rob di rumah (simulasi)", closed=True)
    _survey(city, cast, chance, "Pompa keliling (simulasi)", closed=False)
    _lend(city, cast)
    _grant(city, cast)


def _survey(city: str, cast: Cast, chance: Random, title: str, *, closed: bool) -> None:
    actor, body = cast.publisher
    today = timezone.localtime(clock.now()).date()
    said = Opening(
        action_id=_number(city, title),
        body=body,
        title=title,
        purpose="Supaya rapat dengan dinas tahu apa yang paling perlu. Ini contoh.",
        asker="Ketua kelompok contoh",
        opens_on=today,
        closes_on=today + timedelta(days=14),
        questions=QUESTIONS,
        dimensions=("environment", "living"),
    )
    row = open_survey(actor=actor, city=city, said=said)
    for number in range(PHONES):
        choices = {
            "q1": ("0" if chance.random() < 0.6 else "1",),
            "q2": tuple(sorted(chance.sample("0123", 2))),
            "q3": (str(chance.randint(1, 5)),),
        }
        told = Answer(choices, people={"gender": chance.choice("fm"), "age": "25-44"})
        answer(
            actor=phone(city, PHONE + number), city=city, code=row.code, said=told, secret=settings.SECRET_KEY
        )
    counts = {
        "q1": {"0": 18, "1": 12},
        "q2": {"0": 20, "1": 16, "2": 9},
        "q3": {"2": 9, "3": 12, "4": 9},
    }
    pile = Pile(_number(city, f"{title} paper"), "Lembar balai RW", SHEETS, counts)
    enter_paper(actor=actor, city=city, code=row.code, said=pile)
    if closed:
        close_and_freeze(actor=actor, city=city, code=row.code)
        make_waiting(actor=SYSTEM)


def _lend(city: str, cast: Cast) -> None:
    actor, body = cast.publisher
    office, today = cast.offices[0], timezone.localtime(clock.now()).date()
    area = office.areas[0] if office.areas else ""
    listing = desk.Listing(_number(city, "pump"), office.body, "pump", "Pompa bergerak 4 inci", 2, area)
    thing = desk.list_thing(actor=office.actor, city=city, said=listing)
    for place, purpose in enumerate(
        ("Keringkan gang sesudah rob (simulasi)", "Cadangan pos ronda (simulasi)")
    ):
        asking = desk.Asking(
            *(_number(city, purpose), body, "pump", purpose, 1, area, today, today + timedelta(days=5))
        )
        need = desk.ask(actor=actor, city=city, said=asking)
        if place == 0:
            for verb, seen, more in (
                ("offer", "asked", {"thing": thing.code, "quantity": 1}),
                ("lend", "offered", {}),
            ):
                moving = desk.Moving(_number(city, verb), verb, office.body, seen, **more)  # type: ignore[arg-type]
                desk.move(actor=office.actor, city=city, code=need.code, said=moving)


def _grant(city: str, cast: Cast) -> None:
    actor, body = cast.publisher
    office = cast.offices[0]
    said = grants.Request(
        _number(city, "grant"),
        body,
        office.body,
        "hibah",
        "Perahu karet untuk pos siaga (simulasi)",
        "Mengantar warga tua dan anak sekolah saat rob tinggi.",
        25_000_000,
        office.areas[0] if office.areas else "",
        met=("board", "seated-here"),
    )
    row = grants.ask(actor=actor, city=city, said=said)
    checked = grants.Deciding(
        _number(city, "check"), "check", office.body, "asked", met=("board", "seated-here")
    )
    grants.decide(actor=office.actor, city=city, code=row.code, said=checked)


def _number(city: str, what: str) -> UUID:
    return uuid5(SPACE, f"{city}:{what}")
