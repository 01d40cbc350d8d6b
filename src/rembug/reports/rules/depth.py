"""Depth in words that a body knows, with the centimetres behind."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DepthClass:
    """One step of the ladder: its code and its range in whole centimetres, both ends included."""

    code: str
    low_cm: int
    high_cm: int


DEPTHS = (
    DepthClass("dry", 0, 0),
    DepthClass("ankle", 1, 15),
    DepthClass("calf", 16, 30),
    DepthClass("knee", 31, 50),
    DepthClass("thigh", 51, 80),
    DepthClass("waist", 81, 110),
    DepthClass("chest", 111, 200),
)
BY_CODE = {depth.code: depth for depth in DEPTHS}


def depth_class_of(cm: float) -> str:
    """Return the class of a depth in centimetres; above the last range it is still the last class.

    >>> depth_class_of(34)
    'knee'
    """
    for depth in DEPTHS:
        if cm <= depth.high_cm:
            return depth.code
    return DEPTHS[-1].code
