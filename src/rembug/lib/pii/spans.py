"""A stretch of text and what it gives away."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What identifies a person."""

    PHONE = "phone"
    NIK = "nik"
    PLATE = "plate"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (not included) of a text."""

    start: int
    end: int
    kind: Kind
