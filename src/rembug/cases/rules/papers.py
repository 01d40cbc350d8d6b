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
from dataclasses import dataclass

LARGEST = 10_000_000
LARGEST_OPEN = 100_000_000  # bytes of all parts once unpacked
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
STREAM = re.compile(rb"\bstream\r?\n(.*?)endstream", re.DOTALL)
PARTS_ACTIVE = re.compile(
    r"(vbaproject|vbadata|activex/|embeddings/|/macrosheets/|^basic/|^scripts/|^object ?\d|\.bin$|\.exe$|\.js$|\.vbs$)",
    re.IGNORECASE,
)
LOADS = re.compile(
    rb"(attachedTemplate|/oleObject|/frame|/externalLink|/subDocument)[^>]*TargetMode\s*=\s*[\"']External",
    re.IGNORECASE,
)
LOADS_TURNED = re.compile(
    rb"TargetMode\s*=\s*[\"']External[^>]*(attachedTemplate|/oleObject|/frame|/externalLink|/subDocument)",
    re.IGNORECASE,
)
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
    if re.search(rb"/Encrypt\b", _spelt(data)):
        raise Refused("locked")
    for part in (data, *_unpacked_streams(data)):
        names = _spelt(part)
        if ACTIVE.search(names) or SHORT.search(STREAM.sub(b"", names)):
            raise Refused("script")


def _spelt(part: bytes) -> bytes:
    """Return a part with names spelt out: `/J#53` is `/JS`."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _unpacked_streams(data: bytes) -> list[bytes]:
    """Return the packed streams that hold objects, unpacked: scripts hide there. Pictures and pages are left alone."""
    found, left = [], LARGEST_OPEN
    for match in STREAM.finditer(data):
        head = _spelt(data[max(0, match.start() - 4096) : match.start()])
        if b"ObjStm" not in head[head.rfind(b" obj") + 1 :]:
            continue
        opened = zlib.decompressobj()
        try:
            part = opened.decompress(match[1], left)
        except zlib.error as error:
            raise Refused("broken") from error
        left -= len(part)
        if opened.unconsumed_tail or left <= 0:
            raise Refused("too-large")
        found.append(part)
    return found


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
    words = whole.read(part)
    if LOADS.search(words) or LOADS_TURNED.search(words) or FIELDS.search(words):
        raise Refused("script")
    if b"<!DOCTYPE" in words or b"<!ENTITY" in words:
        raise Refused("script")
