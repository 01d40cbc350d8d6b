"""Asking the data whether it worked: from a frozen version, by the rule, at the same tide. Never by a slider."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from rembug.audit.actions import Ref, record
from rembug.commitments.models import Commitment, Outcome
from rembug.commitments.queries.measured import Asked, panels, to_measure
from rembug.commitments.rules.outcome import RULE, Design, Verdict, judge
from rembug.evidence.actions.ask import freeze
from rembug.evidence.actions.make import make_waiting
from rembug.evidence.queries.datasets import VersionFace, looked_at, version
from rembug.evidence.rules.indicators import INDICATORS
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.water.actions.peaks import Peaks, daily_peaks

logger = logging.getLogger(__name__)
EVERY = timedelta(days=7)


def measure_due(*, actor: Actor) -> int:
    """Measure the delivered promises whose last verdict is a week old; return how many verdicts were written.

    Their datasets are frozen anew first; one that has not changed is used as it stands.
    """
    waiting = to_measure(clock.now() - EVERY)
    for city, slug in sorted({(row.city, row.dataset) for row in waiting}):
        freeze(actor=actor, city=city, slug=slug, note="Untuk mengukur hasil komitmen.")
    if waiting:
        make_waiting(actor=actor)
    done = 0
    for row in waiting:
        try:
            done += measure(actor=actor, row=row) is not None
        except NotFound:
            logger.warning("promise %s names a dataset that has no version", row.code)
    return done


def measure(*, actor: Actor, row: Commitment, number: int | None = None) -> Outcome | None:
    """Write the verdict of a version, the newest where none is named; None where nothing can be asked yet.

    Raises `NotFound` for a dataset without version.
    """
    if row.delivered_on is None or not row.confirmed or not row.indicator:
        return None
    face, frozen = version(row.city, row.dataset, number)
    known = (looked_at(row.city, row.dataset) if number is None else None) or frozen.frozen_at
    until = timezone.localtime(known).date() - timedelta(days=1)  # the last whole day in it
    if until < row.delivered_on:
        return None
    verdict, peaks = verdict_of(actor=actor, row=row, frozen=frozen, subject=face.asked.subject, until=until)
    with transaction.atomic():
        locked = Commitment.objects.select_for_update().get(pk=row.pk)
        if not locked.confirmed or locked.delivered_on != row.delivered_on:
            return None
        made = Outcome.objects.create(
            commitment=locked,
            at=clock.now(),
            state=verdict.state,
            reason=verdict.reason,
            version=frozen.number,
            content_hash=frozen.content_hash,
            after_from=row.delivered_on,
            after_to=until,
            rule=RULE,
            tide=peaks.digest,
            numbers=verdict.stored(),
        )
        if locked.outcome != verdict.state:
            locked.outcome, locked.changed_at = verdict.state, made.at
            locked.save(update_fields=["outcome", "changed_at"])
        data: dict[str, object] = {
            "outcome": verdict.state,
            "reason": verdict.reason,
            "rule": RULE,
            "dataset": row.dataset,
            "version": frozen.number,
            "sha256": frozen.content_hash,
        }
        record(actor=actor, verb="promise.measured", obj=Ref("promise", row.code), data=data, city=row.city)
    return made


def verdict_of(
    *, actor: Actor, row: Commitment, frozen: VersionFace, subject: str, until: date
) -> tuple[Verdict, Peaks]:
    """Return what a version says by the rule; the same version and constants say the same. Raises `NotFound`."""
    assert row.base_from is not None and row.base_to is not None and row.target is not None  # noqa: PT018
    assert row.delivered_on is not None
    first, days = row.base_from, (until - row.base_from).days + 1
    asked = Asked(
        row.city, frozen, subject, row.indicator, tuple(row.areas), tuple(row.controls), first, days
    )
    treated, controls = panels(asked)
    peaks = daily_peaks(actor=actor, city=row.city, first=first, days=days)
    design = Design(
        base=(0, (row.base_to - first).days + 1),
        after=((row.delivered_on - first).days, days),
        target=row.target,
        min_coverage=INDICATORS[row.indicator].min_coverage,
    )
    return judge(design, treated, peaks.levels_cm, controls), peaks
