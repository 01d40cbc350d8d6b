"""Everything the judge takes as given. The city pack may replace reaches; decisions may teach weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SIGNALS = (
    "prior",
    "dry",
    "place",
    "time",
    "accuracy",
    "photo",
    "source_record",
    "community_record",
    "witnesses_known",
    "witnesses_new",
    "against_known",
    "against_new",
    "votes_known",
    "votes_new",
    "physics",
)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one happening of a category carries."""

    witness_m: float = 200.0  # farther people are no witnesses
    witness_s: float = 2 * 3600.0  # pause between two observations that still speak of the same thing
    link_m: float = 150.0  # reports closer than this may be one incident
    link_s: float = 6 * 3600.0  # a longer silence ends an incident


@dataclass(frozen=True, slots=True)
class Parameters:
    """Weights in log-odds (natural logarithm). The reasons for each are in
    docs/algorithms/verification.md.
    """

    reach: Mapping[int, Reach] = field(default_factory=dict)
    default_reach: Reach = Reach()
    weights: Mapping[str, float] = field(default_factory=dict)  # learnt factors on signals, 1 where missing
    knots: tuple[tuple[float, float], ...] = ()  # learnt monotone map of log-odds, empty = identity

    prior: float = -0.8
    dry: float = 1.0  # most places are dry at most times
    place_insane: float = -3.0
    time_insane: float = -2.0
    vague_place: float = -0.5
    photo_has: float = 0.4
    photo_exif: float = 0.5
    photo_fits: float = 2.5
    photo_reused: float = -2.5
    photo_misfit: float = -2.5
    record_prior: float = 1.0  # Beta(1, 1): one imagined right and one imagined wrong decision
    record_limit: float = 3.0
    community_limit: float = 1.0

    coincidence: float = 1.4  # two strangers telling the same tale: false ones rarely meet
    decided_lift: float = 4.0  # a report that a person decided, as a witness for its neighbours
    misfit_lift: float = 1.5  # a photo found not to fit, as a voice against what it was sent for
    known_limit: float = 3.5  # saturation of known witnesses
    new_limit: float = 1.6  # all unknown voices together
    unknown_cap: float = 2.0  # witnesses and votes of unknown people together, whatever weights were learnt
    witness_width_s: float = 3 * 3600.0  # a longer claimed time says no more to witnesses
    voices_a_bucket: int = 6  # voices of one kind used from one small cell and quarter of the reach

    plausible: float = 0.5
    corroborated: float = 0.85
    refuted: float = 0.08
    words_limit: float = 0.95  # highest probability of an incident that is not backed by more than words
    clique: int = 24  # known people who might collude; statements alone must outnumber them
    checked_share: float = 0.12  # of the voices whose evidence more than words must back
    decided_probability: float = 0.99

    def of(self, category: int) -> Reach:
        """Reach of a category code."""
        return self.reach.get(category, self.default_reach)

    @property
    def affected_m(self) -> float:
        """A report farther than this from a changed one keeps its assessment."""
        return 2.6 * max(r.witness_m for r in (self.default_reach, *self.reach.values()))

    @property
    def affected_s(self) -> float:
        """A report whose `seen_to` differs more than this from a changed one keeps its assessment."""
        longest = max(r.witness_s for r in (self.default_reach, *self.reach.values()))
        return 2.0 * (longest + self.witness_width_s)

    def carries(self, category: int) -> tuple[float, float]:
        """Return metres and seconds of `seen_to` beyond which a report of this category changes no assessment."""
        reach = self.of(category)
        return 2.6 * reach.witness_m, 2.0 * (reach.witness_s + self.witness_width_s)
