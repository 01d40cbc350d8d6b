"""A site whose clock the test moves: true time plus an offset that every process reads. It never runs back."""

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.site import ROOT, Site, site


@dataclass
class LedClock:
    """The clock of one site."""

    file: Path
    ahead: timedelta

    def now(self) -> datetime:
        """Return what the site takes for now."""
        return datetime.now(UTC) + self.ahead

    def to(self, at: datetime) -> None:
        """Make it this instant for every process of the site. Raises `ValueError` for an instant that is past."""
        ahead = at - datetime.now(UTC)
        if ahead < self.ahead:
            raise ValueError(f"time does not run back from {self.now()} to {at}")
        self._set(ahead)

    def _set(self, ahead: timedelta) -> None:
        fresh = self.file.with_suffix(".new")
        fresh.write_text(repr(ahead.total_seconds()))
        fresh.replace(self.file)  # a process that reads meanwhile gets the old or the new one, whole
        self.ahead = ahead


@contextlib.contextmanager
def led_site(start: datetime, settings: dict[str, str] | None = None) -> Iterator[tuple[Site, LedClock]]:
    """Make a site that takes `start` for the moment of its making, and give its clock along."""
    with tempfile.TemporaryDirectory(prefix="rembug-clock-") as folder:
        hand = LedClock(Path(folder) / "ahead", timedelta.min)
        hand.to(start)
        own = {
            "PYTHONPATH": f"{ROOT / 'tests' / 'support' / 'led'}:{ROOT / 'src'}",
            "LED_CLOCK": str(hand.file),
        }
        with site(settings={**own, **(settings or {})}) as made:
            yield made, hand
