"""The checklist, in its order."""

from __future__ import annotations

from open311_check.checks import common, extensions, reading, services, writing
from open311_check.verdict import Check

_AFTER = ("T1", "E1", "L1")
_READING = tuple(one for one in reading.CHECKS if one.id not in _AFTER)
_LAST = {one.id: one for one in reading.CHECKS if one.id in _AFTER}
ALL: tuple[Check, ...] = (
    *common.CHECKS,
    *services.CHECKS,
    *writing.CHECKS,  # first, so that a new server has something to read
    *_READING,
    *(_LAST["T1"], _LAST["E1"]),
    *extensions.CHECKS,
    _LAST["L1"],
)
