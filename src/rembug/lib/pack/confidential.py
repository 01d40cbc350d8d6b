"""Reading `confidential.toml`: what may be told in confidence, who reads it, how long it is kept, where else to go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rembug.lib.pack.cases import CaseFacts
from rembug.lib.pack.faults import Faults
from rembug.lib.pack.files import toml_table
from rembug.lib.pack.table import Table

FILE = "confidential.toml"
ROLES = ("officer", "coordinator", "approver")  # all of them ask for a second factor
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """A body that reads confidential reports, by its public id, and the role that one needs there."""

    body: str
    role: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of confidential report: who gets it, within how many working days it is answered, and by which rule."""

    code: str
    names: Names
    recipients: tuple[str, ...]
    days: int
    words: Names
    basis: str


@dataclass(frozen=True, slots=True)
class DoorRow:
    """Another place where the same can be told."""

    names: Names
    words: Names
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ConfidentialFacts:
    """What a city's pack says of confidential reports. The calendar of working days is that of `cases.toml`."""

    retention_days: int
    retention_basis: str
    recipients: tuple[RecipientRow, ...]
    kinds: tuple[KindRow, ...]
    doors: tuple[DoorRow, ...]
    country: str
    added: Mapping[str, str]
    removed: tuple[str, ...]

    def kind(self, code: str) -> KindRow | None:
        """Return a kind by its code."""
        return next((row for row in self.kinds if row.code == code), None)


def read_confidential(
    folder: Path,
    faults: Faults,
    languages: Collection[str],
    bodies: Mapping[str, str],
    handling: CaseFacts | None,
) -> ConfidentialFacts | None:
    """Return what the pack says; nothing when the file is absent or unreadable. `bodies`: id in it -> public id."""
    if not (folder / FILE).exists():
        return None
    whole = toml_table(folder, faults)
    if whole is None:
        return None
    if handling is None:
        whole.fault("", "deadlines need `cases.toml`", "add cases.toml, or remove this file")
        return None
    kept = whole.table("retention")
    recipients = tuple(_recipient(row, bodies) for row in whole.tables("recipient"))
    known = {row.body for row in recipients}
    facts = ConfidentialFacts(
        retention_days=int(kept.number("days", low=1, high=3650)),
        retention_basis=kept.text("basis"),
        recipients=recipients,
        kinds=tuple(_kind(row, languages, bodies, known, handling) for row in whole.tables("kind")),
        doors=tuple(_door(row, languages) for row in whole.tables("door")),
        country=handling.country,
        added=handling.added,
        removed=handling.removed,
    )
    for key, rows in (("kind", facts.kinds), ("door", facts.doors)):
        if not rows:
            whole.fault(key, f"there is no [[{key}]]", f"add at least one [[{key}]]")
    kept.done()
    whole.done()
    return facts


def confidential_to_json(facts: ConfidentialFacts) -> dict[str, Any]:
    """Return the facts as JSON."""
    return asdict(facts)


def confidential_from_json(plain: Mapping[str, Any]) -> ConfidentialFacts:
    """Return the facts that `confidential_to_json` wrote."""
    kinds = ({**row, "recipients": tuple(row["recipients"])} for row in plain["kinds"])
    lists = {
        "recipients": tuple(RecipientRow(**row) for row in plain["recipients"]),
        "kinds": tuple(KindRow(**row) for row in kinds),
        "doors": tuple(DoorRow(**row) for row in plain["doors"]),
        "removed": tuple(plain["removed"]),
    }
    return ConfidentialFacts(**{**plain, **lists})


def _recipient(row: Table, bodies: Mapping[str, str]) -> RecipientRow:
    body = row.text("body", longest=40)
    if body not in bodies:
        row.fault("body", f"{body!r} is no body of this pack", "add it to bodies.csv")
    made = RecipientRow(bodies.get(body, ""), row.choice("role", ROLES))
    row.done()
    return made


def _kind(
    row: Table,
    languages: Collection[str],
    bodies: Mapping[str, str],
    known: Collection[str],
    handling: CaseFacts,
) -> KindRow:
    names = row.texts("recipients")
    for name in names:
        if bodies.get(name) not in known:
            row.fault("recipients", f"{name!r} is no recipient", "add [[recipient]] with this body")
    code = row.text("deadline", longest=16)
    promise = handling.clock(code)
    if promise is None:
        remedy = f"use one of: {', '.join(one.code for one in handling.classes)}"
        row.fault("deadline", f"{code!r} is no class of cases.toml", remedy)
    made = KindRow(
        code=row.slug("code", longest=24),
        names=row.names("names", languages),
        recipients=tuple(bodies[name] for name in names if name in bodies),
        days=promise.days if promise else 1,
        words=promise.words if promise else {},
        basis=promise.basis if promise else "",
    )
    row.done()
    return made


def _door(row: Table, languages: Collection[str]) -> DoorRow:
    made = DoorRow(
        names=row.names("names", languages),
        words=row.names("words", languages),
        source=row.text("source"),
        confirmed=row.flag("confirmed"),
    )
    row.done()
    return made
