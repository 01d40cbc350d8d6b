"""Documents as offices and attackers make them; small, made here, never fetched."""

from __future__ import annotations

import io
import zipfile
import zlib

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ODT = "application/vnd.oasis.opendocument.text"
WRITER = "Pak Kenariwriter"


def pdf(extra: bytes = b"", info: bytes = b"/Author (Pak Kenariwriter) /Title (Surat)") -> bytes:
    """Return a PDF of one empty page; `extra` stands in its catalogue."""
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + extra + b" >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n"
        b"4 0 obj\n<< " + info + b" >>\nendobj\n"
        b"trailer\n<< /Root 1 0 R /Info 4 0 R /Size 5 >>\nstartxref\n9\n%%EOF\n"
    )


def pdf_with_packed(inside: bytes) -> bytes:
    """Return a PDF that holds objects in a packed stream, where a plain search does not look."""
    packed = zlib.compress(inside)
    head = f"5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {len(packed)} >>\n"
    stream = head.encode() + b"stream\n" + packed + b"\nendstream\nendobj\n"
    return pdf().replace(b"trailer", stream + b"trailer")


def parts(*named: tuple[str, bytes]) -> bytes:
    """Return a container of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, words in named:
            whole.writestr(name, words)
    return out.getvalue()


def docx(*more: tuple[str, bytes], types: bytes = WORD.encode()) -> bytes:
    """Return a Word document; `more` are further parts."""
    core = f"<c xmlns:dc='d'><dc:creator>{WRITER}</dc:creator><cp:lastModifiedBy>{WRITER}</cp:lastModifiedBy></c>"
    text = f'<w:document><w:ins w:author="{WRITER}"><w:t>Surat tugas</w:t></w:ins></w:document>'
    return parts(
        ("[Content_Types].xml", b"<Types>" + types + b"</Types>"),
        ("docProps/core.xml", core.encode()),
        ("docProps/app.xml", f"<p><Company>{WRITER}</Company></p>".encode()),
        ("word/document.xml", text.encode()),
        *more,
    )


def odt(*more: tuple[str, bytes]) -> bytes:
    """Return an OpenDocument text."""
    meta = f"<m><meta:initial-creator>{WRITER}</meta:initial-creator><dc:creator>{WRITER}</dc:creator></m>"
    return parts(
        ("mimetype", ODT.encode()), ("meta.xml", meta.encode()), ("content.xml", b"<c>Isi</c>"), *more
    )
