"""Which documents are taken, told by their bytes; and the copy that names no writer."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from rembug.cases.actions import papers
from rembug.cases.rules.papers import LARGEST, Looked, Refused, look, streams, title_of
from rembug.cases.rules.unnamed import without_writer
from rembug.cases.tests.made_papers import WRITER, docx, odt, parts, pdf, pdf_with_packed


def xlsx() -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.worksheets[0]["A1"] = "Pompa"
    book.properties.creator = WRITER
    book.save(out)
    return out.getvalue()


def locked() -> bytes:
    """Return a container whose parts ask for a password."""
    data = bytearray(docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "kind"), [(pdf(), "pdf"), (docx(), "docx"), (xlsx(), "xlsx"), (odt(), "odt")]
)
def test_office_documents_are_told_by_their_bytes(data: bytes, kind: str) -> None:
    assert look(data).kind == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.4" + b"0" * LARGEST, "too-large"),
        (b"<html><script>alert(1)</script>", "unknown"),
        (b"GIF89a" + pdf(), "unknown"),  # a picture in front of a PDF
        (b"MZ\x90" + b"0" * 400, "unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 400, "old"),
        (pdf()[:-200], "broken"),
        (pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "script"),
        (pdf(b"/OpenAction << /S /J#61vaScript /J#53 (app.alert(1)) >>"), "script"),
        (pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "script"),
        (pdf(b"/Names << /EmbeddedFiles 9 0 R >>"), "script"),
        (pdf(b"/AcroForm << /XFA 9 0 R >>"), "script"),
        (pdf_with_packed(b"7 0 << /S /JavaScript /JS (app.alert(1)) >>"), "script"),
        (pdf_with_packed(b"7 0 << /S /JavaScript >>").replace(b"/ObjStm", b"/ObjStm" + b" " * 5000), "script"),
        (pdf_with_packed(b"7 0 << >>").replace(b"/ObjStm", b"/ObjStm /DecodeParms << /Predictor 12 >>"), "broken"),
        (pdf_with_packed(zlib.compress(b"7 0 << /S /JavaScript >>")), "broken"),  # packed twice
        (pdf(b"/X (stream\n)").replace(b"trailer", b"5 0 obj /ObjStm endstream trailer"), "broken"),  # not found
        (pdf_with_packed(b"0" * 200_000_000), "too-large"),
        (pdf(b"/Encrypt 9 0 R"), "locked"),
        (docx(("word/vbaProject.bin", b"x")), "script"),
        (docx(types=b"application/vnd.ms-word.document.macroEnabled.main+xml"), "script"),
        (docx(("word/embeddings/oleObject1.bin", b"x")), "script"),
        (
            docx(
                (
                    "word/_rels/settings.xml.rels",
                    b'<Relationship Type="x/attachedTemplate" Target="http://evil.example/t" TargetMode="External"/>',
                )
            ),
            "script",
        ),
        (docx(("word/_rels/a.xml.rels", b'<R TargetMode="External" Target=">" Type="x/frame"/>')), "script"),
        (docx(("word/footer.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>')), "script"),
        (docx(("word/footer.xml", b"<w:instrText>DDEAUTO cmd</w:instrText>")), "script"),
        (odt(("Basic/Standard/Module1.xml", b"<m/>")), "script"),
        (odt(("Scripts/python/a.py", b"x")), "script"),
        (parts(("a.txt", b"x")), "unknown"),
        (parts(("word/document.xml", b"x")), "unknown"),
        (docx(("word/media/zero.xml", b"0" * 101_000_000)), "too-large"),
        (locked(), "locked"),
        (docx()[:-40], "broken"),
    ],
)  # fmt: skip
def test_what_runs_loads_hides_or_bursts_is_refused_with_a_remedy(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as error:
        look(data)
    assert error.value.code == code
    assert papers.REMEDY[code].endswith(".")


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04"]), st.integers(0, 600))
def test_whatever_comes_is_taken_or_refused_and_nothing_else(noise: bytes, head: bytes, cut: int) -> None:
    for data in (head + noise, docx()[:cut] + noise, pdf()[:cut] + noise + b"%%EOF"):
        with suppress(Refused):
            assert look(data).data == data


HOSTILE = {  # each would keep a search that goes back over the rest busy for hours
    "words of a loading element": docx(("word/a.xml", b"<a" + b" /frame " * 1_500_000 + b">")),
    "modes without a type": docx(("word/a.xml", b"TargetMode='External " * 500_000)),
    "creators without an end": docx(("docProps/more.xml", b"<dc:creator " * 1_000_000)),
    "streams without an end": pdf().replace(b"trailer", b"stream\n" * 1_000_000 + b"trailer"),
    "heads of streams of objects": pdf().replace(b"trailer", b"stream\nendstream\n" * 400_000 + b"trailer"),
    "packets without an end": pdf().replace(b"trailer", b"<x:xmpmeta " * 800_000 + b"trailer"),
    "tables of who made it": pdf().replace(b"trailer", b"/Info 4 0 R " * 700_000 + b"trailer"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_looked_through_once_and_not_again_from_each_place(name: str) -> None:
    taken = look(HOSTILE[name])
    assert taken.data == HOSTILE[name]
    with suppress(Refused):
        without_writer(taken)


def test_streams_are_found_in_order_and_one_without_an_end_is_none() -> None:
    data = b"a stream\nONE endstream b stream\r\nTWO endstream stream\nTHREE"
    assert [data[begin:end] for _, begin, end in streams(data)] == [b"ONE ", b"TWO "]
    assert [data[head:begin].strip() for head, begin, _ in streams(data)] == [b"a stream", b"b stream"]


def test_a_scan_of_random_bytes_is_no_script() -> None:
    noise = b"".join(b"/JS %d /AA " % number for number in range(2000))
    picture = b"6 0 obj\n<< /Subtype /Image >>\nstream\n" + noise + b"\nendstream\nendobj\n"
    assert look(pdf().replace(b"trailer", picture + b"trailer")).kind == "pdf"


@pytest.mark.parametrize("make", [pdf, docx, odt, xlsx])
def test_the_copy_for_everybody_names_no_writer_and_still_opens(make: Callable[[], bytes]) -> None:
    before = look(make())
    after = without_writer(before)
    assert look(after).kind == before.kind
    seen = [after]
    if before.kind != "pdf":
        with zipfile.ZipFile(io.BytesIO(after)) as whole:
            assert whole.testzip() is None
            seen = [whole.read(name) for name in whole.namelist()]
    assert not any(WRITER.encode() in part for part in seen)
    if before.kind == "pdf":
        assert len(after) == len(before.data)
        assert b"(Surat)" in after
    if before.kind == "xlsx":
        assert load_workbook(io.BytesIO(after)).worksheets[0]["A1"].value == "Pompa"


def test_a_writer_that_cannot_be_taken_out_keeps_the_document_closed() -> None:
    hidden = pdf(info=b"/Author 9 0 R")
    packed = pdf().replace(b"/Info 4 0 R", b"/Info 40 0 R")
    spelt_out = pdf(info=b"/Auth#6Fr (Budi)")
    for data in (hidden, packed, spelt_out):
        with pytest.raises(Refused, match="writer"):
            without_writer(Looked("pdf", data))


def stream(head: bytes, content: bytes) -> bytes:
    """Return a PDF with one more stream."""
    made = b"7 0 obj\n<< " + head + b" >>\nstream\n" + content + b"\nendstream\nendobj\n"
    return pdf().replace(b"trailer", made + b"trailer")


NOTE = b"<office:annotation><dc:creator>Budi</dc:creator></office:annotation>"
NAMED = {
    "word/people.xml": docx(
        ("word/people.xml", b'<w15:person w15:author="B"><w15:presenceInfo userId="b@x.id"/>')
    ),
    "word/comments.xml": docx(("word/comments.xml", b"<w:comments/>")),
    "xl/comments1.xml": docx(("xl/comments1.xml", b"<authors><author>Budi</author></authors>")),
    "xl/comments/": docx(("xl/comments/comment1.xml", b"<author>Budi</author>")),
    "xl/threadedComments/": docx(("xl/threadedComments/threadedComment1.xml", b"<a/>")),
    "xl/persons/person.xml": docx(("xl/persons/person.xml", b'<person displayName="Budi"/>')),
    "ppt/commentAuthors.xml": docx(("ppt/commentAuthors.xml", b'<p:cmAuthor name="Budi"/>')),
    "odt annotation": odt(("styles.xml", NOTE)),
    "odt change": odt(
        ("styles.xml", b"<office:change-info><dc:creator>Budi</dc:creator></office:change-info>")
    ),
    "wide text": docx(("word/footer.xml", "<a/>".encode("utf-16"))),
    "property in marks": docx(("docProps/more.xml", b"<dc:creator><![CDATA[Budi]]></dc:creator>")),
    "photo in docx": docx(("word/media/image1.jpeg", b"\xff\xd8\xff\xe1\x00\x20Exif\0\0MM")),
    "photo in odt": odt(("Pictures/1.png", b"\x89PNG\r\n\x1a\n....eXIfMM")),
    "tiff": docx(("word/media/image1.tiff", b"II*\0....")),
    "photo in pdf": stream(b"/Subtype /Image", b"\xff\xd8\xff\xe1\x00\x20Exif\0\0MM"),
    "packed metadata": stream(
        b"/Type /Metadata /Subtype /XML /Filter /FlateDecode", zlib.compress(b"<x:xmpmeta>")
    ),
    "signed": pdf(b"/Sig << /ByteRange [0 1 2 3] >>"),
    "signed in a stream": pdf_with_packed(b"7 0 << /ByteRange [0 1 2 3] >>"),
    "note of a pdf": pdf(b"/Annots [<< /Subtype /Text /T (Budi) >>]"),
    "table in a stream": pdf_with_packed(b"7 0 << /Author (Budi) >>"),
}


@pytest.mark.parametrize("name", NAMED)
def test_what_names_somebody_and_cannot_be_cleaned_surely_stays_closed(name: str) -> None:
    taken = look(NAMED[name])
    with pytest.raises(Refused, match="writer"):
        without_writer(taken)


def test_folders_accounts_and_plain_metadata_are_emptied() -> None:
    book = b'<x15ac:absPath url="C:\\Users\\budi\\"/><fileSharing userName="budi"/><p userId=\'budi\'/><c>Isi</c>'
    copy = without_writer(
        look(docx(("xl/workbook.xml", book), ("word/media/a.png", b"\x89PNG\r\n\x1a\nIDAT")))
    )
    with zipfile.ZipFile(io.BytesIO(copy)) as whole:
        words = whole.read("xl/workbook.xml")
    assert b"budi" not in words
    assert b"<c>Isi</c>" in words
    plain = stream(b"/Type /Metadata /Subtype /XML", b"<x:xmpmeta><dc:creator>Budi</dc:creator></x:xmpmeta>")
    after = without_writer(look(plain))
    assert b"Budi" not in after
    assert len(after) == len(plain)
    assert b"42756469" not in without_writer(look(pdf(info=b"/Author <42756469> /Title (Surat)")))


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("C:\\Users\\budi\\Surat_Tugas.pdf", "Surat Tugas"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x"),
        ("", ""),
    ],
)
def test_a_title_is_no_path_and_no_header(name: str, title: str) -> None:
    assert title_of(name) == title
