"""How often our own probabilities were right: of all reports marked 90 %, how many people found true."""

import numpy as np
from django.db.models import Min

from rembug.reports.queries.public.faces import counted_reports
from rembug.reports.queries.public_types import Bin, Calibration
from rembug.reports.rules import calibration as rules

ENOUGH = 10  # below this many decided reports a score would only be noise


def calibration(city: str) -> Calibration:
    """Return the reliability table of decided reports, ten bins of equal count, with Brier score and ECE.

    What we said is the probability of the evidence alone (from `log_odds`), without the person's decision.
    """
    rows = counted_reports(city).exclude(decided="")
    pairs = np.array([(odds, verdict == "true") for odds, verdict in rows.values_list("log_odds", "decided")])
    if not len(pairs):
        return Calibration((), 0, None, None, None)
    said = 1.0 / (1.0 + np.exp(-pairs[:, 0].astype(float)))
    truth = pairs[:, 1].astype(float)
    enough = len(pairs) >= ENOUGH
    return Calibration(
        bins=tuple(Bin(row.said, row.found, row.count) for row in rules.reliability(said, truth))
        if enough
        else (),
        decided=len(pairs),
        brier=rules.brier(said, truth) if enough else None,
        ece=rules.expected_calibration_error(said, truth) if enough else None,
        since=rows.aggregate(first=Min("received_at"))["first"],
    )
