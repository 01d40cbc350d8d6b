"""Documents of a case: told by their bytes, kept from everybody unless shown, saved and never opened by a page."""

from __future__ import annotations

import os
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rembug.audit.models import Entry
from rembug.cases.actions import papers
from rembug.cases.actions.move import note
from rembug.cases.actions.papers import lay, sweep
from rembug.cases.actions.personal import holder
from rembug.cases.models import Case, Paper
from rembug.cases.queries import papers as found
from rembug.cases.tests import made
from rembug.cases.tests.made import ME, officer, step
from rembug.cases.tests.made_papers import WRITER, docx, pdf
from rembug.lib.errors import Invalid, NotAllowed, NotFound
from rembug.people.models import Body
from rembug.people.queries.persons import actor_of
from rembug.people.tests.town import give, make_person, sign_in


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
