"""Each deed of the simulated week, done by the action that a person's tap also reaches."""

from collections import Counter
from random import Random

from django.conf import settings

from rembug.lib import ids
from rembug.lib.actor import Actor, covers
from rembug.lib.errors import RembugError
from rembug.reports.actions.decide import decide
from rembug.reports.actions.look import look
from rembug.reports.actions.own import correct, followup, withdraw
from rembug.reports.actions.photo import add_photo
from rembug.reports.actions.receive import Incoming, receive
from rembug.reports.actions.reply import mark_read, reply
from rembug.reports.actions.vote import vote
from rembug.reports.queries.receipt import receipt
from rembug.reports.rules.depth import depth_class_of
from rembug.reports.rules.submission import Receipt, Submission
from rembug.web.demo import words
from rembug.web.demo.cast import SYSTEM, Cast, Office, phone
from rembug.web.demo.events import Event, Later, Say
from rembug.web.demo.pictures import picture

TRUE_REASONS = ("seen", "called_witness", "photo_fits")
SUBJECTS = {
    "badan": ("rob", "dyke"),
    "dinas": ("drain", "road", "dyke"),
    "kelurahan": ("rob", "drain", "waste"),
}


class Doer:
    """Does the events of one city and counts them; what the platform refuses is counted too, as in life."""

    def __init__(self, city: str, cast: Cast, chance: Random) -> None:
        self.city, self.cast, self.chance = city, cast, chance
        self.done: Counter[str] = Counter()
        self._said: dict[int, Say] = {}
        self._receipts: dict[int, Receipt] = {}
        self._photos: dict[int, str] = {}

    @property
    def tokens(self) -> list[str]:
        """The secrets of all receipts."""
        return [one.token for one in self._receipts.values()]

    def take(self, event: Event) -> None:
        """Do one event."""
        if isinstance(event, Say):
            self._say(event)
            return
        if event.of not in self._receipts:
            return
        try:
            done = self._later(event)
        except RembugError as refusal:
            self.done[f"refused {refusal.code}"] += 1
        else:
            self.done[event.deed] += done

    def _say(self, say: Say) -> None:
        who = self.cast.coordinator if say.number else phone(self.city, say.who)
        answer = receive([Incoming(self._submission(say), who)], actor=SYSTEM)[0]
        if isinstance(answer, RembugError):
            self.done[f"refused {answer.code}"] += 1
            return
        self._said[say.key], self._receipts[say.key] = say, answer
        self.done["reports"] += 1
        if say.photo:
            drawn = picture(self.chance, say.truth_cm)
            photo, _ = add_photo(actor=who, token=answer.token, client_id=ids.uuid7(), data=drawn)
            self._photos[say.key] = photo.name
            self.done["photos"] += 1

    def _submission(self, say: Say) -> Submission:
        wet = say.category == "rob" and say.claim == "present"
        return Submission(
            client_id=ids.uuid7(),
            city=self.city,
            category=say.category,
            lon=round(say.lon, 6),
            lat=round(say.lat, 6),
            located_by="area" if say.number else "gps",
            area_code=say.spot.area if say.number else "",
            accuracy_m=None if say.number else round(self.chance.uniform(4, 45), 1),
            claim=say.claim,
            depth_class=depth_class_of(max(1.0, say.depth_cm)) if wet else "",
            setting=say.setting,
            since="now" if wet else "",
            landmark=say.landmark,
            text=say.text,
            answers=say.answers,
            channel="operator" if say.number else "web",
            foreign_ref=say.number,
        )

    def _later(self, deed: Later) -> int:
        token = self._receipts[deed.of].token
        match deed.deed:
            case "still" | "gone":
                followup(actor=self._sender(deed), token=token, client_id=ids.uuid7(), value=deed.deed)
            case "correct":
                correct(actor=self._sender(deed), token=token, words=deed.words)
            case "withdraw":
                withdraw(actor=self._sender(deed), token=token)
            case "look":
                who = self.chance.choice(self.cast.verifiers)
                look(actor=who, name=self._photos[deed.of], verdict="show", fits=True)
            case "decide":
                return self._decide(deed.of)
            case _:
                return self._about_incident(deed, receipt(token).incident_code)
        return 1

    def _about_incident(self, deed: Later, incident: str) -> int:
        if not incident:
            return 0
        if deed.deed in {"confirm", "deny"}:
            value = 1 if deed.deed == "confirm" else -1
            who = phone(self.city, deed.who)
            vote(actor=who, incident=incident, value=value, secret=settings.SECRET_KEY, near=True)
            return 1
        office = self._office_for(self._said[deed.of], prefer_local=deed.deed == "read")
        if office is None:
            return 0
        if deed.deed == "read":
            mark_read(actor=office.actor, incident=incident, body=office.body)
        else:
            text = self.chance.choice(words.REPLIES[office.kind])
            reply(actor=office.actor, body=office.body, incidents=[incident], text=text)
        return 1

    def _decide(self, key: int) -> int:
        say, code = self._said[key], self._receipts[key].code
        verdict, reason = (
            ("true", self.chance.choice(TRUE_REASONS[:2])) if say.is_true else ("false", "seen_otherwise")
        )
        if say.lie == "joke":
            reason = "joke"
        decide(actor=self.chance.choice(self.cast.verifiers), code=code, verdict=verdict, reason=reason)
        return 1

    def _office_for(self, say: Say, *, prefer_local: bool) -> Office | None:
        able = [
            office
            for office in self.cast.offices
            if say.category in SUBJECTS[office.kind]
            and any(covers(area, say.spot.area) for area in office.areas)
        ]
        local = [office for office in able if office.kind == "kelurahan"]
        able = local if prefer_local and local else able
        return self.chance.choice(able) if able else None

    def _sender(self, deed: Later) -> Actor:
        return phone(self.city, self._said[deed.of].who)
