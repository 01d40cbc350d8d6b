"""Documents that officers attach: which are taken, told by their bytes and never by their name, and what is refused.

Nothing here runs, renders or unpacks a document to a disk. PDF (ISO 32000-1), OOXML (ECMA-376) and ODF (ISO 26300) are
looked through for scripts, macros, links that load by themselves, files inside, and bombs; what cannot be looked into
(a password) is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

LARGEST = 10_000_000
LARGEST_OPEN = 100_000_000  # bytes of all parts once unpacked
LARGEST_XML = 16_000_000  # bytes of one part that is looked through
MOST_PARTS = 3_000
TITLE_MAX = 120
PDF = "pdf"
OOXML = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
ODF = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    **{kind: mime for mime, kind in ODF.items()},
}
# Names in a PDF that run, load or carry something. Short ones also stand in packed pictures by chance: there not asked.
ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|Rendition)\b"
)
SHORT = re.compile(rb"/(?:JS|XFA|AA)\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"\bstream[ \t]*(?:\r\n|\n|\r)")
PACKED = re.compile(rb"/ObjStm\b")
OBJECTS = re.compile(rb"\s*(?:\d+\s+\d+\s|\Z)")  # numbers and places of what lies in a stream of objects
PARTS_ACTIVE = re.compile(
    r"(vbaproject|vbadata|activex/|embeddings/|/macrosheets/|^basic/|^scripts/|^object ?\d|\.bin$|\.exe$|\.js$|\.vbs$)",
    re.IGNORECASE,
)
ELEMENT = re.compile(rb"[^<]+")  # one element with the text behind it; a bracket stands in no value
OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
LOADS = re.compile(rb"attachedTemplate|/oleObject|/frame|/externalLink|/subDocument", re.IGNORECASE)
FIELDS = re.compile(rb"\bDDE(AUTO)?\b|<dde:|script:event-listener", re.IGNORECASE)


class Refused(Exception):
    """Why a document is not taken: a code, whose sentence the action knows."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Looked:
    """What a document is: `kind` is its ending, by its bytes."""

    kind: str
    data: bytes


def look(data: bytes) -> Looked:
    """Return what a document is. Raises `Refused`."""
    if not data:
        raise Refused("empty")
    if len(data) > LARGEST:
        raise Refused("too-large")
    if data.startswith(b"%PDF-"):
        _look_into_pdf(data)
        return Looked(PDF, data)
    if data.startswith(b"PK\x03\x04"):
        return Looked(_kind_of_parts(data), data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("old")
    raise Refused("unknown")


def title_of(name: str) -> str:
    """Return a file's name as a title: no folder, no ending, no control marks."""
    base = re.split(r"[/\\\\]", name)[-1]
    base = re.sub(r"\.[A-Za-z0-9]{1,5}\Z", "", base)
    marks = "".join(mark if mark.isprintable() else " " for mark in base)
    return " ".join(marks.replace("_", " ").split())[:TITLE_MAX]


def _look_into_pdf(data: bytes) -> None:
    if b"%%EOF" not in data[-2048:]:
        raise Refused("broken")
    if re.search(rb"/Encrypt\b", spelt(data)):
        raise Refused("locked")
    if SHORT.search(spelt(_outside_streams(data))):
        raise Refused("script")
    if any(ACTIVE.search(spelt(part)) for part in (data, *object_streams(data))):
        raise Refused("script")


def spelt(part: bytes) -> bytes:
    """Return a part with names spelt out: `/J#53` is `/JS`."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def streams(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield where the words before each stream begin, where it begins itself, and where it ends; in linear time."""
    after = 0
    while (found := STREAM.search(data, after)) is not None:
        end = data.find(b"endstream", found.end())
        if end < 0:
            return
        yield after, found.end(), end
        after = end + len(b"endstream")


def _outside_streams(data: bytes) -> bytes:
    """Return a PDF without the contents of its streams."""
    kept, after = [], 0
    for head, begin, end in streams(data):
        kept.append(data[head:begin])
        after = end
    return b"".join((*kept, data[after:]))


def object_streams(data: bytes) -> list[bytes]:
    """Return the packed streams that hold objects, unpacked: scripts hide there. Pictures and pages are left alone.

    All words since the stream before are asked, however far they stand. Raises `Refused`, also where a stream of
    objects is named and not found.
    """
    found, left, named = [], LARGEST_OPEN, 0
    for head, begin, end in streams(data):
        words = spelt(data[head:begin])
        names = len(PACKED.findall(words))
        if not names:
            continue
        if b"/Predictor" in words:
            raise Refused("broken")
        part = _unpacked(data[begin:end], left)
        left -= len(part)
        named += names
        found.append(part)
    if named < len(PACKED.findall(spelt(data))):
        raise Refused("broken")
    return found


def _unpacked(packed: bytes, left: int) -> bytes:
    """Return a stream of objects; another filter than one plain packing shows no numbers and is refused."""
    opened = zlib.decompressobj()
    try:
        part = opened.decompress(packed, left)
    except zlib.error as error:
        raise Refused("broken") from error
    if opened.unconsumed_tail or len(part) >= left:
        raise Refused("too-large")
    if not OBJECTS.match(part):
        raise Refused("broken")
    return part


def _kind_of_parts(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            parts = whole.infolist()
            _refuse_bomb(parts)
            kind = _named_kind(whole, [part.filename for part in parts])
            for part in parts:
                _look_into_part(whole, part)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise Refused("broken") from error
    return kind


def _refuse_bomb(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_OPEN:
        raise Refused("too-large")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("locked")


def _named_kind(whole: zipfile.ZipFile, names: list[str]) -> str:
    if "mimetype" in names:
        kind = ODF.get(whole.read("mimetype")[:100].decode("ascii", "replace"))
    elif "[Content_Types].xml" in names:
        kind = next((kind for start, kind in OOXML.items() if any(n.startswith(start) for n in names)), None)
        if b"macroEnabled" in whole.read("[Content_Types].xml"):
            raise Refused("script")
    else:
        kind = None
    if kind is None:
        raise Refused("unknown")
    return kind


def _look_into_part(whole: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if PARTS_ACTIVE.search(part.filename):
        raise Refused("script")
    if not part.filename.lower().endswith((".xml", ".rels")):
        return
    if part.file_size > LARGEST_XML:
        raise Refused("too-large")
    words = whole.read(part)
    if loads_by_itself(words) or _has_field(words):
        raise Refused("script")
    if b"<!DOCTYPE" in words or b"<!ENTITY" in words:
        raise Refused("script")


def loads_by_itself(words: bytes) -> bool:
    """Tell whether an element names something outside that opens by itself; each byte is looked at a few times."""
    if not OUTSIDE.search(words):
        return False
    return any(OUTSIDE.search(one[0]) and LOADS.search(one[0]) for one in ELEMENT.finditer(words))


def _has_field(words: bytes) -> bool:
    low = words.lower()
    return (b"dde" in low or b"script:event-listener" in low) and FIELDS.search(words) is not None
