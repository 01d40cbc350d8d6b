"""The probability that each report is true, as a sum of named contributions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .observations import Bools, Claim, Floats, Ints, Located, Observations, Photo, Votes, one_voice, votes
from .parameters import SIGNALS, Parameters
from .witnesses import Testimony, testify

# Changes whenever the same input may give another result; goes into the audit entry of each run.
RULES_VERSION = "3"
LOG_ODDS_LIMIT = 7.0
# New identities cost nothing, so together they may say only so much for a report.
UNKNOWN = [SIGNALS.index("witnesses_new"), SIGNALS.index("votes_new")]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Result for n reports in the order of `key`; deterministic to the last bit for the same set of
    inputs.
    """

    key: Ints
    contributions: Floats  # (n, len(SIGNALS)), log-odds, already weighted
    log_odds: Floats  # without the report's own decision; what calibration is measured on
    probability: Floats  # with it: a person's decision always wins
    testimony: Testimony

    def __len__(self) -> int:
        return len(self.key)


@dataclass(frozen=True, slots=True)
class Before:
    """What was found before of reports around which nothing has changed; arrays (n,) and (n, len(SIGNALS))."""

    holds: Bools
    log_odds: Floats
    contributions: Floats


def assess(
    table: Observations,
    given: Votes | None = None,
    parameters: Parameters | None = None,
    before: Before | None = None,
) -> Assessment:
    """Judge every report of the table (see `observations`) from itself, its records, votes and neighbourhood.

    Pure, vectorised, independent of row order. A report's result depends only on rows of its
    category within what `parameters.carries` says (metres, and seconds of `seen_to`), and on votes on those.
    Rows of which `before` holds are taken from there, without their testimony.
    """
    parameters = parameters or Parameters()
    given = one_voice(table, given if given is not None else votes())
    raw = signals(table, given, parameters, None if before is None else ~before.holds)
    return weigh(table, *raw, parameters, before)


def signals(
    table: Observations, given: Votes, parameters: Parameters, wanted: Bools | None = None
) -> tuple[Floats, Testimony]:
    """Unweighted contributions (n, len(SIGNALS)) and the testimony behind them, that only of the wanted rows."""
    alone = _alone(table, parameters)
    own = sum((alone[name] for name in alone), start=np.zeros(len(table)))
    heard = testify(table, own, given, parameters, wanted)
    columns = alone | {
        "prior": np.full(len(table), parameters.prior),
        "dry": np.where(table.claim == Claim.ABSENT, parameters.dry, 0.0),
        "witnesses_known": _saturated(heard.known, parameters.known_limit),
        "witnesses_new": _saturated(heard.new, parameters.new_limit),
        "against_known": -_saturated(heard.against_known, parameters.known_limit),
        "against_new": -_saturated(heard.against_new, parameters.new_limit),
        "votes_known": _saturated(heard.votes_known, parameters.known_limit),
        "votes_new": _saturated(heard.votes_new, parameters.new_limit),
        "physics": np.clip(table.physics, -4.0, 4.0),
    }
    raw = np.empty((len(table), len(SIGNALS)))
    for at, name in enumerate(SIGNALS):
        raw[:, at] = np.round(columns.pop(name), 5)
    return raw, heard


def weigh(
    table: Observations,
    raw: Floats,
    heard: Testimony,
    parameters: Parameters,
    before: Before | None = None,
) -> Assessment:
    """Apply learnt weights and map, and let a person's decision win."""
    factors = np.array([parameters.weights.get(name, 1.0) for name in SIGNALS])
    contributions = raw * factors
    unknown = contributions[:, UNKNOWN].sum(axis=1)
    contributions[:, UNKNOWN] *= (parameters.unknown_cap / np.maximum(unknown, parameters.unknown_cap))[
        :, None
    ]
    np.round(contributions, 5, out=contributions)
    odds: Floats = np.zeros(len(table))
    for column in range(len(SIGNALS)):  # a fixed order of additions gives the same bits on every machine
        odds += contributions[:, column]
    if parameters.knots:
        x, y = np.array(parameters.knots).T
        odds = np.interp(odds, x, y) + np.minimum(odds - x[0], 0.0) + np.maximum(odds - x[-1], 0.0)
    odds = np.asarray(np.round(np.clip(odds, -LOG_ODDS_LIMIT, LOG_ODDS_LIMIT), 4), dtype=np.float64)
    if before is not None:
        odds = np.where(before.holds, before.log_odds, odds)
        contributions = np.where(before.holds[:, None], before.contributions, contributions)
    probability = 1.0 / (1.0 + np.exp(-odds))
    sure = parameters.decided_probability
    probability = np.where(table.decision > 0, sure, np.where(table.decision < 0, 1.0 - sure, probability))
    return Assessment(table.key, contributions, odds, np.round(probability, 6), heard)


def _saturated(total: Floats, limit: float) -> Floats:
    """Each further voice adds less; never more than `limit` to either side."""
    return np.asarray(np.sign(total) * limit * (1.0 - np.exp(-np.abs(total) / limit)))


def _alone(table: Observations, parameters: Parameters) -> dict[str, Floats]:
    """Contributions a report has by itself."""
    photo = table.photo
    reused = (photo & Photo.REUSED) > 0
    misfit = (photo & Photo.MISFIT) > 0
    has = ((photo & Photo.HAS) > 0) & ~reused & ~misfit
    picture: Floats = np.asarray(has, dtype=np.float64) * (
        parameters.photo_has
        + parameters.photo_exif * ((photo & Photo.EXIF_FITS) > 0)
        + parameters.photo_fits * ((photo & Photo.FITS) > 0)
    )
    picture += np.where(reused, parameters.photo_reused, np.where(misfit, parameters.photo_misfit, 0.0))
    vague: Floats = np.asarray(np.minimum(table.accuracy_m / 500.0, 1.0), dtype=np.float64)
    vague = np.where(table.located == Located.LANDMARK, np.maximum(vague, 0.5), vague)
    a = parameters.record_prior
    source = np.log((a + table.source_right) / (a + table.source_wrong))
    community = np.log((4.0 + table.community_right) / (4.0 + table.community_wrong))
    return {
        "place": np.where(table.place_sane, 0.0, parameters.place_insane),
        "time": np.where(table.time_sane, 0.0, parameters.time_insane),
        "accuracy": parameters.vague_place * vague,
        "photo": picture,
        "source_record": np.clip(source, -parameters.record_limit, parameters.record_limit),
        "community_record": np.where(
            table.community >= 0,
            np.clip(community, -parameters.community_limit, parameters.community_limit),
            0.0,
        ),
    }
