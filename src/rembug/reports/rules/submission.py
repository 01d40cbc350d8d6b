"""One report as its sender hands it over, before anything is stored: what it may say, and when it is the same."""

import hashlib
import json
import math
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from rembug.lib.errors import FieldFault
from rembug.reports.rules.depth import BY_CODE

CLAIMS = ("present", "absent")  # "absent" is "dry here", or "nothing wrong here"
SETTINGS = ("", "street", "yard", "house")
SINCES = ("", "now", "morning", "yesterday")
LOCATED_BY = ("gps", "map", "area", "import")
LANGUAGES = ("id", "en", "jv")
VISIBILITIES = ("public", "private")
CHANNELS = ("web", "api", "open311", "operator", "import", "campaign")

TEXT_MAX = 2000
LONG_TEXT_MAX = 4000  # by Open311, whose standard promises so many
LANDMARK_MAX = 120
NAME_MAX = 60
REF_MAX = 60
PROOF_MAX = 4000
ANSWERS_MAX = 20
ANSWER_MAX = 200
OLDEST = timedelta(
    days=7
)  # an older sighting says nothing about now; archives come in by the channel "import"
CLOCK_SLACK = timedelta(minutes=5)  # phones' clocks run ahead; the action sets such a time to the server's


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a sender says. Longitude and latitude in degrees (WGS 84), `accuracy_m` the phone's own radius.

    The time is `observed_at` (aware), or `age_s` seconds before it was received (a phone whose clock may be wrong
    counts its own seconds), or neither: now. `area_code` is set where the sender chose a kelurahan; lon and lat
    are then the landmark's or the area's own point. `proof` is no part of the report.
    """

    client_id: UUID
    city: str
    category: str
    lon: float
    lat: float
    located_by: str
    claim: str = "present"
    depth_class: str = ""
    setting: str = ""
    since: str = ""
    observed_at: datetime | None = None
    age_s: float | None = None
    accuracy_m: float | None = None
    area_code: str = ""
    landmark: str = ""
    text: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    language: str = "id"
    visibility: str = "public"
    signed_name: str = ""
    joins_incident: str = ""
    channel: str = "web"
    foreign_ref: str = ""
    proof: str = ""

    def validate(self, *, now: datetime) -> tuple[FieldFault, ...]:
        """Return every fault that needs no database; empty when the report can be taken."""
        return (
            *self._choice_faults(),
            *self._length_faults(),
            *self._place_faults(),
            *self._answer_faults(),
            *self._sense_faults(),
            *self._time_faults(now),
        )

    def seen_at(self, received_at: datetime) -> datetime:
        """Return when it was seen; a time ahead of the server's is the server's."""
        if self.age_s is not None:
            return received_at - timedelta(seconds=self.age_s)
        return min(self.observed_at or received_at, received_at)

    def payload_hash(self) -> str:
        """Return the hex SHA-256 of what the sender said: equal for a re-send, different for other words.

        The id, the way it came in and the proof of work stay out, and the age, which grows while a phone waits
        for a network. Degrees are taken to 7 decimals (1 cm).
        """
        said: dict[str, Any] = {name: getattr(self, name) for name in SAID}
        said["lon"], said["lat"] = f"{self.lon:.7f}", f"{self.lat:.7f}"
        said["accuracy_m"] = None if self.accuracy_m is None else f"{self.accuracy_m:.1f}"
        said["observed_at"] = self.observed_at and self.observed_at.astimezone(UTC).isoformat()
        text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def _choice_faults(self) -> list[FieldFault]:
        allowed = {
            "claim": CLAIMS,
            "depth_class": ("", *BY_CODE),
            "setting": SETTINGS,
            "since": SINCES,
            "located_by": LOCATED_BY,
            "language": LANGUAGES,
            "visibility": VISIBILITIES,
            "channel": CHANNELS,
        }
        return [
            FieldFault(name, "unknown-choice", f"Pilih salah satu: {', '.join(filter(None, choices))}.")
            for name, choices in allowed.items()
            if getattr(self, name) not in choices
        ]

    def _length_faults(self) -> list[FieldFault]:
        limits = {
            "city": 40,
            "category": 40,
            "text": LONG_TEXT_MAX if self.channel == "open311" else TEXT_MAX,
            "landmark": LANDMARK_MAX,
            "signed_name": NAME_MAX,
            "foreign_ref": REF_MAX,
            "area_code": 24,
            "joins_incident": 16,
            "proof": PROOF_MAX,
        }
        faults = [
            FieldFault(name, "too-long", f"Terlalu panjang. Paling banyak {limit} huruf.")
            for name, limit in limits.items()
            if len(getattr(self, name)) > limit
        ]
        # PostgreSQL refuses NUL in text; SQLite would keep it. Both get the same answer.
        faults += [
            FieldFault(name, "control-character", "Hapus huruf yang tidak terlihat, lalu kirim lagi.")
            for name in limits
            if "\x00" in getattr(self, name)
        ]
        return faults

    def _place_faults(self) -> list[FieldFault]:
        faults = []
        if not (math.isfinite(self.lon) and math.isfinite(self.lat)):
            return [FieldFault("lon", "not-a-place", "Pilih tempat di peta atau pilih kelurahan.")]
        if not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90):
            faults.append(FieldFault("lon", "not-a-place", "Pilih tempat di peta atau pilih kelurahan."))
        if self.accuracy_m is not None and not 0 <= self.accuracy_m <= 1_000_000:
            faults.append(
                FieldFault("accuracy_m", "out-of-range", "Ketelitian ditulis dalam meter, 0 atau lebih.")
            )
        return faults

    def _answer_faults(self) -> list[FieldFault]:
        if len(self.answers) > ANSWERS_MAX:
            return [FieldFault("answers", "too-many", f"Paling banyak {ANSWERS_MAX} jawaban.")]
        return [
            FieldFault(
                "answers", "bad-answer", f"Jawaban ditulis dengan kata, paling banyak {ANSWER_MAX} huruf."
            )
            for key, value in self.answers.items()
            if not (isinstance(key, str) and isinstance(value, str))
            or max(len(key), len(value)) > ANSWER_MAX
            or "\x00" in key + value
        ]

    def _sense_faults(self) -> list[FieldFault]:
        if self.claim == "absent" and self.depth_class not in {"", "dry"}:
            return [FieldFault("depth_class", "dry-has-no-depth", "Pilih kering, atau pilih dalamnya air.")]
        if self.claim == "present" and self.depth_class == "dry":
            return [FieldFault("claim", "dry-is-absent", "Kering berarti tidak ada air: claim harus absent.")]
        return []

    def _time_faults(self, now: datetime) -> list[FieldFault]:
        if self.age_s is not None:
            return self._age_faults()
        if self.observed_at is None:
            return []
        if self.observed_at.tzinfo is None:
            return [
                FieldFault(
                    "observed_at", "no-offset", "Tulis waktu dengan zona, misalnya 2026-03-05T04:10+07:00."
                )
            ]
        if self.channel == "import":
            return []
        if self.observed_at > now + CLOCK_SLACK:
            return [FieldFault("observed_at", "in-the-future", "Waktu kejadian belum terjadi. Periksa jam.")]
        if self.observed_at < now - OLDEST:
            return [FieldFault("observed_at", "too-old", "Laporan paling lama 7 hari yang lalu.")]
        return []

    def _age_faults(self) -> list[FieldFault]:
        if self.observed_at is not None:
            return [FieldFault("age_s", "two-times", "Isi observed_at atau age_s, jangan keduanya.")]
        if not 0 <= (self.age_s or 0.0) <= OLDEST.total_seconds():
            return [FieldFault("age_s", "out-of-range", "Umur laporan 0 sampai 604800 detik.")]
        return []


SAID = tuple(
    field_.name
    for field_ in fields(Submission)
    if field_.name not in {"client_id", "channel", "proof", "age_s"}
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a report that is stored: its number, its secret, and the log entry that holds it.

    `token` is empty on a repeat of a report whose secret this caller cannot know. `created` is False on a repeat.
    """

    code: str
    token: str
    number_text: str
    entry_hash: str
    created: bool
    received_at: datetime
