"""What comes out of a photo: a clean `Photo`, or a `Refusal` that says what to do. No decoder here."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import StrEnum

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MIN_SIDE = 32
SIDES = (1600, 800, 240)
"""Longest sides of the three public sizes, in pixels. A smaller photo is never enlarged."""


class Reason(StrEnum):
    """Why a photo was not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SMALL = "too_small"
    DAMAGED = "damaged"
    TOO_HEAVY = "too_heavy"
    UNAVAILABLE = "unavailable"


REMEDY: dict[Reason, dict[str, str]] = {
    Reason.EMPTY: {
        "id": "Foto ini kosong. Pilih atau ambil foto lagi.",
        "en": "This photo is empty. Choose it or take it again.",
    },
    Reason.TOO_LARGE: {
        "id": "Foto lebih dari 10 MB. Kirim ukuran yang lebih kecil.",
        "en": "The photo is larger than 10 MB. Send a smaller size.",
    },
    Reason.WRONG_TYPE: {
        "id": "Berkas ini bukan foto. Kirim JPEG, PNG, WebP, atau HEIC.",
        "en": "This file is not a photo. Send JPEG, PNG, WebP or HEIC.",
    },
    Reason.TOO_MANY_PIXELS: {
        "id": "Foto lebih dari 40 megapiksel. Kecilkan dulu, lalu kirim.",
        "en": "The photo has more than 40 megapixels. Reduce it, then send it.",
    },
    Reason.TOO_SMALL: {
        "id": "Foto terlalu kecil untuk dilihat. Kirim foto aslinya.",
        "en": "The photo is too small to see. Send the original.",
    },
    Reason.DAMAGED: {
        "id": "Foto rusak atau terpotong. Kirim lagi, atau ambil foto baru.",
        "en": "The photo is damaged or cut off. Send it again or take a new one.",
    },
    Reason.TOO_HEAVY: {
        "id": "Foto ini terlalu berat untuk dibuka. Ambil foto baru.",
        "en": "This photo is too heavy to open. Take a new one.",
    },
    Reason.UNAVAILABLE: {
        "id": "Foto belum dapat diolah. Coba lagi sebentar.",
        "en": "The photo cannot be handled just now. Try again in a moment.",
    },
}
"""What the sender should do, by reason and language."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A photo that was not taken; `detail` is for the log and never holds words of the file."""

    reason: Reason
    detail: str = ""

    @property
    def message_key(self) -> str:
        """The key under which a page finds the sentence for the sender."""
        return f"photo.{self.reason.value}"

    @property
    def may_retry(self) -> bool:
        """Whether the same bytes may succeed later, so that a job should keep them."""
        return self.reason is Reason.UNAVAILABLE

    def remedy(self, language: str = "id") -> str:
        """Say in one or two short sentences what the sender should do."""
        sentences = REMEDY[self.reason]
        return sentences.get(language, sentences["id"])


@dataclass(frozen=True, slots=True)
class GpsFix:
    """Where the camera says it was: degrees WGS 84, metres, UTC. A private signal."""

    lon: float
    lat: float
    accuracy_m: float | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class CameraNote:
    """What the EXIF block said before it was dropped. Private: offered to the sender, never published.

    `taken_local` is the camera's wall clock without a zone; `utc_offset_min` is known for newer phones only.
    """

    taken_local: datetime | None = None
    utc_offset_min: int | None = None
    gps: GpsFix | None = None

    def taken_at(self, assumed_zone: tzinfo) -> datetime | None:
        """Return the moment of the shot in UTC; the zone is assumed where the camera did not say it."""
        if self.taken_local is None:
            return self.gps.at if self.gps else None
        zone = assumed_zone
        if self.utc_offset_min is not None:
            zone = timezone(timedelta(minutes=self.utc_offset_min))
        return self.taken_local.replace(tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Rendition:
    """One clean progressive JPEG; `side` is the wanted longest side, width and height are the real ones."""

    side: int
    width: int
    height: int
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that is safe to store. `key` is random: nothing of the sender's file name survives.

    `phash` is None where the picture is too plain (a black night) to be told from another.
    `sha256` is that of the bytes as sent. `peak_mb` and `cpu_s` are what the decoding took.
    """

    key: str
    sha256: str
    kind: str
    renditions: tuple[Rendition, ...]
    phash: int | None
    camera: CameraNote
    peak_mb: float
    cpu_s: float

    def file_name(self, rendition: Rendition) -> str:
        """Return the storage name of one size, e.g. `3f…c2-800.jpg`."""
        return f"{self.key}-{rendition.side}.jpg"
