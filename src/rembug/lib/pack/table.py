"""Reading one TOML table: every value is asked for by name and kind, every fault is noted, none stops the reading."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from rembug.lib.pack.faults import Faults
from rembug.lib.pack.lines import Path, line_of

SLUG = re.compile(r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$")
CODE = re.compile(r"^[0-9]{2}(\.[0-9A-Za-z]+){1,4}$")


class Table:
    """A table and the place where it stands. What is asked for and absent is a fault; so is what nobody asks for."""

    def __init__(
        self, data: Mapping[str, Any], faults: Faults, lines: Mapping[Path, int], path: Path = ()
    ) -> None:
        self._data = data
        self._faults = faults
        self._lines = lines
        self._path = path
        self._asked: set[str] = set()

    def fault(self, key: str, problem: str, remedy: str) -> None:
        """Note a fault of one key."""
        path = (*self._path, key) if key else self._path
        self._faults.add(line_of(self._lines, path), problem, remedy)

    def entries(self) -> list[str]:
        """Return the keys as they stand."""
        return list(self._data)

    def _value(self, key: str, kind: type | tuple[type, ...], called: str, default: Any) -> Any:
        self._asked.add(key)
        value = self._data.get(key, default)
        if value is None:
            self.fault(key, f"`{key}` is missing", f"add `{key} = …` ({called})")
        elif not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault(key, f"`{key}` is {value!r}", f"write {called}")
        else:
            return value
        return None

    def text(self, key: str, *, longest: int = 400, default: str | None = None) -> str:
        """Return a non-empty text (an empty one only as default)."""
        value = self._value(key, str, "a text in quotes", default)
        if value is None:
            return ""
        if not value.strip() and default is None:
            self.fault(key, f"`{key}` is empty", "write a text, or leave the key out where it is optional")
        if len(value) > longest:
            self.fault(key, f"`{key}` has {len(value)} characters", f"shorten it to {longest}")
        return str(value).strip()

    def slug(self, key: str, *, longest: int = 40) -> str:
        """Return a short name for addresses: small letters, digits, hyphens."""
        value = self.text(key, longest=longest)
        if value and not SLUG.match(value):
            self.fault(key, f"`{key}` is {value!r}", "use small letters a–z, digits and hyphens")
        return value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false."""
        return bool(self._value(key, bool, "true or false, without quotes", default))

    def number(self, key: str, *, low: float, high: float, default: float | None = None) -> float:
        """Return a number between two limits, both included."""
        value = self._value(key, (int, float), f"a number from {low:g} to {high:g}", default)
        if value is None:
            return low
        if not low <= value <= high:
            self.fault(key, f"`{key}` is {value}", f"write a number from {low:g} to {high:g}")
            return low
        return float(value)

    def choice(self, key: str, allowed: Collection[str], *, default: str | None = None) -> str:
        """Return one of the allowed words."""
        value = self.text(key, default=default)
        if value and value not in allowed:
            self.fault(key, f"`{key}` is {value!r}", f"use one of: {', '.join(sorted(allowed))}")
        return value

    def texts(self, key: str, *, default: list[str] | None = None) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._value(key, list, 'a list of texts, ["…", "…"]', default)
        if value is None:
            return ()
        if not all(isinstance(item, str) and item.strip() for item in value):
            self.fault(key, f"`{key}` holds something that is no text", 'write ["…", "…"]')
            return ()
        if len(set(value)) < len(value):
            self.fault(key, f"`{key}` says something twice", "keep each word once")
        return tuple(value)

    def numbers(self, key: str, count: int) -> tuple[float, ...]:
        """Return a list of exactly so many numbers."""
        value = self._value(key, list, f"a list of {count} numbers", None)
        if value is None:
            return (0.0,) * count
        if len(value) != count or not all(isinstance(item, int | float) for item in value):
            self.fault(key, f"`{key}` is {value!r}", f"write {count} numbers")
            return (0.0,) * count
        return tuple(float(item) for item in value)

    def day(self, key: str) -> str:
        """A calendar day, as ISO date."""
        value = self._value(key, date, "a day without quotes, such as 2026-12-31", None)
        return value.isoformat() if type(value) is date else ""

    def listed(self, key: str) -> Any:
        """Return a list as it stands, for a reader that checks each entry itself."""
        return self._value(key, list, "a list", None)

    def table(self, key: str, *, optional: bool = False) -> "Table":
        """Return a table inside this one."""
        value = self._value(key, Mapping, f"a table [{key}]", {} if optional else None)
        return Table(value or {}, self._faults, self._lines, (*self._path, key))

    def tables(self, key: str, *, optional: bool = False) -> list["Table"]:
        """Return the tables of a list `[[key]]`."""
        value = self._value(key, list, f"tables [[{key}]]", [] if optional else None) or []
        if not all(isinstance(item, Mapping) for item in value):
            self.fault(key, f"`{key}` holds something that is no table", f"write [[{key}]] tables")
            return []
        return [
            Table(item, self._faults, self._lines, (*self._path, key, place))
            for place, item in enumerate(value)
        ]

    def names(self, key: str, languages: Collection[str], *, optional: bool = False) -> dict[str, str]:
        """Return words by language; the city's first two languages must be there, others fall back."""
        table = self.table(key, optional=optional)
        found = {language: table.text(language) for language in table.entries() if language in languages}
        for language in table.entries():
            if language not in languages:
                table.fault(language, f"`{language}` is no language of this city", "see [city] languages")
        required = [] if optional and not found else list(languages)[:1]
        for language in required:
            if language not in found:
                self.fault(key, f"`{key}` has no words in `{language}`", f'add {key}.{language} = "…"')
        return found

    def done(self) -> None:
        """Note every key that nobody asked for: most are misspelt."""
        for key in self._data:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.fault(key, f"`{key}` is not known here", f"remove it, or use one of: {known}")
