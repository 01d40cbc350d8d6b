"""A lease: one process at a time does a thing; when it dies another takes over after the time is up."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction

from rembug.lib import clock
from rembug.lib.models import Lease


@dataclass(slots=True)
class Hold:
    """What a caller has of a lease: true while it is held. Long work says `keep` between two steps.

    `inherited` says that the holder before did not end well: what it left half done is to be looked after.
    """

    name: str
    holder: str
    seconds: float
    held: bool
    inherited: bool = False

    def __bool__(self) -> bool:
        return self.held

    def keep(self) -> bool:
        """Hold on for another full time; false when it ran out and somebody else has taken over."""
        until = clock.now() + timedelta(seconds=self.seconds)
        mine = Lease.objects.filter(name=self.name, holder=self.holder)
        self.held = self.held and bool(mine.update(until=until))
        return self.held


@contextmanager
def lease(name: str, seconds: float | None = None) -> Iterator[Hold]:
    """Give what this caller holds; it is given back at the end, or expires after `seconds` without `keep`.

    No transaction stays open meanwhile, so others can write. The usual time is `LEASE_S` of the settings.
    """
    hold = _take(name, settings.LEASE_S if seconds is None else seconds)
    mine = Lease.objects.filter(name=name, holder=hold.holder)
    try:
        yield hold
    except BaseException:
        if hold:
            with suppress(DatabaseError):  # then it runs out by itself
                mine.update(until=clock.now() - timedelta(seconds=1))
        raise
    if hold:
        mine.delete()


def _take(name: str, seconds: float) -> Hold:
    at, hold = clock.now(), Hold(name, secrets.token_hex(8), seconds, held=False)
    until = at + timedelta(seconds=seconds)
    if Lease.objects.filter(name=name, until__lt=at).update(holder=hold.holder, until=until):
        hold.held = hold.inherited = True
    elif not Lease.objects.filter(name=name).exists():
        with suppress(IntegrityError):  # another one was quicker
            with transaction.atomic():
                Lease.objects.create(name=name, holder=hold.holder, until=until)
            hold.held = True
    return hold
