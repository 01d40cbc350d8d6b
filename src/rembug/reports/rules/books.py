"""The books of intake: for each hour and channel, what came in must be what is kept."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One hour of one channel in one city.

    `logged` counts the entries of the public log that say a report came in; `stored` the reports themselves: two
    tables written in one transaction, so they differ only when something was lost, doubled or slipped in.
    """

    city: str
    hour: datetime
    channel: str
    logged: int = 0
    stored: int = 0
    processed: int = 0
    pending: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def received(self) -> int:
        """How many came in: taken and refused."""
        return self.logged + sum(self.refused.values())

    @property
    def gap(self) -> int:
        """How many are missing (positive) or too many (negative); 0 when the books balance."""
        return self.logged - self.stored or self.stored - self.processed - self.pending

    def overdue(self, now: datetime, patience_s: float = 3600.0) -> bool:
        """Tell whether reports of this hour still wait long after it ended."""
        return self.pending > 0 and (now - self.hour).total_seconds() > 3600 + patience_s
