"""Reading `city.toml`: the facts of a city."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rembug.lib.pack.faults import Faults
from rembug.lib.pack.files import toml_table
from rembug.lib.pack.table import CODE, Table
from rembug.lib.pack.types import (
    CityFacts,
    Depth,
    Dimension,
    EmergencyNumber,
    LegalBasis,
    Names,
    Neighbour,
    Promise,
)

FILE = "city.toml"
LANGUAGES = ("id", "en", "jv", "su", "mad", "min", "ban", "bug")  # languages of the islands and English
SPHERES = ("leadership", "bureaucracy", "civil_society", "business")
LEVELS = ("rw", "kelurahan", "kecamatan", "city", "province", "national", "partner")
DIMENSIONS = ("governance", "branding", "economy", "living", "society", "environment")
DEPTHS = ("dry", "ankle", "calf", "knee", "thigh", "waist", "chest")
UNITS = ("working_days", "calendar_days", "hours")
LIMITS = {  # the fair limits that `reports` knows, with the least and the most that make sense
    "per_device": (1, 1000),
    "per_proof": (1, 1000),
    "new_per_cell": (1, 100_000),
    "surge_spots": (2, 1000),
    "new_per_cell_in_surge": (1, 1_000_000),
}
HOST = re.compile(r"^[a-z0-9-]+(\.[a-z0-9-]+)*$")
T = TypeVar("T")


def read_city(folder: Path, faults: Faults) -> CityFacts | None:
    """Return the facts, or nothing when the file cannot be read at all; every fault is noted."""
    whole = toml_table(folder, faults)
    if whole is None:
        return None
    city = whole.table("city")
    languages = _languages(city)
    bases = _rows(whole, "legal_basis", _legal_basis)
    facts = CityFacts(
        **_identity(city, languages),
        languages=languages,
        channels=_channels(whole.table("channels", optional=True)),
        emergency=_rows(whole, "emergency", lambda row: _emergency(row, languages)),
        emergency_words=_words_by_language(whole.table("emergency_words"), languages),
        dimensions=_dimensions(whole, languages),
        legal_bases=bases,
        promises=_promises(whole, languages, {basis.code for basis in bases}),
        spheres=_vocabulary(whole, "spheres", languages, SPHERES),
        levels=_vocabulary(whole, "levels", languages, LEVELS),
        kinds=_vocabulary(whole, "kinds", languages, ()),
        depths=_depths(whole, languages),
        words=_vocabulary(whole, "words", languages, ()),
        limits=_limits(whole.table("limits", optional=True)),
    )
    for table in (city, whole):
        table.done()
    return facts


def _languages(city: Table) -> tuple[str, ...]:
    languages = city.texts("languages")
    for language in languages:
        if language not in LANGUAGES:
            city.fault("languages", f"language {language!r} is unknown", f"use: {', '.join(LANGUAGES)}")
    if not languages:
        city.fault("languages", "a city needs a language", 'write languages = ["id"]')
    return languages or ("id",)


def _identity(city: Table, languages: tuple[str, ...]) -> dict[str, Any]:
    timezone = city.text("timezone")
    try:
        ZoneInfo(timezone or "?")
    except (ZoneInfoNotFoundError, ValueError):
        city.fault("timezone", f"time zone {timezone!r} does not exist", 'write for example "Asia/Jakarta"')
    hosts = city.texts("hosts", default=[])
    for host in hosts:
        if not HOST.match(host):
            city.fault("hosts", f"{host!r} is no host name", 'write for example "rembug.example.go.id"')
    code = city.text("code", longest=24)
    if code and not CODE.match(code):
        city.fault("code", f"code {code!r} is no Kemendagri code", 'write for example "33.75"')
    unchecked = city.texts("unchecked_languages", default=[])
    for language in set(unchecked) - set(languages):
        city.fault("unchecked_languages", f"{language!r} is no language of this city", "see languages")
    return {
        "slug": city.slug("slug"),
        "code": code,
        "bps_code": city.text("bps_code", default=""),
        "name": city.text("name", longest=80),
        "province": city.text("province", longest=80),
        "timezone": timezone,
        "unchecked_languages": unchecked,
        "hosts": hosts,
        "bbox": _bbox(city),
        "outside_m": city.number("outside_m", low=0, high=100_000),
        "outside_names": city.names("outside_names", languages),
        "neighbours": tuple(_neighbour(row) for row in city.tables("neighbours", optional=True)),
    }


def _bbox(city: Table) -> tuple[float, float, float, float]:
    west, south, east, north = city.numbers("bbox", 4)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        city.fault("bbox", "the box is empty or not on Earth", "write [west, south, east, north] in degrees")
    return west, south, east, north


def _neighbour(row: Table) -> Neighbour:
    neighbour = Neighbour(row.text("code", longest=24), row.text("name", longest=80))
    row.done()
    return neighbour


def _channels(table: Table) -> dict[str, str]:
    channels = {key: table.text(key) for key in table.entries()}
    table.done()
    return channels


def _rows(whole: Table, key: str, read: Callable[[Table], T]) -> tuple[T, ...]:
    rows = []
    for table in whole.tables(key):
        rows.append(read(table))
        table.done()
    return tuple(rows)


def _emergency(row: Table, languages: tuple[str, ...]) -> EmergencyNumber:
    return EmergencyNumber(
        number=row.text("number", longest=20),
        names=row.names("names", languages),
        source=row.text("source"),
        confirmed=row.flag("confirmed"),
    )


def _legal_basis(row: Table) -> LegalBasis:
    return LegalBasis(
        code=row.slug("code", longest=60),
        title=row.text("title"),
        about=row.text("about"),
        source=row.text("source"),
        confirmed=row.flag("confirmed"),
    )


def _promises(whole: Table, languages: tuple[str, ...], bases: set[str]) -> tuple[Promise, ...]:
    def read(row: Table) -> Promise:
        basis = row.text("legal_basis")
        if basis and basis not in bases:
            row.fault("legal_basis", f"no legal basis {basis!r}", "add a [[legal_basis]] with this code")
        return Promise(
            code=row.slug("code", longest=60),
            names=row.names("names", languages),
            amount=int(row.number("amount", low=0, high=1000)),
            unit=row.choice("unit", UNITS),
            legal_basis=basis,
            confirmed=row.flag("confirmed"),
        )

    return _rows(whole, "promise", read)


def _dimensions(whole: Table, languages: tuple[str, ...]) -> tuple[Dimension, ...]:
    found = _rows(
        whole,
        "dimension",
        lambda row: Dimension(
            row.choice("code", DIMENSIONS),
            row.names("names", languages),
            row.texts("aliases", default=[]),
            row.texts("indicators", default=[]),
            row.names("missing", languages, optional=True),
        ),
    )
    missing = set(DIMENSIONS) - {dimension.code for dimension in found}
    if missing or len(found) != len(DIMENSIONS):
        whole.fault("dimension", f"missing: {sorted(missing)}", "write each of the six dimensions once")
    return found


def _vocabulary(
    whole: Table, key: str, languages: tuple[str, ...], required: tuple[str, ...]
) -> dict[str, Names]:
    table = whole.table(key)
    words: dict[str, Names] = {code: table.names(code, languages) for code in table.entries()}
    for code in set(required) - set(words):
        table.fault("", f"[{key}] has no `{code}`", f'add {code} = {{ {languages[0]} = "…" }}')
    if required:
        for code in set(words) - set(required):
            table.fault(code, f"`{code}` is not known in [{key}]", f"use: {', '.join(required)}")
    return words


def _words_by_language(table: Table, languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    words = {language: table.texts(language) for language in table.entries() if language in languages}
    if languages[0] not in words:
        table.fault("", f"[emergency_words] has none in `{languages[0]}`", f'add {languages[0]} = ["…"]')
    table.done()
    return words


def _depths(whole: Table, languages: tuple[str, ...]) -> tuple[Depth, ...]:
    depths = _rows(
        whole,
        "depth",
        lambda row: Depth(
            row.choice("code", DEPTHS),
            int(row.number("low_cm", low=0, high=500)),
            int(row.number("high_cm", low=0, high=500)),
            row.names("names", languages),
            row.names("motorbike", languages, optional=True),
        ),
    )
    if tuple(depth.code for depth in depths) != DEPTHS:
        whole.fault(
            "depth", "the depth classes are not complete or not in order", f"use: {', '.join(DEPTHS)}"
        )
    if any(upper.low_cm != lower.high_cm + 1 for lower, upper in pairwise(depths)):
        whole.fault(
            "depth", "the depth classes leave gaps or overlap", "begin each 1 cm above the one before"
        )
    return depths


def _limits(table: Table) -> dict[str, int]:
    given = set(table.entries())
    limits = {
        key: int(table.number(key, low=low, high=high)) for key, (low, high) in LIMITS.items() if key in given
    }
    table.done()
    return limits
