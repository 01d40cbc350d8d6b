"""Fails the n-th question to the database, the commit included, and looks at what is left."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import OperationalError

from rembug.places import queries as places
from rembug.reports.queries import categories
from rembug.reports.queries.snapshot import SNAPSHOTS

DOMAIN = ("audit", "people", "places", "reports")
# Counting what was refused, and signatures of the log, are no part of an act.
NOT_STATE = {"people.SharedCache"}


class Cut(OperationalError):
    """What the database says in these tests when it goes away."""


@dataclass
class NthCall:
    """Counts calls and raises at the n-th; `fired` tells whether it came to that."""

    n: int
    seen: int = 0
    fired: bool = False
    statements: list[str] = field(default_factory=list)

    def count(self, what: str) -> None:
        """Count one call."""
        self.seen += 1
        self.statements.append(what[:80])
        if self.seen == self.n:
            self.fired = True
            raise Cut(f"call {self.n}: {what[:60]}")

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count(sql)
        return execute(sql, params, many, context)


@contextlib.contextmanager
def failing(n: int) -> Iterator[NthCall]:
    """Fail the n-th call to the database inside; a commit is a call too."""
    connection, call = connections[DEFAULT_DB_ALIAS], NthCall(n)
    commit = connection.commit

    def counted_commit() -> None:
        call.count("COMMIT")
        commit()

    connection.commit = counted_commit  # type: ignore[method-assign]
    try:
        with connection.execute_wrapper(call):
            yield call
    finally:
        del connection.commit


def state() -> dict[str, str]:
    """Return for each table of the domain how many rows it has and a hash over all of them."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label
        if model._meta.app_label not in DOMAIN or label in NOT_STATE or not model._meta.managed:
            continue
        rows = sorted(map(repr, model._default_manager.values_list()))
        found[label] = f"{len(rows)}:{hashlib.sha256(repr(rows).encode()).hexdigest()[:16]}"
    return found


def forget() -> None:
    """Forget what this process remembers of the database, so that each try asks anew."""
    places.forget()
    categories.forget()
    SNAPSHOTS.forget()


def every_call(
    act: Callable[[], Any], judge: Callable[[NthCall, Any], None], *, most: int = 500, step: int = 1
) -> int:
    """Run `act` with its 1st, 2nd, 3rd … call failing until none fails any more; return how many calls it makes.

    `judge` gets the call and what `act` returned or raised, after each try that was cut. The last try is the repeat
    that must succeed.
    """
    n = 1
    while n <= most:
        forget()
        with failing(n) as call:
            try:
                said = act()
            except Exception as fault:
                if not call.fired:
                    raise
                said = fault
        if not call.fired:
            return n - 1
        judge(call, said)
        n += step
    raise AssertionError(f"still failing after {most} calls: {call.statements[-3:]}")
