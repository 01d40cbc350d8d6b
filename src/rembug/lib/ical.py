"""Calendar feeds (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LONGEST = 73  # octets a line, of the 75 that are allowed


@dataclass(frozen=True, slots=True)
class Event:
    """One event: a stable name, from when to when, what to say, where."""

    uid: str
    start: datetime
    end: datetime
    title: str
    text: str
    place: str = ""
    cancelled: bool = False
    busy: bool = False  # whether it takes the reader's time
    alarms: tuple[timedelta, ...] = ()  # how long before its start the reader's phone rings


def calendar(name: str, made_at: datetime, events: Iterable[Event], ttl: timedelta) -> str:
    """Return the feed; the same event keeps its name, so that calendars update it instead of adding one."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rembug//Rembug//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:PT{int(ttl.total_seconds() // 3600)}H",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{_time(made_at)}",
            f"DTSTART:{_time(event.start)}",
            f"DTEND:{_time(event.end)}",
            f"SUMMARY:{_text(event.title)}",
            f"DESCRIPTION:{_text(event.text)}",
            *([f"LOCATION:{_text(event.place)}"] if event.place else []),
            *(["STATUS:CANCELLED"] if event.cancelled else []),
            "TRANSP:OPAQUE" if event.busy else "TRANSP:TRANSPARENT",
            *(line for before in event.alarms for line in _alarm(before, event.title)),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _alarm(before: timedelta, title: str) -> tuple[str, ...]:
    trigger = f"TRIGGER:-PT{int(before.total_seconds() // 60)}M"
    return ("BEGIN:VALARM", "ACTION:DISPLAY", trigger, f"DESCRIPTION:{_text(title)}", "END:VALARM")


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST:
            parts.append(part)
            part = letter
        else:
            part += letter
    return "\r\n ".join([*parts, part])
