"""Tables and chats of other channels as plain complaints; what cannot be read is refused with its reason."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

NUMBER_MAX, WORDS_MAX = 80, 1200
ROWS_MAX = 50_000
MESSAGE = re.compile(
    r"^\u200e?\[?(\d{1,2})[/.](\d{1,2})[/.](\d{2,4}),? (\d{1,2})[.:](\d{2})(?:[.:]\d{2})?\]?(?: -)? "
    r"[^:\n]{1,60}: (.*)$"
)
# Lines of the form in which people say who they are: they stay in the other channel.
PERSONAL = re.compile(
    r"^\W*(nama|nik|no\W*ktp|ktp|alamat|no\W*hp|hp|telepon|telp|wa|email|e-mail|identitas|pelapor)\b.*[:=]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint as the other channel has it."""

    line: int
    number: str
    at: datetime | None
    words: str
    category: str
    place: str
    lat: str
    lon: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be taken."""

    line: int
    reason: str


def table_rows(
    text: str, columns: Mapping[str, str], delimiter: str, date_format: str, zone: tzinfo
) -> Iterator[Complaint | Refused]:
    """Yield the rows of a table; a table without the headings of the pack is one refusal."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    missing = sorted(heading for heading in columns.values() if heading not in (reader.fieldnames or ()))
    if missing:
        yield Refused(1, f"kolom tidak ada: {', '.join(missing)}. Sesuaikan [channel.columns] di cases.toml")
        return
    try:
        for row in reader:
            if reader.line_num > ROWS_MAX:
                yield Refused(reader.line_num, f"paling banyak {ROWS_MAX} baris sekali impor")
                return
            said = {field: (row.get(heading) or "").strip() for field, heading in columns.items()}
            yield _row(reader.line_num, said, date_format, zone)
    except csv.Error as error:
        yield Refused(reader.line_num, f"baris tidak terbaca: {error}")


def _row(line: int, said: Mapping[str, str], date_format: str, zone: tzinfo) -> Complaint | Refused:
    number = " ".join(said.get("number", "").split())
    if not number or len(number) > NUMBER_MAX:
        return Refused(line, "tanpa nomor, atau nomornya terlalu panjang")
    try:
        at = _moment(said.get("at", ""), date_format, zone)
    except ValueError:
        return Refused(line, f"waktu {said['at'][:40]!r} tidak terbaca. Sesuaikan date_format di cases.toml")
    rest = {field: said.get(field, "") for field in ("category", "place", "lat", "lon")}
    return Complaint(line=line, number=number, at=at, words=without_persons(said.get("words", "")), **rest)


def _moment(raw: str, date_format: str, zone: tzinfo) -> datetime | None:
    if not raw:
        return None
    at = datetime.strptime(raw, date_format) if date_format else datetime.fromisoformat(raw)  # noqa: DTZ007
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(
        UTC
    )  # a table without zones has the city's


def chat_rows(text: str, zone: tzinfo) -> Iterator[Complaint | Refused]:
    """Yield the messages of a WhatsApp export. Authors are dropped; the number is made of the message itself."""
    waiting: tuple[int, datetime, list[str]] | None = None
    for line, raw in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        found = MESSAGE.match(raw)
        if found is None:
            if waiting is not None:
                waiting[2].append(raw)
            continue
        if waiting is not None:
            yield _message(*waiting)
        waiting = None
        day, month, year, hour, minute = (int(part) for part in found.groups()[:5])
        try:
            at = datetime(year + 2000 if year < 100 else year, month, day, hour, minute, tzinfo=zone)
        except ValueError:
            yield Refused(line, "waktu pesan tidak terbaca")
            continue
        waiting = (line, at.astimezone(UTC), [found[6]])
    if waiting is not None:
        yield _message(*waiting)


def _message(line: int, at: datetime, said: list[str]) -> Complaint:
    whole = "\n".join(said)
    words = without_persons(whole)
    digest = hashlib.sha256(f"{at.isoformat()}\x1f{whole}".encode()).hexdigest()
    return Complaint(line, f"WA-{digest[:12].upper()}", at, words, "", words, "", "")


def without_persons(text: str) -> str:
    """Leave out the lines in which people say who they are, and what no database stores."""
    lines = [line for line in text.replace("\x00", "").splitlines() if not PERSONAL.match(line)]
    return "\n".join(lines).strip()[:WORDS_MAX]
