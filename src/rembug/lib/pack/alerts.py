"""Reading `alerts.toml`: who sends, when a warning is drafted, and what it says."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rembug.lib.pack.faults import Faults
from rembug.lib.pack.files import toml_table
from rembug.lib.pack.table import Table

FILE = "alerts.toml"
STATUSES = ("Exercise", "Test", "Actual")
SEVERITIES = ("Minor", "Moderate", "Severe", "Extreme")
SENDER = re.compile(r"^[^\s,<&]+$")  # CAP 1.2, 3.2.1
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level: drafted when water deeper than `depth_cm` is at least this probable within so many hours."""

    code: str
    official: str
    depth_cm: float
    probability: float
    within_hours: float
    severity: str
    breaks_quiet: bool
    names: Names
    advice: Names


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """What a city's pack says of warnings. `levels` rise."""

    sender: str
    contact: str
    releasers: tuple[str, ...]
    status: str
    quiet_from: int
    quiet_until: int
    most_per_day: int
    valid_hours: float
    basis: str
    feed: str  # https address of an RSS or Atom feed of official CAP; empty: none
    feed_areas: tuple[str, ...]  # a message is relayed when it names one of these
    levels: tuple[LevelRow, ...]

    def level(self, code: str) -> LevelRow | None:
        """Return a level by its code."""
        return next((row for row in self.levels if row.code == code), None)


def read_alerts(
    folder: Path, faults: Faults, languages: Collection[str], bodies: Collection[str]
) -> AlertFacts | None:
    """Return what the pack says of warnings; nothing when the file is absent or unreadable."""
    if not (folder / FILE).exists():
        return None
    whole = toml_table(folder, faults)
    if whole is None:
        return None
    sender, rules = whole.table("sender"), whole.table("rules")
    relay = whole.table("relay", optional=True)
    facts = AlertFacts(
        sender=_sender(sender),
        contact=sender.text("contact", longest=80),
        releasers=sender.texts("releasers"),
        status=sender.choice("status", STATUSES),
        quiet_from=int(rules.number("quiet_from", low=0, high=23)),
        quiet_until=int(rules.number("quiet_until", low=0, high=23)),
        most_per_day=int(rules.number("most_per_day", low=1, high=50)),
        valid_hours=rules.number("valid_hours", low=1, high=48),
        basis=rules.text("basis"),
        feed=relay.text("feed", longest=300, default=""),
        feed_areas=relay.texts("areas", default=[]),
        levels=tuple(_level(row, languages) for row in whole.tables("level")),
    )
    for name in facts.releasers:
        if name not in bodies:
            sender.fault("releasers", f"no body {name!r} in bodies.csv", "use the public id of a body")
    depths = [row.depth_cm for row in facts.levels]
    if depths != sorted(set(depths)):
        whole.fault("level", "depths do not rise from level to level", "order the levels, the mildest first")
    if facts.feed and not facts.feed.startswith("https://"):
        relay.fault("feed", f"`feed` is {facts.feed!r}", "use an https address")
    for table in (sender, rules, relay, whole):
        table.done()
    return facts


def alerts_to_json(facts: AlertFacts) -> dict[str, Any]:
    """Return the facts as JSON."""
    return asdict(facts)


def alerts_from_json(plain: Mapping[str, Any]) -> AlertFacts:
    """Return the facts that `alerts_to_json` wrote."""
    levels = tuple(LevelRow(**row) for row in plain["levels"])
    lists = {name: tuple(plain[name]) for name in ("releasers", "feed_areas")}
    return AlertFacts(**{**plain, **lists, "levels": levels})


def _sender(table: Table) -> str:
    name = table.text("identifier", longest=80)
    if name and not SENDER.match(name):
        table.fault("identifier", f"`identifier` is {name!r}", "use no space, comma, `<` or `&`")
    return name


def _level(row: Table, languages: Collection[str]) -> LevelRow:
    made = LevelRow(
        code=row.slug("code", longest=12),
        official=row.text("official", longest=12),
        depth_cm=row.number("depth_cm", low=0, high=500),
        probability=row.number("probability", low=0.05, high=1),
        within_hours=row.number("within_hours", low=1, high=168),
        severity=row.choice("severity", SEVERITIES),
        breaks_quiet=row.flag("breaks_quiet"),
        names=row.names("names", languages),
        advice=row.names("advice", languages),
    )
    row.done()
    return made
