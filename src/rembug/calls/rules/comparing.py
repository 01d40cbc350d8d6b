"""Measured beside forecast: how good the probabilities of the points were."""

from __future__ import annotations

from collections.abc import Sequence

from rembug.calls.rules.shapes import Comparison, PointFace


def compare(points: Sequence[PointFace]) -> Comparison | None:
    """Return how the points came out; nothing while nobody looked. A point counts once, by most of its readings.

    Brier (1950): mean of (probability − outcome)²; `base` is the same with the share that was wet, which a forecast
    must beat. Points with as many wet as dry readings count half.
    """
    looked = [point for point in points if point.looked and not point.is_control]
    if not looked:
        return None
    outcome = [_wet(point) for point in looked]
    share = sum(outcome) / len(outcome)
    return Comparison(
        looked=len(looked),
        wet=sum(one > 0.5 for one in outcome),
        expected_wet=sum(point.expected for point in looked),
        brier=sum((point.expected - one) ** 2 for point, one in zip(looked, outcome, strict=True))
        / len(looked),
        base=sum((share - one) ** 2 for one in outcome) / len(outcome),
        silent=sum(not point.looked for point in points),
    )


def _wet(point: PointFace) -> float:
    if point.wet == point.dry:
        return 0.5
    return 1.0 if point.wet > point.dry else 0.0
