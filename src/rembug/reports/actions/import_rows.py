"""Taking in many reports of another system: a batch at a time, exactly once, each refusal with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib.actor import Actor
from rembug.lib.errors import RembugError
from rembug.reports.actions.receive import Incoming, receive
from rembug.reports.sources.rows import Refused, Row, Taken, Unreadable

BATCH = 500


@dataclass(slots=True)
class Import:
    """What an import did so far. `refused` holds (row number, reason), `broken` why the reading ended early."""

    stored: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    broken: str = ""  # why the file could not be read to its end; what stood before is stored

    @property
    def read(self) -> int:
        """Rows seen."""
        return self.stored + self.known + len(self.refused)


def import_rows(
    rows: Iterable[Row],
    *,
    city: str,
    source: str,
    actor: Actor,
    progress: Callable[[Import], None] | None = None,
) -> Import:
    """Store the rows that can be taken; a second call with the same rows stores nothing.

    One act in the log says how many came from where; each report has its own as well. A file that cannot be read
    to its end gives what stands before the fault, and `broken`.
    """
    done = Import()
    waiting = _readable(rows, done)
    while batch := list(islice(waiting, BATCH)):
        _store(batch, done, actor)
        if progress is not None:
            progress(done)
    if done.stored:
        data: dict[str, object] = {"source": source, "stored": done.stored, "refused": len(done.refused)}
        with transaction.atomic():
            record(actor=actor, verb="reports.imported", obj=Ref("city", city), data=data, city=city)
    return done


def _readable(rows: Iterable[Row], done: Import) -> Iterator[Row]:
    try:
        yield from rows
    except Unreadable as fault:
        done.broken = str(fault)


def _store(batch: list[Row], done: Import, actor: Actor) -> None:
    done.refused += [(row.number, row.reason) for row in batch if isinstance(row, Refused)]
    taken = [row for row in batch if isinstance(row, Taken)]
    answers = receive([Incoming(row.submission, actor) for row in taken], actor=actor)
    for row, answer in zip(taken, answers, strict=True):
        if isinstance(answer, RembugError):
            done.refused.append((row.number, "; ".join(_words(answer))))
        elif answer.created:
            done.stored += 1
        else:
            done.known += 1


def _words(fault: RembugError) -> Iterator[str]:
    if not fault.faults:
        yield fault.message
    for one in fault.faults:
        yield f"{one.field}: {one.message}"
