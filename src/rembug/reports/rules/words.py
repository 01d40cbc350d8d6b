"""What Indonesian free text says about water: flood, its end, or something else. Words only, no model.

For imports and channels where people write instead of tapping. Spelling in reports is free: doubled letters
are folded, common short forms are known ("blm", "ga", "udah"), Javanese words of the north coast are
included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum


class Water(IntEnum):
    """What a text claims."""

    NONE = 0  # says nothing about water on the ground
    PRESENT = 1
    STILL = 2  # present, and lasting: "belum surut", "dari pagi"
    RECEDING = 3  # going down but not said to be gone
    GONE = 4
    HABIT = 5  # about every rain, not about now: "selalu banjir kalau hujan"


@dataclass(frozen=True, slots=True)
class Reading:
    """Result of reading one text; depth in cm with its range, None where not said."""

    water: Water
    depth_cm: tuple[float, float] | None


_NOT = (
    r"\b(?:tidak|tdk|tida|tak|nggak|ngga|ngak|gak|ga|gk|enggak|"
    r"belum|belom|blm|blom|blum|ora|durung|mboten)\b"
)
_ALREADY = r"\b(?:sudah|udah|udh|sdh|dah|wis|uwis|mulai|mule|akhirnya|alhamdulilah|telah)\b"
_WATER = (
    r"ban?ji+r\w*|bnjir\w*|kebanjir\w*|genang\w*|tergenang|mengenang\w*|menggenang\w*|rendam\w*|terendam|kerendam\w*|"
    r"merendam|meluap|luapan|luber|\brob\b|tenggelam|kelelep|kelep|waterbom|danau|"
    r"air (?:sudah |mulai |makin |tambah |masih |laut )*"
    r"(?:masuk|naik|tinggi|meninggi|dalam|pasang|setinggi|setingi)\w*|"
    r"(?:rumah|jalan\w*) (?:\w+ ){0,2}(?:kemasukan|masuk) air|banyu (?:munggah|mlebu)|kiriman air"
)
_DEPTH_WORDS = (
    (r"mata ?kaki|tumit", (5.0, 15.0)),
    (r"betis", (15.0, 35.0)),
    (r"lutut|dengkul|sedengkul", (35.0, 55.0)),
    (r"paha|pangkal paha", (55.0, 80.0)),
    (r"pinggang|perut", (80.0, 110.0)),
    (r"dada|leher|kepala|atap", (110.0, 180.0)),
)
_STILL = re.compile(
    rf"{_NOT}\W+(?:\w+\W+){{0,3}}(?:surut|asat|kering|berkurang|turun)|masih\W+(?:\w+\W+){{0,3}}(?:{_WATER}|segini)|"
    r"hari ke ?\d|\d+ ?hari|\d+ ?jam|dari (?:tadi )?(?:pagi|subuh|kemarin|semalam)|"
    r"sejak|seharian|abadi|sampai (?:sekarang|saat ini)"
)
_GONE = re.compile(
    rf"{_ALREADY}\W+(?:\w+\W+)?(?:surut|asat|kering)|(?:{_NOT})\W+(?:ada\W+)?(?:lagi\W+)?(?:banjir|genangan)|"
    r"\bkering\b|surut total|garing"
)
_RECEDING = re.compile(
    r"(?:mulai|mule|sedikit|agak|akhirnya mulai)\W+(?:\w+\W+)?surut|surut sedikit|berkurang"
)
_HABIT = re.compile(
    r"(?:selalu|setiap|tiap|kalau|kalo|jika|bila|saat|ketika|cepat)\W+(?:\w+\W+){0,4}(?:hujan|ujan|musim)|"
    r"(?:bisa|dapat|akan) (?:meng)?akibat\w*|mengakibatkan|rawan|langganan|tahunan|"
    r"mencegah|biar (?:ga|tidak|gak)|supaya (?:tidak|ga)"
)
_NOW = re.compile(
    r"sekarang|saat ini|hari ini|pagi ini|siang ini|sore ini|malam ini|skrg|barusan|"
    r"sdh|sudah|udah|lagi\b|parah|tolong"
)
_PRESENT = re.compile(_WATER)
_CM = re.compile(
    r"(\d{1,3}(?:[.,]\d)?)\s*(?:-|sampai|sd|s/d)?\s*(\d{1,3}(?:[.,]\d)?)?\s*(cm|centi\w*|senti\w*|meter|mtr|m)\b"
)


def read(text: str) -> Reading:
    """Read one text of any length; never raises."""
    plain = _folded(text)
    return Reading(_water(plain), _depth(plain))


def _folded(text: str) -> str:
    """Lower case, hashtags opened ("#banjirbelumsurut"), letters repeated three times or more once."""
    opened = text.lower().replace("#", " ")
    for word in ("banjir", "belum", "surut", "genangan"):
        opened = opened.replace(word, f" {word} ") if word in opened else opened
    opened = re.sub(r"(\D)\1{2,}", r"\1", opened)
    opened = re.sub(r"banjiir", "banjir", opened)
    return re.sub(r"\s+", " ", opened).strip()


def _water(plain: str) -> Water:
    wet = _PRESENT.search(plain) is not None
    if _STILL.search(plain) and (
        wet or "surut" in plain or "asat" in plain or re.search(r"\d ?jam|hari", plain)
    ):
        return Water.STILL
    if _RECEDING.search(plain):
        return Water.RECEDING
    if _GONE.search(plain):
        return Water.GONE
    if wet and _HABIT.search(plain) and not _NOW.search(plain):
        return Water.HABIT
    return Water.PRESENT if wet or _depth(plain) else Water.NONE


def _depth(plain: str) -> tuple[float, float] | None:
    measured = _CM.search(plain)
    if measured:
        low = float(measured[1].replace(",", "."))
        high = float((measured[2] or measured[1]).replace(",", "."))
        factor = 1.0 if measured[3].startswith(("c", "s")) else 100.0
        low, high = sorted((low * factor, high * factor))
        # "60 m" is a stretch of road, not a depth.
        return (low, high) if low >= 1 and high <= 300 else None
    for pattern, span in _DEPTH_WORDS:
        if re.search(rf"\b(?:se|sampai |setinggi |hampir |di atas )?(?:{pattern})", plain):
            return span
    return None
