"""Rows of many threads, written in bulk: the same rows as the actions leave."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import uuid4

from rembug.commitments.models import Commitment, Outcome, Step
from rembug.deliberation.models import AnswerStep, Delivery, Ground, Passage, Proposal, Voice
from rembug.lib import clock, ids
from rembug.people.models import Body
from rembug.places import queries as places

CITY = "pekalongan"


def fill(count: int) -> tuple[list[str], str]:
    """Write so many threads; return some codes of proposals and the public id of a body with many demands."""
    chance, now = Random(1), clock.now()
    areas = [area.code for area in places.areas(CITY, level="kelurahan")]
    bodies = list(Body.objects.filter(city=CITY).order_by("id"))
    authors = [body for body in bodies if body.sphere == "civil_society"]
    asked = [body for body in bodies if body.sphere != "civil_society"]
    made = [
        Proposal(
            city=CITY, code=ids.public_code(), action_id=uuid4(), body=chance.choice(authors), mandate="Rembug.",
            title=f"Usulan {number}", need="Air masuk.", asked="Pompa.", field="infrastructure",
            area_code=chance.choice(areas), path="musrenbang", cycle=2028, stage="rw", dimensions=["environment"],
            incidents=[ids.public_code()], published_at=now, changed_at=now,
        )
        for number in range(count)
    ]  # fmt: skip
    rows = Proposal.objects.bulk_create(made, batch_size=500)
    Ground.objects.bulk_create(
        [Ground(proposal=row, kind="incident", code=row.incidents[0]) for row in rows], batch_size=2000
    )
    Passage.objects.bulk_create(
        [Passage(proposal=row, at=now, verb="entered", cycle=2028, stage="rw") for row in rows],
        batch_size=2000,
    )
    Voice.objects.bulk_create(
        [Voice(proposal=row, source=uuid4().hex, at=now) for row in rows for _ in range(3)], batch_size=2000
    )
    _answers(rows, asked, chance)
    _promises(rows, asked, areas, chance)
    return [row.code for row in chance.sample(rows, min(200, count))], asked[0].public_id


def _answers(rows: list[Proposal], asked: list[Body], chance: Random) -> None:
    now = clock.now()
    today = now.date()
    sheets = [
        Delivery(
            proposal=row, action_id=uuid4(), code=ids.public_code(), body=body, letter="1", state="answered",
            delivered_on=today - timedelta(days=40), due_on=today - timedelta(days=20),
            answer="accept" if place else "", answered_at=now if place else None,
        )
        for row in rows
        for place, body in enumerate(chance.sample(asked, 2))
    ]  # fmt: skip
    stored = Delivery.objects.bulk_create(sheets, batch_size=1000)
    AnswerStep.objects.bulk_create(
        [
            AnswerStep(
                delivery=one, action_id=uuid4(), at=now, verb="answered", body=one.body, answer="accept"
            )
            for one in stored
            if one.answer
        ],
        batch_size=1000,
    )


def _promises(rows: list[Proposal], asked: list[Body], areas: list[str], chance: Random) -> None:
    now = clock.now()
    today = now.date()
    made = Commitment.objects.bulk_create(
        [
            Commitment(
                city=CITY, code=ids.public_code(), action_id=uuid4(), body=chance.choice(asked), proposal=row,
                kind="works", title=f"Janji {number}", words="Pompa.", role="Kepala bidang", source="apbd",
                due_on=today, area_code=chance.choice(areas), state="delivered", confirmed=True,
                delivered_on=today, outcome="working", made_at=now, changed_at=now, dimensions=["environment"],
            )
            for number, row in enumerate(rows)
        ],
        batch_size=500,
    )  # fmt: skip
    Step.objects.bulk_create(
        [Step(commitment=one, action_id=uuid4(), at=now, verb="deliver", body=one.body) for one in made],
        batch_size=1000,
    )
    Outcome.objects.bulk_create(
        [
            Outcome(
                commitment=one, at=now, state="working", reason="reached", version=1, content_hash="0" * 64,
                after_from=today, after_to=today, rule="1", tide="",
            )
            for one in made
        ],
        batch_size=1000,
    )  # fmt: skip
