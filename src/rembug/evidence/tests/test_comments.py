"""Comments on dossiers: in a body's name, under their version, taken back by their writer, hidden with a reason."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from rembug.audit.models import Entry
from rembug.evidence.models import Comment, Dossier
from rembug.lib import clock
from rembug.people.models import Body
from rembug.people.tests.town import give, make_body, make_person, sign_in

ADDRESS = "/kerja/data-dukung/rob-kami/1/komentar/"


@pytest.fixture
def dossier(body: Body) -> Dossier:
    """Two versions of a dossier of the group."""
    for number in (1, 2):
        made = Dossier.objects.create(
            city=body.city, slug="rob-kami", number=number, action_id=uuid4(), body=body, title="Rob kami",
            asked="Satu pompa.", summary="Sering rob.", content_hash="0" * 64, published_at=clock.now(),
        )  # fmt: skip
    return made


@pytest.fixture
def other(body: Body) -> Body:
    """Another group."""
    return make_body("Kelompok kedua", city=body.city, kind="komunitas", sphere="civil_society")


def voice(body: Body, email: str, role: str = "member") -> Client:
    """Return the browser of somebody with a role."""
    person = make_person(email, totp=True)
    give(person, role, body)
    return sign_in(Client(), person, code=True)


def said(body: Body, words: str = "Kami juga melihatnya.") -> dict[str, str]:
    """Return a comment's form."""
    return {"action_id": str(uuid4()), "body": body.public_id, "words": words}


@pytest.mark.usefixtures("dossier")
def test_a_comment_stands_under_its_version_once_with_the_bodys_name(other: Body) -> None:
    member, form = voice(other, "rina@example.org"), said(other, "Kami lihat. Telepon 0812-3456-7890.")
    assert [member.post(ADDRESS, form).status_code for _ in range(2)] == [303, 303]
    page = Client().get("/data/dukung/rob-kami/1/").content.decode()
    assert page.count("Kami lihat.") == 1
    assert "Kelompok kedua" in page
    assert "0812" not in page
    assert "Rina" not in page
    assert "Kami lihat." not in Client().get("/data/dukung/rob-kami/2/").content.decode()
    assert Entry.objects.filter(verb="dossier.commented").count() == 1


@pytest.mark.usefixtures("dossier")
def test_only_for_ones_own_body_and_never_too_long(other: Body, body: Body) -> None:
    member = voice(other, "rina@example.org")
    assert member.post(ADDRESS, said(body)).status_code == 403
    assert Client().post(ADDRESS, said(other)).status_code == 403  # with what was typed, and the door
    for words in ("", "ya", "x" * 601):
        member.post(ADDRESS, said(other, words))
    assert Comment.objects.count() == 0
    assert member.post("/kerja/data-dukung/rob-kami/9/komentar/", said(other)).status_code == 404


@pytest.mark.usefixtures("dossier")
def test_the_writer_takes_it_back_and_its_words_are_gone(other: Body) -> None:
    writer, colleague = voice(other, "rina@example.org"), voice(other, "budi@example.org")
    writer.post(ADDRESS, said(other))
    code = Comment.objects.get().code
    assert colleague.post(f"/kerja/komentar/{code}/tarik/").status_code == 403
    assert [writer.post(f"/kerja/komentar/{code}/tarik/").status_code for _ in range(2)] == [303, 303]
    assert Comment.objects.get().words == ""
    assert "Ditarik penulisnya." in Client().get("/data/dukung/rob-kami/1/").content.decode()
    assert Entry.objects.filter(verb="dossier.uncommented").count() == 1


@pytest.mark.usefixtures("dossier")
def test_a_moderator_of_another_body_hides_it_with_a_reason(other: Body, body: Body) -> None:
    voice(other, "rina@example.org").post(ADDRESS, said(other))
    path = f"/kerja/komentar/{Comment.objects.get().code}/sembunyi/"
    own = voice(body, "penulis@example.org", "coordinator")
    assert own.post(path, {"why": "Tidak suka."}).status_code == 403
    moderator = voice(make_body("Dinkominfo"), "moderator@example.org", "coordinator")
    assert moderator.post(path, {"why": ""}).status_code == 303
    assert Comment.objects.get().hidden_at is None
    assert moderator.post(path, {"why": "Menyerang orang."}).status_code == 303
    page = Client().get("/data/dukung/rob-kami/1/").content.decode()
    assert "Menyerang orang." in page
    assert "Kami juga melihatnya." not in page
