"""Reading a message that somebody wrote to the city: what, how deep, since when, its number, a place in degrees.

A guess that a person looks over before anything is stored. The words are Indonesian and Javanese as people write them.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rembug.reports.rules.depth import depth_class_of

# Kind of report -> what people write. The order decides where two fit equally well.
KINDS: Mapping[str, tuple[str, ...]] = {
    "dyke": ("tanggul", "pompa", "pintu air", "jebol"),
    "drain": ("got", "selokan", "saluran", "drainase", "gorong", "mampet", "mampat", "buntet", "buntu"),
    "rob": (
        "rob",
        "banjir",
        "genangan",
        "tergenang",
        "terendam",
        "air masuk",
        "air naik",
        "air pasang",
        "banjire",
    ),
    "waste": ("sampah", "uwuh", "limbah"),
    "light": ("lampu", "pju", "penerangan"),
    "road": ("jalan rusak", "berlubang", "lubang", "aspal", "jalan ambles", "ambles"),
}
# Class of depth -> what people write; body parts first, then what the motorbike says.
DEPTHS: Mapping[str, tuple[str, ...]] = {
    "chest": ("sedada", "sak dada", "dada", "leher"),
    "waist": ("sepinggang", "pinggang", "seperut", "perut", "pusar"),
    "thigh": ("sepaha", "paha", "jok"),
    "knee": ("selutut", "lutut", "dengkul", "knalpot"),
    "calf": ("sebetis", "betis", "kempol", "setengah roda"),
    "ankle": ("semata kaki", "mata kaki", "polok", "tumit"),
}
DRY = ("kering", "tidak ada air", "tidak banjir", "garing")
SINCES: Mapping[str, tuple[str, ...]] = {
    "yesterday": ("kemarin", "tadi malam", "semalam", "wingi", "mau bengi"),
    "morning": ("tadi pagi", "dari pagi", "sejak pagi", "subuh", "isuk"),
    "now": ("sekarang", "saat ini", "barusan", "baru saja", "saiki"),
}
CENTIMETRES = re.compile(r"(\d{1,3})\s*(?:[-–]|sampai|s/d)?\s*(\d{1,3})?\s*cm\b", re.IGNORECASE)
NUMBER = re.compile(
    r"(?:\b(?:no(?:mor)?|nomer|tiket|id|kode|aduan|laporan)\b[.:#\s]*|#\s*)+([A-Z]{0,6}[-/]?\d[\w/-]{2,30})",
    re.IGNORECASE,
)
DEGREES = re.compile(r"(-?\d{1,2}\.\d{3,})\s*,\s*(-?\d{1,3}\.\d{3,})")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message seems to say; empty where it says nothing. `lon`, `lat` in degrees WGS 84."""

    category: str = ""
    depth_class: str = ""
    since: str = ""
    foreign_ref: str = ""
    lon: float | None = None
    lat: float | None = None


def read_message(text: str, categories: Collection[str]) -> Reading:
    """Return what a message seems to say; only categories that the city has are guessed.

    >>> read_message("Min, rob selutut di Kandang Panjang, no. LA-2291", ["rob"])
    Reading(category='rob', depth_class='knee', since='', foreign_ref='LA-2291', lon=None, lat=None)
    """
    words = " ".join(text.lower().split())
    depth = _depth(words)
    guess = _category(words, categories)
    if not guess and depth and "rob" in categories:
        guess = "rob"
    lon, lat = degrees_in(text) or (None, None)
    number = NUMBER.search(text)
    return Reading(guess, depth, _first(words, SINCES), number[1] if number else "", lon, lat)


def degrees_in(text: str) -> tuple[float, float] | None:
    """Return (lon, lat) of the first pair "latitude, longitude" in a text or a map's link, None without one."""
    found = DEGREES.search(text)
    if not found:
        return None
    lat, lon = float(found[1]), float(found[2])
    return (lon, lat) if abs(lat) <= 90 and abs(lon) <= 180 else None


def _category(words: str, categories: Collection[str]) -> str:
    scores = {
        code: sum(_says(words, word) for word in known) for code, known in KINDS.items() if code in categories
    }
    best = max(scores, key=lambda code: scores[code], default="")
    return best if best and scores[best] else ""


def _depth(words: str) -> str:
    figure = CENTIMETRES.search(words)
    if figure:
        return depth_class_of(float(figure[2] or figure[1]))
    found = _first(words, DEPTHS)
    return found or ("dry" if any(_says(words, word) for word in DRY) else "")


def _first(words: str, table: Mapping[str, tuple[str, ...]]) -> str:
    return next((code for code, known in table.items() if any(_says(words, word) for word in known)), "")


def _says(words: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?:nya|e|an)?(?!\w)", words) is not None
