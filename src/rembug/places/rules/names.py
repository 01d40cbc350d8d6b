"""Finding a place by its name, however it is spelt; never silently the wrong one.

A name is *sure* only when, freed of spaces and marks, it equals one name or alias and no other. Everything else
(a likeness, a part, two equals) is offered to choose from.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

LIKE = 0.8  # share of letters in common order; "Kalibaru" to "Kalibaros" is 0.82, "Kauman" to "Klego" 0.18
MOST = 6
SHORTEST = 3
PREFIX = re.compile(r"^(kelurahan|kel|kecamatan|kec|kota|kabupaten|kab|desa|ds|rw)\b[.\s]*", re.IGNORECASE)
LEVELS = {
    "kelurahan": "kelurahan",
    "kel": "kelurahan",
    "kecamatan": "kecamatan",
    "kec": "kecamatan",
    "kota": "city",
    "rw": "rw",
}
ELSEWHERE = {"kabupaten", "kab", "desa", "ds"}  # governments of these kinds are not areas of a city


@dataclass(frozen=True, slots=True)
class Named:
    """Something that can be found. `level` is that of an area, or `landmark`; `code` the area's code."""

    code: str
    name: str
    level: str
    lon: float
    lat: float
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A thing found, and how like the words are (1 is equal)."""

    code: str
    name: str
    level: str
    lon: float
    lat: float
    likeness: float


@dataclass(frozen=True, slots=True)
class Finding:
    """`sure`: the one thing that was named. `maybe`: what could have been meant, most alike first."""

    sure: Match | None
    maybe: tuple[Match, ...]


def plain(text: str) -> str:
    """Return the letters and digits of a text, small and without accents: "Pasir Kraton-Kramat" → pasirkratonkramat."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in bare if letter.isalnum() and letter.isascii())


def find(text: str, things: Iterable[Named]) -> Finding:
    """Return what a text names among the things of a city."""
    whole, things = plain(text), list(things)
    equal = [thing for thing in things if whole and whole in _spellings(thing)]
    if not equal:
        prefix = PREFIX.match(text.strip())
        if prefix:
            kind = prefix[1].casefold()
            rest = text.strip()[prefix.end() :]
            things = [] if kind in ELSEWHERE else [t for t in things if LEVELS.get(kind) == t.level]
            text, whole = rest, plain(rest)
            equal = [thing for thing in things if whole and whole in _spellings(thing)]
    if len(equal) == 1:
        return Finding(_match(equal[0], 1.0), ())
    if equal:
        return Finding(None, tuple(_match(thing, 1.0) for thing in equal))
    return Finding(None, _alike(text, whole, things))


def _spellings(thing: Named) -> set[str]:
    return {plain(name) for name in (thing.name, *thing.aliases)}


def _alike(text: str, whole: str, things: list[Named]) -> tuple[Match, ...]:
    if len(whole) < SHORTEST:
        return ()
    words = f" {' '.join(re.findall(r'[a-z0-9]+', text.casefold()))} "
    scored = [
        _match(thing, max(_likeness(name, whole, words) for name in (thing.name, *thing.aliases)))
        for thing in things
    ]
    likely = sorted((m for m in scored if m.likeness >= LIKE), key=lambda m: (-m.likeness, m.code, m.name))
    return tuple(likely[:MOST])


def _likeness(name: str, whole: str, words: str) -> float:
    key = plain(name)
    spoken = " ".join(re.findall(r"[a-z0-9]+", name.casefold()))
    if f" {spoken} " in words:  # "jalan Truntum kelurahan Degayu" names Degayu among other words
        return 0.95
    if len(whole) >= SHORTEST and key.startswith(whole):  # the beginning, as people type
        return 0.9
    if words.strip() in spoken.split():  # "panjang" is part of four names
        return 0.85
    return SequenceMatcher(None, key, whole).ratio()


def _match(thing: Named, likeness: float) -> Match:
    return Match(thing.code, thing.name, thing.level, thing.lon, thing.lat, round(likeness, 3))
