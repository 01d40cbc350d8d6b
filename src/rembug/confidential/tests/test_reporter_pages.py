"""The reporter's pages: complete without JavaScript and cookies, and nothing about who asks is kept."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from rembug.confidential.actions import talk
from rembug.confidential.actions.submit import SENT
from rembug.confidential.forms import upload
from rembug.confidential.models import Box, Letter, Matter, Setup
from rembug.confidential.rules import receipts
from rembug.confidential.tests.conftest import CITY, OFFICE, WORDS, Office
from rembug.confidential.tests.test_matters import picture
from rembug.people.tests.town import make_person, sign_in

pytestmark = pytest.mark.usefixtures("office")
TELL, OPEN = "/rahasia/lapor/", "/rahasia/buka/"


def said(**more: Any) -> dict[str, Any]:
    """Return a filled form."""
    filled = {"once": str(uuid4()), "kind": "corruption", "accused": OFFICE, "words": WORDS, "named": "no"}
    return filled | {"name": "", "contact": ""} | more


def receipt_of(answer: Any) -> str:
    """Return the sixteen digits of the page."""
    found = re.search(r"(\d{4} ){3}\d{4}", answer.content.decode())
    assert found
    return found[0]


def test_somebody_tells_reads_the_answer_writes_again_and_deletes(client: Client, office: Office) -> None:
    page = html.fromstring(client.get(TELL).content)
    assert page.xpath("//form[@enctype='multipart/form-data']//textarea[@name='words']")
    answer = client.post(TELL, said())
    assert answer.status_code == 201
    digits = receipt_of(answer)
    code = Matter.objects.get().code
    talk.write(actor=office.first, city=CITY, held=office.inside, code=code, words="Kapan itu?", once=uuid4())
    opened = client.post(OPEN, {"receipt": digits})
    assert WORDS in opened.content.decode()
    assert "Kapan itu?" in opened.content.decode()
    once = str(uuid4())
    for _ in range(2):
        client.post(OPEN, {"receipt": digits, "do": "write", "once": once, "words": "Senin malam."})
    assert Letter.objects.count() == 3
    assert client.post(OPEN, {"receipt": digits, "do": "delete"}).status_code == 422
    assert client.post(OPEN, {"receipt": digits, "do": "delete", "sure": "yes"}).status_code == 200
    assert client.post(OPEN, {"receipt": digits}).status_code == 404


def test_the_emergency_number_and_other_doors_come_first(client: Client) -> None:
    for address in ("/rahasia/", TELL):
        text = html.fromstring(client.get(address).content).xpath("string(//main)")
        assert text.index("112") < text.index("Tulis laporan rahasia")
        assert "Ombudsman" in text
        assert "SP4N-LAPOR" in text


def test_the_same_form_sent_again_shows_the_same_receipt(client: Client) -> None:
    form = said()
    assert receipt_of(client.post(TELL, form)) == receipt_of(client.post(TELL, form))
    assert Matter.objects.count() == 1


def test_a_name_is_kept_only_where_the_person_wants_it(client: Client) -> None:
    client.post(TELL, said(name="Siti", contact="0812"))
    assert not Letter.objects.filter(what="identity").exists()
    client.post(TELL, said(name="Siti", named="yes"))
    assert Letter.objects.filter(what="identity").count() == 1


def test_photos_are_sealed_and_never_lie_on_a_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_more: object) -> None:
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile.__init__", refuse)
    monkeypatch.setattr("django.conf.settings.FILE_UPLOAD_MAX_MEMORY_SIZE", 100)
    photos = [SimpleUploadedFile(f"{n}.jpg", picture(), "image/jpeg") for n in range(2)]
    assert client.post(TELL, said(photos=photos)).status_code == 201
    assert Letter.objects.filter(what="photo").count() == 2


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"kind": "pothole"}, 422, "kind"),
        ({"words": "x"}, 422, "lebih lengkap"),
        ({"accused": ""}, 422, "accused"),
        ({"once": "x"}, 422, "once"),
        ({"photos": SimpleUploadedFile("a.txt", b"plain text")}, 422, "bukan foto"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_what_was_typed(
    client: Client, more: dict[str, Any], status: int, words: str
) -> None:
    answer = client.post(TELL, said(**more))
    text = answer.content.decode()
    assert answer.status_code == status
    assert words in text
    assert more.get("words", WORDS) in text
    assert not Matter.objects.exists()


def test_too_many_bytes_are_refused_before_they_are_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rembug.confidential.views.public.MOST_BYTES", 50)
    assert client.post(TELL, said()).status_code == 413
    monkeypatch.undo()
    monkeypatch.setattr(upload, "MOST_BYTES", 10)
    broken = Client(raise_request_exception=False)
    assert broken.post(TELL, said(photos=SimpleUploadedFile("a.jpg", picture()))).status_code == 400
    assert not Matter.objects.exists()


def test_without_an_open_box_the_page_says_so_and_names_other_doors(client: Client) -> None:
    Box.objects.all().delete()
    for address in ("/rahasia/", TELL):
        text = client.get(address).content.decode()
        assert "belum dibuka" in text
        assert "Ombudsman" in text
        assert "<textarea" not in text


def test_a_city_without_the_channel_says_where_to_go(client: Client) -> None:
    Setup.objects.all().delete()
    answer = client.get("/rahasia/")
    assert answer.status_code == 404
    assert "Ombudsman" in answer.content.decode()
    assert client.get(TELL).status_code == 404


def test_no_cookie_no_session_and_nothing_of_the_browser_reaches_the_page() -> None:
    client = Client(
        headers={
            "User-Agent": "kenari-agent",
            "X-Forwarded-For": "203.0.113.77",
            "X-Device-Token": "kenari" * 6,
            "Referer": "https://example.org/kenari",
        }
    )
    client.cookies.load({"device": "kenari" * 6, "session": "kenarisession", "csrf": "k" * 32})
    answers = [client.get("/rahasia/"), client.get(TELL), client.get(OPEN), client.post(TELL, said())]
    answers += [client.post(OPEN, {"receipt": receipt_of(answers[-1])}), client.get("/rahasia")]
    for answer in answers:
        request: Any = answer.wsgi_request
        meta = request.META
        assert request.actor.kind == "anonymous"
        text = " ".join(f"{key}={value}" for key, value in meta.items() if isinstance(value, str))
        assert "kenari" not in text
        assert "203.0.113.77" not in text
        assert "REMOTE_ADDR" not in meta
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"
    assert not Session.objects.exists()


def test_somebody_signed_in_is_nobody_here(client: Client) -> None:
    person = make_person("anggota@example.org")
    sign_in(client, person)
    answer = client.get(TELL)
    assert answer.wsgi_request.user.is_anonymous
    assert person.display_name not in answer.content.decode()
    assert client.get("/saya/").wsgi_request.user.is_authenticated  # and stays signed in elsewhere


def test_the_language_is_an_address_not_a_cookie(client: Client) -> None:
    assert 'lang="en"' in client.get("/rahasia/?bahasa=en").content.decode()[:400]
    assert 'lang="id"' in client.get("/rahasia/?bahasa=xx").content.decode()[:400]
    links = html.fromstring(client.get("/rahasia/?bahasa=en").content).xpath("//main//a/@href")
    assert f"{TELL}?bahasa=en" in links
    answer = client.post(f"{TELL}?bahasa=en", said())
    assert "Your receipt" in answer.content.decode()
    assert f'href="{OPEN}?bahasa=en"' in answer.content.decode()


def test_a_form_of_another_site_is_refused_although_there_is_no_cookie() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(TELL, said(), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert client.post(TELL, said(), headers={"Sec-Fetch-Site": "same-origin"}).status_code == 201


def test_guesses_and_floods_are_held_up_by_network(client: Client) -> None:
    for _ in range(10):
        assert client.post(OPEN, {"receipt": "1" * 16}, REMOTE_ADDR="203.0.113.1").status_code == 404
    assert client.post(OPEN, {"receipt": "1" * 16}, REMOTE_ADDR="203.0.113.9").status_code == 429
    assert client.post(OPEN, {"receipt": "1" * 16}, REMOTE_ADDR="198.51.100.9").status_code == 404
    form = said()
    sent = [client.post(TELL, form, REMOTE_ADDR="203.0.113.1").status_code for _ in range(SENT.most + 1)]
    assert sent == [201] * SENT.most + [429]


def test_a_receipt_stands_in_no_address(client: Client) -> None:
    for form in html.fromstring(client.get(OPEN).content).xpath("//main//form"):
        assert form.get("method") == "post"
    digits = receipt_of(client.post(TELL, said()))
    page = html.fromstring(client.post(OPEN, {"receipt": digits}).content)
    links = " ".join(page.xpath("//@href | //@action | //@src"))
    assert digits not in links
    assert receipts.read(digits) not in links
