"""A question over observations: what, where, when, how sure, and what is left out on purpose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rembug.lib.errors import FieldFault, Invalid

SUBJECTS = ("reports", "incidents", "cases", "surveys", "workshops")
DIMENSIONS = ("governance", "branding", "economy", "living", "society", "environment")
MOST_EXCLUDED = 1000
REASON_LEAST = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What a dataset asks. Times are UTC, `end` is not included; empty `areas` mean the whole city."""

    subject: str
    category: str = ""
    areas: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    min_probability: float = 0.0
    excluded: tuple[str, ...] = ()
    reason: str = ""
    survey: str = ""  # code of the survey whose sums are asked for
    workshop: str = ""  # code of the common map or workshop whose accepted marks are asked for

    def stored(self) -> dict[str, Any]:
        """Return the question as JSON, the same bytes for the same question."""
        survey = {"survey": self.survey} if self.survey else {}
        workshop = {"workshop": self.workshop} if self.workshop else {}
        return (
            survey
            | workshop
            | {
                "subject": self.subject,
                "category": self.category,
                "areas": sorted(self.areas),
                "start": self.start and self.start.astimezone(UTC).isoformat(),
                "end": self.end and self.end.astimezone(UTC).isoformat(),
                "min_probability": self.min_probability,
                "excluded": sorted(self.excluded),
                "reason": self.reason,
            }
        )

    def covers(self, area_code: str | None) -> bool:
        """Tell whether a row of this area belongs to the answer."""
        if not self.areas:
            return True
        code = area_code or ""
        return any(code == area or code.startswith(f"{area}.") for area in self.areas)


def read(stored: Mapping[str, Any]) -> Asked:
    """Return the question that `Asked.stored` wrote."""
    return Asked(
        subject=stored["subject"],
        category=stored["category"],
        areas=tuple(stored["areas"]),
        start=_moment(stored["start"]),
        end=_moment(stored["end"]),
        min_probability=float(stored["min_probability"]),
        excluded=tuple(stored["excluded"]),
        reason=stored["reason"],
        survey=stored.get("survey", ""),
        workshop=stored.get("workshop", ""),
    )


def check(asked: Asked) -> None:
    """Raise `Invalid` naming each part of a question that cannot be asked."""
    faults = tuple(_faults(asked))
    if faults:
        raise Invalid(faults[0].message, faults=faults)


def _faults(asked: Asked) -> Iterator[FieldFault]:
    made = {"surveys": bool(asked.survey), "workshops": bool(asked.workshop)}
    if asked.subject not in SUBJECTS or any(
        is_named != (asked.subject == of) for of, is_named in made.items()
    ):
        yield FieldFault("subject", "unknown", "Pilih laporan, kejadian, atau kasus.")
    if asked.start and asked.end and asked.start >= asked.end:
        yield FieldFault("end", "order", "Waktu selesai harus sesudah waktu mulai.")
    if not 0.0 <= asked.min_probability <= 1.0:
        yield FieldFault("min_probability", "range", "Peluang ditulis dari 0 sampai 1.")
    if len(asked.excluded) > MOST_EXCLUDED:
        yield FieldFault("excluded", "count", f"Paling banyak {MOST_EXCLUDED} nomor yang dikecualikan.")
    if asked.excluded and len(asked.reason) < REASON_LEAST:
        yield FieldFault("reason", "missing", "Tulis alasan mengapa nomor itu dikecualikan.")


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
