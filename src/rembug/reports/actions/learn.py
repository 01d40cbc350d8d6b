"""Learning from decisions: how much each signal is worth here. What changed is judged again at once."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.lease import lease
from rembug.reports.actions.judge import judge_all
from rembug.reports.actions.process import JUDGE
from rembug.reports.models import Learnt
from rembug.reports.queries import table as tables
from rembug.reports.queries.stored import read
from rembug.reports.queries.waiting import decided_count, standing
from rembug.reports.rules.learning import FEWEST, learn

MORE = 0.1  # a tenth more decisions than last time are worth a lesson


def learn_from_decisions(city: str, *, actor: Actor) -> bool:
    """Learn anew when there are enough new decisions, judge all reports again, and tell whether it was done."""
    decided = decided_count(city)
    last = Learnt.objects.filter(city=city).order_by("-at").first()
    if decided < FEWEST or (last is not None and decided < last.decided * (1 + MORE)):
        return False
    with lease(JUDGE, seconds=900) as held:
        if not held:
            return False
        given = tables.ways(city)
        stored = read(standing(city))
        learnt = learn(
            tables.table_of(stored, given),
            tables.votes_of(city, stored, given),
            replace(given.parameters, weights={}, knots=()),
        )
        if not learnt.weights:
            return False
        with transaction.atomic():
            Learnt.objects.create(
                city=city,
                at=clock.now(),
                decided=decided,
                weights=dict(learnt.weights),
                knots=[list(knot) for knot in learnt.knots],
            )
            data: dict[str, object] = {
                "decided": decided,
                "weights": {name: f"{weight:.3f}" for name, weight in learnt.weights.items()},
            }
            record(actor=actor, verb="reports.learned", obj=Ref("city", city), data=data, city=city)
        judge_all(city, actor=actor)
    return True
