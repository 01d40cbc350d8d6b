"""A copy of a document for everybody: the same pages, without who wrote it. What cannot be cleaned is refused."""

from __future__ import annotations

import io
import re
import zipfile

from rembug.cases.rules.papers import PDF, Looked, Refused

# Entries of a PDF that tell who made it: literal text with one level of brackets, or hexadecimal.
WHO = re.compile(
    rb"/(?:Author|Creator|Producer|Company|Manager|Keywords|SourceModified)\s*"
    rb"(?:\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)|<([0-9A-Fa-f\s]*)>)",
    re.DOTALL,
)
XMP, XMP_END = b"<x:xmpmeta", b"</x:xmpmeta>"
LEFT = re.compile(rb"/Author\s*(?:\(\s*[^)\s]|<\s*[0-9A-Fa-f]|\d+\s+\d+\s+R)")
PARTS = re.compile(r"(docProps/.*\.xml|meta\.xml|customXml/.*|word/(comments|people).*\.xml|Thumbnails/.*)\Z")
PERSONS = re.compile(
    rb"(<(?:\w+:)?(?:creator|lastModifiedBy|Company|Manager|initial-creator|printed-by|user-defined)\b[^<>]*>)[^<]*(</)"
)
WRITERS = re.compile(rb"(\b(?:w:author|w15:author|w:initials|office:author)\s*=\s*)(\"[^\"]*\"|'[^']*')")


def without_writer(paper: Looked) -> bytes:
    """Return the bytes for everybody. A signed PDF stays as it is: its signature is meant to be seen.

    Raises `Refused`.
    """
    if paper.kind != PDF:
        return _repacked(paper.data)
    if b"/ByteRange" in paper.data:
        return paper.data
    blank = WHO.sub(_blanked, paper.data)
    blank = _without_xmp(blank)
    if LEFT.search(blank) or _writer_lies_packed(paper.data):
        raise Refused("writer")
    return blank


def _without_xmp(data: bytes) -> bytes:
    """Return a file whose plain packets of metadata are spaces; one without an end runs to the end of the file."""
    kept = bytearray(data)
    at = data.find(XMP)
    while at >= 0:
        begin, end = at + len(XMP), data.find(XMP_END, at)
        end = len(data) if end < 0 else end
        kept[begin:end] = b" " * (end - begin)
        at = data.find(XMP, end)
    return bytes(kept)


def _blanked(found: re.Match[bytes]) -> bytes:
    """Return an entry whose value is spaces of the same length: no offset of the file moves."""
    group = 1 if found[1] is not None else 2
    start, end = (place - found.start() for place in found.span(group))
    return found[0][:start] + (b" " if group == 1 else b"0") * (end - start) + found[0][end:]


def _writer_lies_packed(data: bytes) -> bool:
    """Tell whether the table of who made it is no plain object of the file."""
    found = re.search(rb"/Info\s+(\d+)\s+\d+\s+R", data)
    return found is not None and not re.search(rb"(?<!\d)" + found[1] + rb"\s+\d+\s+obj\b", data)


def _repacked(data: bytes) -> bytes:
    """Return an office document packed anew: the same parts, names of persons in its properties and marks emptied."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as made:
        for part in whole.infolist():
            words = whole.read(part)
            if PARTS.match(part.filename):
                words = PERSONS.sub(rb"\1\2", words)
            if part.filename.endswith(".xml"):
                words = WRITERS.sub(rb'\1""', words)
            head = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            head.compress_type = part.compress_type
            made.writestr(head, words)
    return out.getvalue()
