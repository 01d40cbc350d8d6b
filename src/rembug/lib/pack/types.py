"""What comes out of a pack: frozen, typed, already checked."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from rembug.lib.pack.alerts import AlertFacts
from rembug.lib.pack.cases import CaseFacts
from rembug.lib.pack.confidential import ConfidentialFacts
from rembug.lib.pack.desk import DeskFacts
from rembug.lib.pack.lessons import LessonRow
from rembug.lib.pack.planning import PlanningFacts
from rembug.lib.pack.water_types import WaterFacts

Names = Mapping[str, str]  # language -> words


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """A number to call. `source` says who published it."""

    number: str
    names: Names
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the six smart-city dimensions, with the words that texts use for it.

    `indicators`: its own measures. `missing`: what would be needed to measure it, where nothing here can.
    """

    code: str
    names: Names
    aliases: tuple[str, ...]
    indicators: tuple[str, ...] = ()
    missing: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A rule: its official title, where we read it, and whether its own text was read (`confirmed`)."""

    code: str
    title: str
    about: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """A time within which a service is promised. `unit`: working_days, calendar_days, hours."""

    code: str
    names: Names
    amount: int
    unit: str
    legal_basis: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Depth:
    """A depth class in centimetres (both ends included), on a person and on a motorbike."""

    code: str
    low_cm: int
    high_cm: int
    names: Names
    motorbike: Names


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A government next door: its reports are accepted and labelled, its areas are not ours."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class TermsText:
    """One version of a text that people agree to or are told, in one language. `sha256` is of its bytes."""

    code: str
    version: str
    language: str
    title: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PopulationRow:
    """How many people lived in an area in a year, always taken as approximate. `source` says who counted."""

    code: str
    population: int
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class CityFacts:
    """A city without its areas, bodies and categories. `bbox`: west, south, east, north in degrees."""

    slug: str
    code: str
    bps_code: str
    name: str
    province: str
    timezone: str
    languages: tuple[str, ...]
    unchecked_languages: tuple[str, ...]
    hosts: tuple[str, ...]
    bbox: tuple[float, float, float, float]
    outside_m: float
    outside_names: Names
    neighbours: tuple[Neighbour, ...]
    channels: Mapping[str, str]
    emergency: tuple[EmergencyNumber, ...]
    emergency_words: Mapping[str, tuple[str, ...]]
    dimensions: tuple[Dimension, ...]
    legal_bases: tuple[LegalBasis, ...]
    promises: tuple[Promise, ...]
    spheres: Mapping[str, Names]
    levels: Mapping[str, Names]
    kinds: Mapping[str, Names]
    depths: tuple[Depth, ...]
    words: Mapping[str, Names]
    limits: Mapping[str, int]
    terms: tuple[TermsText, ...] = ()
    responsible: Mapping[str, str] = field(default_factory=dict)  # category -> kind of body that handles it
    population: tuple[PopulationRow, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area with its shape as a GeoJSON geometry (degrees, outer rings counter-clockwise)."""

    code: str
    slug: str
    name: str
    level: str
    parent_code: str
    aliases: tuple[str, ...]
    geometry: Mapping[str, Any]
    approximate: bool
    source: str


@dataclass(frozen=True, slots=True)
class LandmarkRow:
    """A place that people name instead of an address."""

    name: str
    lon: float
    lat: float
    area_code: str
    aliases: tuple[str, ...]
    approximate: bool


@dataclass(frozen=True, slots=True)
class BodyRow:
    """An organisation. `public_id` is unique over all cities: the city's slug and the id in the pack."""

    public_id: str
    name: str
    kind: str
    sphere: str
    level: str
    state: str
    areas: tuple[str, ...]
    categories: tuple[str, ...]
    is_example: bool
    about: str


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """What can be reported. Distances in metres, times in seconds; questions as the forms read them."""

    code: str
    names: Names
    hints: Names
    icon: str
    position: int
    dimension: str
    sensitivity: str
    is_flood: bool
    questions: tuple[Mapping[str, Any], ...]
    link_m: float
    link_s: float
    live_s: float
    responsible: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack, checked. `digest` is the SHA-256 of its files: equal packs have equal digests."""

    facts: CityFacts
    areas: tuple[AreaRow, ...]
    landmarks: tuple[LandmarkRow, ...]
    bodies: tuple[BodyRow, ...]
    categories: tuple[CategoryRow, ...]
    digest: str
    water: WaterFacts | None = None
    alerts: AlertFacts | None = None
    cases: CaseFacts | None = None
    lessons: tuple[LessonRow, ...] = ()
    planning: PlanningFacts | None = None
    confidential: ConfidentialFacts | None = None
    desk: DeskFacts | None = None


def facts_to_json(facts: CityFacts) -> dict[str, Any]:
    """Return the facts as plain JSON values."""
    return asdict(facts)


def facts_from_json(data: Mapping[str, Any]) -> CityFacts:
    """Return the facts again from what `facts_to_json` gave; unknown keys of a newer version are dropped."""
    plain = {key: value for key, value in data.items() if key in CityFacts.__dataclass_fields__}
    for key, kind in _ROWS.items():
        plain[key] = tuple(kind(**row) for row in plain.get(key, ()))
    for key in ("languages", "unchecked_languages", "hosts", "bbox"):
        plain[key] = tuple(plain[key])
    plain["emergency_words"] = {key: tuple(words) for key, words in plain["emergency_words"].items()}
    for row in plain["dimensions"]:
        object.__setattr__(row, "aliases", tuple(row.aliases))
        object.__setattr__(row, "indicators", tuple(row.indicators))
    return CityFacts(**plain)


_ROWS: dict[str, Any] = {
    "neighbours": Neighbour,
    "emergency": EmergencyNumber,
    "dimensions": Dimension,
    "legal_bases": LegalBasis,
    "promises": Promise,
    "depths": Depth,
    "terms": TermsText,
    "population": PopulationRow,
}
