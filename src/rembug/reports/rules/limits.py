"""Fair limits: a budget for each phone, and one for phones never seen before in an area.

Never by network address alone: mobile operators put a whole kampung behind one. Over a budget the answer is a proof of
work, not a closed door. When many phones report from many different spots an area is in *surge* (a flood, not a flood
of spam) and its budget for new phones grows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

WINDOW_S = 600


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures of one city (they come from its pack)."""

    per_device: int = 20  # reports in ten minutes from one phone
    per_proof: int = 10  # more, for one proof of work
    new_per_cell: int = 300  # reports in ten minutes from new phones in one H3 cell of resolution 7 (5 km²)
    surge_spots: int = 12  # so many different spots (resolution 10, 120 m) make a crowd …
    new_per_cell_in_surge: int = 30_000  # … for which this budget holds


@dataclass(slots=True)
class _Window:
    started: float
    used: int = 0
    spots: set[str] = field(default_factory=set)


class CrowdGauge:
    """Counts the reports of new phones by cell, in this process only: a fair limit need not survive a restart."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._windows: dict[str, _Window] = {}

    def allows(self, cell: str, spot: str, limits: Limits, *, proven: bool) -> bool:
        """Count one report of a new phone and tell whether it fits the cell's budget.

        `cell` and `spot` are H3 cells of resolution 7 and 10. `proven` says that it brought a proof of work.
        """
        now = self._clock()
        window = self._windows.get(cell)
        if window is None or now - window.started >= WINDOW_S:
            self._forget(now)
            window = self._windows[cell] = _Window(now)
        if len(window.spots) < limits.surge_spots:
            window.spots.add(spot)
        surge = len(window.spots) >= limits.surge_spots
        budget = limits.new_per_cell_in_surge if surge else limits.new_per_cell
        if window.used >= budget and not proven:
            return False
        window.used += 1
        return True

    def forget(self) -> None:
        """Forget every count, as a restart does."""
        self._windows.clear()

    def _forget(self, now: float) -> None:
        for cell in [c for c, w in self._windows.items() if now - w.started >= WINDOW_S]:
            del self._windows[cell]


def device_budget(limits: Limits, proofs: int) -> int:
    """Return how many reports a phone may send within ten minutes, given its proofs of work in that time."""
    return limits.per_device + limits.per_proof * proofs
