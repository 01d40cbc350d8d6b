"""What cases keep about somebody who works on them, handed out and forgotten (setting DATA_HOLDERS)."""

from __future__ import annotations

from collections.abc import Mapping

from rembug.cases.models import Case, KeptFilter, Mention, Paper, Step
from rembug.lib.actor import Actor


class Keeper:
    """Cases as a keeper of personal data."""

    def export(self, *, actor: Actor) -> Mapping[str, object]:
        """Return the steps and notes that the actor wrote, kept filters, and notes in which they were named."""
        if actor.person_id is None:
            return {}
        steps = Step.objects.filter(by_id=actor.person_id).select_related("case").order_by("id")
        named = Mention.objects.filter(person_id=actor.person_id).select_related("step__case").order_by("id")
        kept = KeptFilter.objects.filter(person_id=actor.person_id).order_by("id")
        return {
            "case_steps": [
                {
                    "case": row.case.code,
                    "at": row.at.isoformat(),
                    "verb": row.verb,
                    "public": row.public,
                    "internal": row.internal,
                }
                for row in steps
            ],
            "case_papers": [
                {"case": row.case.code, "at": row.at.isoformat(), "title": row.title, "sha256": row.digest}
                for row in Paper.objects.filter(sender_id=actor.person_id).select_related("case")
            ],
            "named_in": [{"case": row.step.case.code, "at": row.step.at.isoformat()} for row in named],
            "filters": [{"city": row.city, "name": row.name, "query": row.query} for row in kept],
        }

    def erase(self, *, actor: Actor) -> int:
        """Forget who wrote, held and was named; the steps stay, for they are the case's. Again changes nothing."""
        if actor.person_id is None:
            return 0
        done = Step.objects.filter(by_id=actor.person_id).update(by=None)
        done += Paper.objects.filter(sender_id=actor.person_id).update(sender=None)
        done += Case.objects.filter(holder_id=actor.person_id).update(holder=None)
        done += Mention.objects.filter(person_id=actor.person_id).delete()[0]
        return done + KeptFilter.objects.filter(person_id=actor.person_id).delete()[0]


holder = Keeper()
