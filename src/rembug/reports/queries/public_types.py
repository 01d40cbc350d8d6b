"""What public pages may know of reports: frozen values without personal data, places and words already masked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from rembug.water.rules.context import TideContext


@dataclass(frozen=True, slots=True)
class CategoryFace:
    """A category as pages show it; `names` maps a language to its name."""

    code: str
    names: Mapping[str, str]
    icon: str = "other"
    is_flood: bool = False

    @property
    def name(self) -> str:
        """Return the name in the reader's language, else in Indonesian, else the code."""
        return self.names.get(get_language() or "id") or self.names.get("id") or self.code


@dataclass(frozen=True, slots=True)
class AreaFace:
    """An area by its Kemendagri code, its address part and its name."""

    code: str
    slug: str
    name: str
    parent_name: str = ""


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """One incident as a list shows it. Times are aware UTC; `lon`/`lat` (WGS 84) are the masked public place.

    `depth_class` is empty when no depth was said; `probability` is 0–1; `area` is None outside the city.
    """

    code: str
    category: CategoryFace
    area: AreaFace | None
    started_at: datetime
    last_at: datetime
    ended_at: datetime | None
    depth_class: str
    depth_low_cm: int | None
    depth_high_cm: int | None
    report_count: int
    witness_count: int
    dry_count: int
    probability: float
    rung: str
    lon: float
    lat: float
    landmark: str = ""
    reply_count: int = 0


@dataclass(frozen=True, slots=True)
class ReportCard:
    """One report as a list shows it; `words` are the public ones, in which numbers and names are masked."""

    code: str
    category: CategoryFace
    area: AreaFace | None
    observed_at: datetime
    received_at: datetime
    claim: str  # present, absent
    depth_class: str
    words: str
    landmark: str
    probability: float
    rung: str
    lon: float | None = None
    lat: float | None = None
    signed_name: str = ""


@dataclass(frozen=True, slots=True)
class PublicPhoto:
    """A photo that a person has looked at and released; `name` is its address part. Sizes in pixels."""

    name: str
    width: int
    height: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PublicReply:
    """A body's public sentence, signed with the office."""

    code: str
    office: str
    body: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecipientFace:
    """A group or an office that received the incident. `read_at` is None until somebody there opened it."""

    name: str
    kind: str
    delivered_at: datetime
    read_at: datetime | None
    is_example: bool = False
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the probability is what it is: a sentence in the reader's language and its weight in log-odds."""

    sentence: str
    weight: float


@dataclass(frozen=True, slots=True)
class Step:
    """One line of history: when, and what happened, as a sentence that names the body."""

    at: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    """Everything public about one incident."""

    card: IncidentCard
    reports: tuple[ReportCard, ...]
    reasons: tuple[Reason, ...]
    photos: tuple[PublicPhoto, ...]
    replies: tuple[PublicReply, ...]
    recipients: tuple[RecipientFace, ...]
    history: tuple[Step, ...]
    reports_hidden: int = 0  # private ones: counted, not shown
    reports_more: int = 0  # public ones beyond the first hundred


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything public about one report. `incident_code` is empty while it stands alone."""

    card: ReportCard
    incident_code: str
    reasons: tuple[Reason, ...]
    photos: tuple[PublicPhoto, ...]
    corrections: tuple[Step, ...]
    replies: tuple[PublicReply, ...]
    recipients: tuple[RecipientFace, ...]
    history: tuple[Step, ...]
    state: str = "active"  # withdrawn, removed, erased: the words are gone, the page says so
    state_reason: str = ""
    tide: TideContext | None = None  # what the sea did when it was seen


@dataclass(frozen=True, slots=True)
class AreaNow:
    """What is happening in one kelurahan now, over its live flood incidents."""

    area: AreaFace
    report_count: int
    incident_count: int
    deepest: str  # depth class, empty when nobody said
    since: datetime
    last_at: datetime
    probability: float  # of the surest incident
    rung: str


@dataclass(frozen=True, slots=True)
class HappeningNow:
    """The city now: areas deepest first, then the newest live incidents of every category."""

    at: datetime
    areas: tuple[AreaNow, ...]
    incidents: tuple[IncidentCard, ...]
    incident_total: int
    report_total: int
    last_received_at: datetime | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asked the list for; empty means everything. `state`: now, ended, all."""

    category: str = ""
    area: str = ""
    state: str = "now"
    rung: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class IncidentList:
    """One page of incidents, newest first; `next_after` is the key of the next page, empty at the end."""

    items: tuple[IncidentCard, ...]
    total: int
    next_after: str = ""


@dataclass(frozen=True, slots=True)
class DayCount:
    """Reports of one local day in an area and the deepest class said."""

    day: date
    reports: int
    deepest: str


@dataclass(frozen=True, slots=True)
class BodyFace:
    """A body that looks after an area."""

    name: str
    kind: str
    public_id: str
    is_example: bool = False
    joined: bool = True


@dataclass(frozen=True, slots=True)
class HourOfWater:
    """The probability (0-1) that water stands somewhere in a kelurahan at the end of a clock hour."""

    at: datetime
    probability: float


@dataclass(frozen=True, slots=True)
class AreaView:
    """One area page: now, the day asked for, the last 30 days, who looks after it, what was said."""

    area: AreaFace
    now: AreaNow | None
    incidents: tuple[IncidentCard, ...]  # live ones, or those of the day
    days: tuple[DayCount, ...]  # 30 days, oldest first
    bodies: tuple[BodyFace, ...]
    replies: tuple[PublicReply, ...]
    categories: tuple[tuple[CategoryFace, int], ...]  # reports by category over the 30 days
    approximate: bool = True  # its shape is our own drawing, not an official boundary
    water: tuple[HourOfWater, ...] = ()  # the last 24 clock hours, oldest first; empty for a kecamatan


@dataclass(frozen=True, slots=True)
class Bin:
    """Reports of similar probability: mean of what we said, share that proved true (both 0–1), how many."""

    said: float
    proved: float
    count: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often our probabilities were right, from reports that people decided. Scores are None without data."""

    bins: tuple[Bin, ...]
    decided: int
    brier: float | None
    ece: float | None
    since: datetime | None
