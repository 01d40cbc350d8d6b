"""What the receipt page shows, and what it may ask for.

The page reads `queries.receipt.receipt(token)`; it asks `actions.own` (follow up, correct, withdraw) and
`actions.photo.add_photo`, whose right is the token.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SimilarIncident:
    """A happening that may be the one the sender sees. Distance in metres, rounded to 10."""

    code: str
    title: str
    distance_m: int
    minutes_ago: int
    depth_class: str
    witness_count: int


@dataclass(frozen=True, slots=True)
class ReadBy:
    """A body that received the report; `read_at` is None until it has looked."""

    body_name: str
    delivered_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """A public reply, signed with the office."""

    office: str
    body_name: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowupLine:
    """What the reporter said later: "still" or "gone"."""

    value: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """A photo and how far it is: received, ready, public, hidden, refused."""

    state: str
    received_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """All that the holder of the link may know. `state`: active, withdrawn, removed, erased.

    `place_public` and `text_public` are exactly what everybody sees; empty when nothing is public.
    """

    code: str
    city: str
    category: str
    category_name: str
    claim: str
    depth_class: str
    setting: str
    since: str
    state: str
    rung: str
    is_public: bool
    received_at: datetime
    observed_at: datetime
    place_public: str
    text_public: str
    signed_name: str
    text: str
    landmark: str
    entry_hash: str
    incident_code: str = ""
    incident_witnesses: int = 0
    read_by: tuple[ReadBy, ...] = ()
    replies: tuple[ReplyLine, ...] = ()
    followups: tuple[FollowupLine, ...] = ()
    corrections: tuple[str, ...] = ()
    photos: tuple[PhotoLine, ...] = ()
    is_flood: bool = False
