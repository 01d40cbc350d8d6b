"""A copy of a document for everybody: the same pages, without who wrote it. What cannot be cleaned is refused.

Comments name whoever wrote them, a photo inside may tell its camera's place: such a document stays closed, as does a
signed PDF, which no byte may change in.
"""

from __future__ import annotations

import io
import re
import zipfile

from rembug.cases.rules.papers import ODF, PDF, Looked, Refused, object_streams, spelt, streams

# Entries of a PDF that tell who made it: literal text with one level of brackets, or hexadecimal.
WHO = re.compile(
    rb"/(?:Author|Creator|Producer|Company|Manager|Keywords|SourceModified)\s*"
    rb"(?:\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)|<([0-9A-Fa-f\s]*)>)",
    re.DOTALL,
)
XMP, XMP_END = b"<x:xmpmeta", b"</x:xmpmeta>"
LEFT = re.compile(rb"/Author\s*(?:\(\s*[^)\s]|<\s*[0-9A-Fa-f]|\d+\s+\d+\s+R)")
# Comments and marks of a PDF, whose writer stands in /T; a field of a form has that entry too, but is none of these.
NOTES = re.compile(
    rb"/Subtype\s*/(?:Text|FreeText|Highlight|Underline|StrikeOut|Squiggly|Ink|Stamp|Caret|Redact|Sound|Popup"
    rb"|Line|Square|Circle|Polygon|PolyLine)\b"
)
METADATA = re.compile(rb"/Type\s*/Metadata\b|/Subtype\s*/XML\b")
OBJECT = re.compile(rb"(?<!\d)(\d+)\s+\d+\s+obj\b")
INFO = re.compile(rb"/Info\s+(\d+)\s+\d+\s+R")
PARTS = re.compile(r"(docProps/.*\.xml|meta\.xml|customXml/.*)\Z")
SPEAKERS = re.compile(  # parts of comments, of people, and of who changed what
    r"(\A|/)(comments?|threadedComments?|commentAuthors|authors|people|persons?|revisions)[^/]*(/|\.xml\Z)",
    re.IGNORECASE,
)
NOTED = re.compile(rb"<(?:[\w.-]+:)?(?:annotation|change-info|creator)[\s/>]")
WIDE = (b"\xff\xfe", b"\xfe\xff")  # text in which no search of ours finds a word
PHOTO_WORDS = re.compile(
    rb"Exif\0\0|eXIf|EXIF|<x:xmpmeta|http://ns\.adobe\.com/xap/|Photoshop 3\.0\0|Raw profile type|tEXtAuthor"
)
PHOTOS_UNREAD = (b"II*\0", b"MM\0*", b"\x00\x00\x00")  # TIFF and HEIF: nothing but marks and boxes
PERSONS = re.compile(
    rb"(<(?:[\w.-]+:)?(?:creator|lastModifiedBy|Company|Manager|initial-creator|printed-by|user-defined|lpwstr)\b"
    rb"[^<>]*>)[^<]*(</)"
)
PERSONS_LEFT = re.compile(
    rb"<(?:[\w.-]+:)?(?:creator|lastModifiedBy|Company|Manager|initial-creator|printed-by)\b[^<>]*(?<!/)>(?!</)"
)
WRITERS = re.compile(
    rb"(\b(?:w:author|w15:author|w:initials|office:author|userId|userName)\s*=\s*)(\"[^\"]*\"|'[^']*')"
)
FOLDER = re.compile(rb"(<(?:[\w.-]+:)?absPath\b[^<>]*?\burl\s*=\s*)(\"[^\"]*\"|'[^']*')")


def without_writer(paper: Looked) -> bytes:
    """Return the bytes for everybody. Raises `Refused` where a name may be left."""
    if paper.kind != PDF:
        return _repacked(paper)
    words = (spelt(paper.data), *(spelt(part) for part in object_streams(paper.data)))
    if any(b"/ByteRange" in part or NOTES.search(part) for part in words) or b"Exif\0\0" in paper.data:
        raise Refused("writer")
    blank = WHO.sub(_blanked, paper.data)
    blank = _without_xmp(blank)
    if any(LEFT.search(part) for part in (spelt(blank), *words[1:])):
        raise Refused("writer")
    if _writer_lies_packed(paper.data) or _metadata_lie_packed(paper.data):
        raise Refused("writer")
    return blank


def _without_xmp(data: bytes) -> bytes:
    """Return a file whose plain packets of metadata are spaces. Raises `Refused` where one has no end."""
    kept = bytearray(data)
    at = data.find(XMP)
    while at >= 0:
        begin, end = at + len(XMP), data.find(XMP_END, at)
        if end < 0:
            raise Refused("writer")
        kept[begin:end] = b" " * (end - begin)
        at = data.find(XMP, end)
    return bytes(kept)


def _blanked(found: re.Match[bytes]) -> bytes:
    """Return an entry whose value is spaces of the same length: no offset of the file moves."""
    group = 1 if found[1] is not None else 2
    start, end = (place - found.start() for place in found.span(group))
    return found[0][:start] + b" " * (end - start) + found[0][end:]


def _writer_lies_packed(data: bytes) -> bool:
    """Tell whether the table of who made it is no plain object of the file."""
    named = set(INFO.findall(data))
    return bool(named) and not named <= set(OBJECT.findall(data))


def _metadata_lie_packed(data: bytes) -> bool:
    """Tell whether a stream of metadata is no plain packet, which is the only one that is blanked."""
    return any(
        METADATA.search(spelt(data[head:begin])) and XMP not in data[begin:end]
        for head, begin, end in streams(data)
    )


def _repacked(paper: Looked) -> bytes:
    """Return an office document packed anew: the same parts, names of persons in its properties and marks emptied."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paper.data)) as whole, zipfile.ZipFile(out, "w") as made:
        for part in whole.infolist():
            words = _cleaned(part.filename, whole.read(part), paper.kind in ODF.values())
            head = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            head.compress_type = part.compress_type
            made.writestr(head, words)
    return out.getvalue()


def _cleaned(name: str, words: bytes, is_odf: bool) -> bytes:
    """Return a part without names. Raises `Refused`."""
    if SPEAKERS.search(name):
        raise Refused("writer")
    if not name.lower().endswith((".xml", ".rels")):
        if PHOTO_WORDS.search(words) or words.startswith(PHOTOS_UNREAD):
            raise Refused("writer")
        return words
    if words.startswith(WIDE):
        raise Refused("writer")
    words = FOLDER.sub(rb'\1""', WRITERS.sub(rb'\1""', words))
    if PARTS.match(name):
        words = PERSONS.sub(rb"\1\2", words)
        if PERSONS_LEFT.search(words):
            raise Refused("writer")
    elif is_odf and NOTED.search(words):
        raise Refused("writer")
    return words
