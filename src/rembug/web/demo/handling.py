"""Offices of the simulated week work on their cases: triage, start, answer, finish with a photo; people confirm."""

from datetime import timedelta
from random import Random
from uuid import UUID, uuid5

from rembug.cases.actions.confirm import Word, by_reporter
from rembug.cases.actions.move import Said, move
from rembug.cases.actions.open import open_new
from rembug.cases.actions.proof import add_proof
from rembug.cases.queries.faces import CaseFace
from rembug.cases.queries.work import in_hands_of
from rembug.lib.errors import RembugError
from rembug.reports.actions.attach import look_attached
from rembug.reports.queries.receipt import receipt
from rembug.web.demo.cast import SYSTEM, Cast, Office, phone
from rembug.web.demo.pictures import picture

SPACE = UUID("3c0f5f0e-7a3b-4a5c-9f35-2d1b6e5a8c44")  # of made-up form numbers
EVERY = timedelta(hours=6)
WAY = {"received": "triage", "triaged": "start", "progress": "answer", "answered": "finish"}
WORDS = {
    "answer": "Terima kasih. Petugas kami ke sana hari ini. (simulasi)",
    "finish": "Sudah dikerjakan, fotonya kami sertakan. (simulasi)",
}
EAGER, FINISHED, CONTENT = (
    0.55,
    0.12,
    0.75,
)  # share of cases that move at a look; that are done; of people content
PHONE = 40_000


class Handling:
    """What the offices do each few hours."""

    def __init__(self, city: str, cast: Cast, chance: Random) -> None:
        self.city, self.cast, self.chance = city, cast, chance
        self._offices: dict[str, Office] = {office.body: office for office in cast.offices}

    def tick(self) -> int:
        """Open what is new, and let each office take a step in some of its cases; return how many steps."""
        open_new(self.city, actor=SYSTEM)
        done = 0
        for row in in_hands_of(self.city, self._offices):
            odds = FINISHED if row.state == "answered" else EAGER
            if row.state in WAY and self.chance.random() < odds:
                done += self._step(row, self._offices[row.body_id], WAY[row.state])
        return done

    def end(self, tokens: list[str]) -> int:
        """Let reporters say of what is done whether it is settled; return how many spoke."""
        done = {row.incident: row for row in in_hands_of(self.city, self._offices) if row.state == "done"}
        spoken = 0
        for token in tokens:
            row = done.pop(receipt(token).incident_code, None)
            if row is None:
                continue
            content = self.chance.random() < CONTENT
            said = Word("confirm") if content else Word("dispute", "Besoknya rusak lagi. (simulasi)")
            by_reporter(actor=phone(self.city, PHONE), city=self.city, code=row.code, token=token, said=said)
            spoken += 1
        return spoken

    def _step(self, row: CaseFace, office: Office, verb: str) -> int:
        number = uuid5(SPACE, f"{row.code} {verb}")
        photo = ""
        try:
            if verb == "finish":
                photo = self._photo(row, office, number)
            said = Said(verb, row.version, public=WORDS.get(verb, ""), photo=photo, action_id=number)
            move(actor=office.actor, city=self.city, code=row.code, said=said)
        except RembugError:  # as in life: a photo that was sent before, a step that is not possible
            return 0
        return 1

    def _photo(self, row: CaseFace, office: Office, number: UUID) -> str:
        data = picture(self.chance, 0.0)
        name = add_proof(actor=office.actor, city=self.city, code=row.code, action_id=number, data=data)
        look_attached(actor=self.cast.verifiers[0], name=name, verdict="show")
        return name
