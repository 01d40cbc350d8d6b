"""What an app offers that keeps personal data: it can hand all of it out, and it can forget a person."""

from collections.abc import Mapping
from typing import Protocol

from rembug.lib.actor import Actor


class Holder(Protocol):
    """A keeper of personal data, named in the setting DATA_HOLDERS by its dotted path (a module will do)."""

    def export(self, *, actor: Actor) -> Mapping[str, object]:
        """Return everything kept about the actor (by person or device hash) and nothing about others, as JSON."""

    def erase(self, *, actor: Actor) -> int:
        """Forget the actor in this app inside the caller's transaction; statistics and audit proofs stay.

        Returns how many rows were changed. It must be safe to call again.
        """
