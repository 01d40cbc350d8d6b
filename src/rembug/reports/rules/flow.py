"""The order of questions: at most five taps from the first to the last."""

from typing import Literal

Step = Literal["what", "depth", "since", "detail", "place", "review"]

FLOOD: tuple[Step, ...] = ("what", "depth", "since", "place", "review")
DRY: tuple[Step, ...] = ("what", "depth", "place", "review")
OTHER: tuple[Step, ...] = ("what", "detail", "place", "review")


def steps_for(*, is_flood: bool, is_dry: bool) -> tuple[Step, ...]:
    """Return the questions of one report, in their order."""
    if not is_flood:
        return OTHER
    return DRY if is_dry else FLOOD


def after(step: Step, steps: tuple[Step, ...]) -> Step:
    """Return the next question; after the last one, the last one."""
    return steps[min(steps.index(step) + 1, len(steps) - 1)] if step in steps else steps[1]


def before(step: Step, steps: tuple[Step, ...]) -> Step:
    """Return the question before; before the first one, the first one."""
    return steps[max(steps.index(step) - 1, 0)] if step in steps else steps[0]
