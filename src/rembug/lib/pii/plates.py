"""Indonesian number plates: region letters, one to four digits, up to three letters."""

import re

from rembug.lib.pii.spans import Kind, Span

# Region letters in use on registration marks.
_REGION_LIST = """
A B D E F G H K L M N P R S T W Z AA AB AD AE AG BA BB BD BE BG BH BK BL BM BN BP DA DB DC DD DE DG DH DK DL
DM DN DP DR DT DW EA EB ED KB KH KT KU PA PB PG PS PT PY
"""
_REGIONS = set(_REGION_LIST.split())
_GAP = r"[ ._/\-]{0,2}"
_PLATE = re.compile(
    rf"(?<![A-Za-z0-9])([A-Za-z]{{1,2}}){_GAP}(\d{{1,4}}){_GAP}([A-Za-z]{{1,3}})(?![A-Za-z0-9])"
)
_BARE = re.compile(rf"(?<![A-Za-z0-9])([A-Za-z]{{1,2}}){_GAP}(\d{{3,4}})(?![A-Za-z0-9])")
_VEHICLE = re.compile(
    r"\b(?:plate?|nopol|no\.?\s?pol|polisi|mobil|motor|truk|truck|pick\s?up|pikap|bis|bus|elf|angkot|sedan|avanza"
    r"|xenia|innova|vario|beat|supra|nmax|pcx|honda|yamaha|suzuki|kendaraan|dump|tangki|numpak|sepeda)\b",
    re.IGNORECASE,
)
_PLATE_WORD = re.compile(
    r"\b(?:plate?|nopol|no\.?\s?pol|polisi)(?:\s(?:no|nomor|nomer|nomornya|nomernya|nya))?\W{0,4}$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b(?:blok|block|gang|gg|no|nomor|rumah|kav|kavling|lantai|jalan|jl|perum|pintu|kelas|posisi|saluran|titik)\W{0,3}$",
    re.IGNORECASE,
)
# Short words and units that follow a number in plain sentences.
_WORD_LIST = """
di ke ya yg jl rt rw no km cm mm m kg gr jam hr bln thn th org dan ada itu ini pak bu mas gan bro kk jt rb an
lt ltr lbr cc pu box kw kva wib m2 m3 x wis ora yo tp jd klo utk dg dgn sd dr se si la loh lho kok gg ha buah
pcs dus ton hp wa tok sak lan neng ning kae iki iku po to dll agt des nov okt sep jan feb mar apr mei jun jul
"""
_WORDS = set(_WORD_LIST.split())
_REACH = 32


def plates(text: str) -> list[Span]:
    """Return whole plates, then halves after the word *plat*; they may overlap. Bounded work a position."""
    found: list[Span] = []
    at = 0
    while match := _PLATE.search(text, at):
        if _is_plate(text, match):
            found.append(Span(match.start(), match.end(), Kind.PLATE))
            at = match.end()
        else:
            at = match.end(1)
    for match in _BARE.finditer(text):
        named = _PLATE_WORD.search(text[max(0, match.start() - _REACH) : match.start()])
        if named and match[1].upper() in _REGIONS:
            found.append(Span(match.start(), match.end(), Kind.PLATE))
    return found


def _is_plate(text: str, match: re.Match[str]) -> bool:
    region, digits, suffix = match.groups()
    if region.upper() not in _REGIONS or digits.startswith("0"):
        return False
    before = text[max(0, match.start() - _REACH) : match.start()]
    if (_ADDRESS.search(before) and not _PLATE_WORD.search(before)) or _is_something_else(before, match):
        return False
    vehicle = bool(_VEHICLE.search(before) or _VEHICLE.search(text[match.end() : match.end() + 12]))
    capital = region.isupper() and suffix.isupper()
    if suffix.lower() in _WORDS and not (capital and len(digits) >= 3):
        return False
    return vehicle or len(digits) >= 3 or (capital and len(digits) + len(suffix) >= 4)


def _is_something_else(before: str, match: re.Match[str]) -> bool:
    """The L300 van, a Hijri year before a year (`1446 H 2025 M`), a coordinate (`6 S 109 E`)."""
    region, digits, suffix = (part.upper() for part in match.groups())
    if region == "L" and digits == "300":
        return True
    after_number = before.rstrip()[-1:].isdigit()
    return after_number and (region, suffix) in {("H", "M"), ("S", "E"), ("N", "E"), ("S", "T")}
