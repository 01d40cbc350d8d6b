"""The months before the simulated week: a proposal, its answers, two promises, and what the reports say of them later.

One promise dries its street, the other changes nothing. Nobody sets the outcome: it is read from the reports.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import timezone

from rembug.commitments.actions.measure import measure_due
from rembug.commitments.actions.move import Moving, move
from rembug.commitments.actions.promise import Measure, Promise, promise
from rembug.deliberation.actions.answer import Handed, Saying, deliver, say
from rembug.deliberation.actions.propose import Asked, propose
from rembug.deliberation.actions.speak import support
from rembug.evidence.actions import ask
from rembug.evidence.actions.make import make_waiting
from rembug.evidence.rules.question import Asked as Question
from rembug.lib import clock, ids
from rembug.lib.actor import Actor
from rembug.people.queries.bodies import public_bodies
from rembug.reports.actions.process import process_waiting, settle
from rembug.reports.actions.receive import Incoming, receive
from rembug.reports.queries.receipt import receipt
from rembug.reports.rules.submission import Receipt, Submission
from rembug.water.actions.peaks import daily_peaks
from rembug.web.demo.argument import argue
from rembug.web.demo.cast import SYSTEM, Cast, phone
from rembug.web.demo.spots import Spot

SPACE = UUID("5a0c2a44-5f5c-49d3-9d7e-2f1f0d0c9e21")  # of made-up form numbers
DAYS, BUILT = 150, 84  # before the week, and on which of them the works stand
HIGH = 0.55  # share of days on which the tide is too low for water in the street
TITLE = "Rob berbulan-bulan (simulasi)"
ABOUT = "Laporan rob dari bulan-bulan simulasi di empat kelurahan. Ini contoh: bukan kejadian nyata."


@dataclass(frozen=True, slots=True)
class Town:
    """Where it happens: the street that is dried, the one where works change nothing, two beside them."""

    city: str
    spots: tuple[Spot, ...]
    chance: Random

    @property
    def areas(self) -> tuple[str, ...]:
        """The codes of the four kelurahan."""
        return tuple(spot.area for spot in self.spots)


def town_of(city: str, spots: list[Spot], chance: Random) -> Town | None:
    """Return four low corners of four kelurahan, None in a city that has fewer."""
    first: dict[str, Spot] = {}
    for spot in spots:
        first.setdefault(spot.area, spot)
    low = tuple(first.values())[:4]
    return Town(city, low, chance) if len(low) == 4 else None


def live_months(town: Town, cast: Cast, hand: clock.Hand) -> None:
    """Live through the months day by day; in between people propose, answer, promise, deliver."""
    begin = clock.now()
    day = timezone.localtime(begin).date()
    peaks = daily_peaks(actor=SYSTEM, city=town.city, first=day, days=DAYS).levels_cm
    level, seen = sorted(peaks)[int(HIGH * DAYS)], ""
    for number in range(DAYS):
        hand.to(begin + timedelta(days=number, hours=6))
        if number == BUILT - 6:
            _judge()
            slug = _freeze(town, cast)
            why = argue(
                town.city, cast, slug, town.areas, 60, (_number(town, "dossier"), _number(town, "review"))
            )
            code = _propose(town, cast, slug, receipt(seen).incident_code if seen else "", why)
        if number == BUILT:
            _promise(town, cast, slug, code)
        seen = _report(town, number, high=bool(peaks[number] >= level)) or seen
        if number % 10 == 9:
            _judge()
    _judge()


def tell() -> int:
    """Ask the data, as the worker does each week; return how many verdicts there are."""
    return measure_due(actor=SYSTEM)


def _report(town: Town, number: int, *, high: bool) -> str:
    """Two neighbours of each corner say what they see on most days; return the receipt of water in the first."""
    sent: list[Incoming] = []
    first = -1
    for place, spot in enumerate(town.spots):
        if town.chance.random() > 0.8:
            continue
        odds = (0.08 if place == 0 and number >= BUILT else 0.85) if high else 0.03
        wet = town.chance.random() < odds
        if place == 0 and wet:
            first = len(sent)
        for who in (1, 2):
            lon, lat = spot.near(town.chance, 15)
            sent.append(Incoming(_seen(town, lon, lat, wet=wet), _neighbour(town, place, number, who)))
    answers = receive(sent, actor=SYSTEM)
    answer = answers[first] if first >= 0 else None
    return answer.token if isinstance(answer, Receipt) else ""


def _seen(town: Town, lon: float, lat: float, *, wet: bool) -> Submission:
    return Submission(
        client_id=ids.uuid7(),
        city=town.city,
        category="rob",
        lon=round(lon, 6),
        lat=round(lat, 6),
        located_by="gps",
        accuracy_m=12.0,
        claim="present" if wet else "absent",
        depth_class="calf" if wet else "",
        setting="street",
        since="now" if wet else "",
        channel="web",
    )


def _neighbour(town: Town, place: int, number: int, who: int) -> Actor:
    return phone(town.city, 20_000 + place * 1_000 + (number % 25) * 10 + who)


def _judge() -> None:
    process_waiting(actor=SYSTEM)
    settle(actor=SYSTEM)


def _freeze(town: Town, cast: Cast) -> str:
    actor, body = cast.publisher
    question = Question("reports", category="rob", areas=town.areas)
    made = ask.save_question(
        actor=actor, body=body, title=TITLE, about=ABOUT, asked=question, dimensions=("environment",)
    )
    ask.freeze(actor=actor, city=town.city, slug=made.slug)
    make_waiting(actor=SYSTEM)
    return made.slug


def _propose(town: Town, cast: Cast, slug: str, incident: str, why: str) -> str:
    actor, body = cast.publisher
    row = propose(
        actor=actor,
        city=town.city,
        said=Asked(
            action_id=_number(town, "proposal"),
            body=body,
            mandate="Rembug warga contoh, 28 orang hadir (simulasi).",
            title="Pompa untuk gang yang selalu rob (simulasi)",
            need="Air masuk hampir tiap pasang tinggi. Datanya dibekukan dan bisa diperiksa.",
            asked="Satu pompa dan saluran yang bersih.",
            field="infrastructure",
            area=town.areas[0],
            dimensions=("environment", "living"),
            contribution="Tenaga warga dan lahan rumah pompa",
            cost_low=80_000_000,
            cost_high=120_000_000,
            dataset=slug,
            dossier=why,
            incidents=(incident,) if incident else (),
        ),
    )
    for number in range(9):
        area = town.areas[0] if number < 6 else ""
        support(
            actor=phone(town.city, 30_000 + number),
            city=town.city,
            code=row.code,
            secret=settings.SECRET_KEY,
            area=area,
        )
    _hand_over(town, cast, row.code)
    return row.code


def _hand_over(town: Town, cast: Cast, code: str) -> None:
    """Hand it to two offices and to the first bodies of the other spheres; one office answers."""
    actor, own = cast.publisher
    others = [public_bodies(city=town.city, sphere=sphere)[:2] for sphere in ("leadership", "business")]
    asked = [office.body for office in (cast.offices[0], cast.offices[-1])]
    asked += [body.public_id for bodies in others for body in bodies if body.public_id != own]
    today, sheets = timezone.localtime(clock.now()).date(), {}
    for place, body in enumerate(asked):
        letter = f"{place + 1}/RW/simulasi"
        handed = Handed(_number(town, f"hand {place}"), body, today, letter)
        sheets[body] = deliver(actor=actor, city=town.city, code=code, said=handed).code
    answer = Saying(
        *(_number(town, "answer"), "answered", cast.offices[0].body, "accept"),
        words="Kami pasang pompa dengan anggaran tahun ini.",
        will_do="Pompa dipasang bulan ini.",
    )
    say(actor=cast.offices[0].actor, city=town.city, code=sheets[cast.offices[0].body], said=answer)


def _promise(town: Town, cast: Cast, slug: str, code: str) -> None:
    pump, drain = cast.offices[0], cast.offices[-1]
    for place, (office, title, words) in enumerate(
        (
            (pump, "Pompa gang (simulasi)", "Satu pompa 50 liter per detik."),
            (drain, "Saluran dikeruk (simulasi)", "Saluran sepanjang 200 meter dikeruk."),
        )
    ):
        area, today = town.areas[place], timezone.localtime(clock.now()).date()
        measure = Measure(
            *("flood_days", slug, (area,)),
            base_from=today - timedelta(days=BUILT),
            base_to=today - timedelta(days=1),
            target=-0.5,
            controls=town.areas[2:],
        )
        row = promise(
            actor=office.actor,
            city=town.city,
            said=Promise(
                *(_number(town, f"promise {place}"), office.body, "works", title, words),
                role="Kepala bidang",
                source="apbd",
                due_on=today + timedelta(days=14),
                area=area,
                amount=90_000_000 if place == 0 else 40_000_000,
                proposal=code,
                dimensions=("environment",),
                measure=measure,
            ),
        )
        _deliver(town, cast, office.actor, office.body, row.code)


def _deliver(town: Town, cast: Cast, owner: Actor, body: str, code: str) -> None:
    witness = cast.verifiers[-1]
    steps = (
        (owner, body, "deliver", "promised", "BA/12/simulasi"),
        (witness, witness.grants[0].body, "confirm", "delivered", "BA/13/simulasi"),
    )
    for actor, who, verb, seen, paper in steps:
        said = Moving(_number(town, f"{code} {verb}"), verb, who, seen, "document", paper)
        move(actor=actor, city=town.city, code=code, said=said)


def _number(town: Town, what: str) -> UUID:
    return uuid5(SPACE, f"{town.city}:{what}")


def begins(start: datetime) -> datetime:
    """Return when the months begin that end with the week's start."""
    return start - timedelta(days=DAYS)
