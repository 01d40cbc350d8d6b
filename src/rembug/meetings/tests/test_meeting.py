"""From invitation to approved minutes: by link, at the door, on paper, written together."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from rembug.audit.models import Entry
from rembug.meetings.models import Invitee, Meeting, Sheet, Tally
from rembug.meetings.tests import made
from rembug.meetings.tests.conftest import speaker
from rembug.people.models import Body
from rembug.people.tests.town import make_body


def test_a_meeting_of_twenty_groups_goes_from_invitation_to_approved_minutes(
    host: Client, group: Body, office: Body, city: str
) -> None:
    groups = [
        make_body(f"Kelompok {n:02}", city=city, sphere="civil_society", kind="community") for n in range(20)
    ]
    code = made.arranged(host, group, invited=[one.public_id for one in groups], office=office.public_id)
    door, invitations = made.links(host, code)
    assert len(invitations) == 22
    for number, one in enumerate(groups):
        answer = {"answer": "yes" if number % 4 else "no", "people": "2"}
        assert Client().post(invitations[one.public_id], answer).status_code == 302
    for one in groups[1:]:
        sheet = {"sheet": str(uuid4()), "body": one.public_id, "gender": "woman", "age": "18to30"}
        assert Client().post(door, sheet).status_code == 302
    said = {"version": "0", "minutes": "Saluran utara mampet.", "decisions": "Dibersihkan bersama."}
    assert host.post(f"/kerja/pertemuan/{code}/notulensi/", said).status_code == 302
    boss = speaker(office, "officer", "kepala@example.org")
    assert "Rembug saluran Degayu" in boss.get("/kerja/pertemuan/").content.decode()
    for client, body in ((boss, office), (host, group)):
        yes = {"version": "1", "body": body.public_id}
        assert client.post(f"/kerja/pertemuan/{code}/setuju/", yes).status_code == 302
    assert (
        boss.post(f"/kerja/pertemuan/{code}/jawaban/", {"words": "Kami kirim ekskavator."}).status_code == 302
    )
    page = Client().get(f"/pertemuan/{code}/").content.decode()
    assert "19 orang hadir." in page
    assert "Kami kirim ekskavator." in page
    assert "Belum disetujui" not in page
    assert page.count("tidak datang") == 5
    record = Client().get(f"/pertemuan/{code}/berita-acara/").content.decode()
    assert "Dibersihkan bersama." in record
    listed = Client().get(f"/pertemuan/{code}/daftar-hadir/?baris=12").content.decode()
    assert "Kelompok 01" in listed
    assert "Kelompok 00" not in listed, "who said no gets no line"
    assert listed.count("<tr><td") == 15 + 2 + 12, "a line for each body that may come, then the empty ones"


def test_an_invitation_opens_only_by_its_own_link(host: Client, code: str, group: Body, office: Body) -> None:
    _, invitations = made.links(host, code)
    path = invitations[office.public_id]
    assert Client().get(path).status_code == 200
    assert Client().get(path.replace(office.public_id, group.public_id)).status_code == 404
    assert Client().post(path[:-30] + "0" * 5 + path[-25:], {"answer": "yes"}).status_code == 404
    assert Client().post(path, {"answer": "perhaps"}).status_code == 422
    assert Client().post(path, {"answer": "yes", "people": "5000"}).status_code == 422
    assert Client().post(path, {"answer": "maybe", "people": "3"}).status_code == 302
    assert Client().post(path, {"answer": "no", "people": "3"}).status_code == 302
    guest = Invitee.objects.get(body=office)
    assert (guest.answer, guest.people) == ("no", 0)


def test_secret_links_stand_only_on_the_hosts_page(code: str, office: Body) -> None:
    guest = speaker(office, "officer", "tamu@example.org")
    for client, path in ((Client(), f"/pertemuan/{code}/"), (guest, f"/kerja/pertemuan/{code}/")):
        page = client.get(path).content.decode()
        assert "/pertemuan/hadir/" not in page
        assert "/undangan/" not in page


def test_a_sheet_sent_twice_is_counted_once_and_nobody_is_named(host: Client, code: str) -> None:
    door, _ = made.links(host, code)
    sheet = {"sheet": str(uuid4()), "gender": "man", "age": "60plus", "disability": "no"}
    for _ in range(3):
        assert Client().post(door, sheet).status_code == 302
    assert Sheet.objects.count() == 1
    assert set(Tally.objects.values_list("number", flat=True)) == {1}
    assert {field.name for field in Sheet._meta.get_fields()} == {"id", "meeting", "token", "body", "people"}
    assert Entry.objects.get(verb="meeting.attended").actor == "anonymous"
    assert "laki-laki" not in Client().get(f"/pertemuan/{code}/").content.decode()
    assert Client().post(door, {"sheet": str(uuid4()), "age": "7"}).status_code == 422
    assert Client().get("/pertemuan/hadir/ABC-0000/").status_code == 404


def test_a_paper_list_is_counted_as_sums_and_small_ones_stay_hidden(host: Client, code: str) -> None:
    address = f"/kerja/pertemuan/{code}/hadir/"
    list_ = {
        "sheet": str(uuid4()),
        "people": "30",
        "gender-woman": "18",
        "gender-man": "12",
        "disability-yes": "2",
    }
    list_ |= {"disability-no": "28"}
    assert host.post(address, list_).status_code == 302
    assert host.post(address, list_).status_code == 302
    page = Client().get(f"/pertemuan/{code}/").content.decode()
    assert "30 orang hadir." in page
    assert "perempuan 18" in page
    assert "ya kurang dari 5" in page
    too_many = list_ | {"sheet": str(uuid4()), "gender-woman": "31"}
    assert host.post(address, too_many).status_code == 422
    assert host.post(address, {"people": "x"}).status_code == 422


def test_who_writes_over_another_sees_both_texts_and_loses_nothing(host: Client, code: str) -> None:
    address = f"/kerja/pertemuan/{code}/notulensi/"
    assert host.post(address, {"version": "0", "minutes": "Naskah pertama"}).status_code == 302
    assert host.post(address, {"version": "0", "minutes": "Naskah pertama"}).status_code == 302
    answer = host.post(address, {"version": "0", "minutes": "Naskah kedua"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Naskah pertama" in page
    assert "Naskah kedua" in page
    assert host.post(address, {"version": "1", "minutes": "Keduanya"}).status_code == 302
    assert Meeting.objects.get(code=code).version == 2
    assert host.post(address, {"version": "2", "minutes": " "}).status_code == 422


def test_an_approval_counts_for_the_words_that_were_read(
    host: Client, code: str, office: Body, group: Body
) -> None:
    boss = speaker(office, "officer", "kepala@example.org")
    address = f"/kerja/pertemuan/{code}/setuju/"
    yes = {"version": "1", "body": office.public_id}
    assert boss.post(address, yes).status_code == 404
    host.post(f"/kerja/pertemuan/{code}/notulensi/", {"version": "0", "minutes": "Satu"})
    assert boss.post(address, yes).status_code == 302
    assert boss.post(address, {"version": "1", "body": group.public_id}).status_code == 403
    host.post(f"/kerja/pertemuan/{code}/notulensi/", {"version": "1", "minutes": "Dua"})
    assert boss.post(address, yes).status_code == 409
    assert "Belum disetujui" in Client().get(f"/pertemuan/{code}/").content.decode()


def test_a_stranger_can_neither_see_the_desk_of_a_meeting_nor_change_it(code: str, city: str) -> None:
    stranger = speaker(make_body("Orang lain", city=city), "facilitator", "lain@example.org")
    assert stranger.get(f"/kerja/pertemuan/{code}/").status_code == 404
    for path, given in (
        ("notulensi", {"version": "0", "minutes": "x"}),
        ("batal", {"why": "x"}),
        ("undang", {"bodies": []}),
        ("hadir", {"people": "3"}),
        ("jawaban", {"words": "x"}),
    ):
        assert stranger.post(f"/kerja/pertemuan/{code}/{path}/", given).status_code in {403, 404}
    row = Meeting.objects.get(code=code)
    assert (row.minutes, row.cancelled_at, row.office_answer) == ("", None, "")


def test_a_cancelled_meeting_says_why_in_page_link_and_calendar(
    host: Client, code: str, office: Body
) -> None:
    assert host.post(f"/kerja/pertemuan/{code}/batal/", {"why": " "}).status_code == 422
    assert host.post(f"/kerja/pertemuan/{code}/batal/", {"why": "Banjir besar"}).status_code == 302
    assert "Banjir besar" in Client().get(f"/pertemuan/{code}/").content.decode()
    calendar = Client().get("/pertemuan/kalender.ics")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert "STATUS:CANCELLED" in calendar.content.decode()
    assert office.name not in Client().get("/pertemuan/").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"hours": "0"}, {"hours": "100"}, {"day": "kemarin"}, {"agenda": ""}]
)
def test_a_wrong_form_says_what_is_missing_and_keeps_what_was_typed(
    host: Client, group: Body, wrong: dict[str, str]
) -> None:
    answer = host.post("/kerja/pertemuan/baru/", made.form(group, **({"place": "Masjid Al-Ikhlas"} | wrong)))
    assert answer.status_code == 422
    assert "Masjid Al-Ikhlas" in answer.content.decode()
    assert Meeting.objects.count() == 0


def test_the_same_form_twice_makes_one_meeting_and_only_for_ones_own_body(
    host: Client, group: Body, office: Body
) -> None:
    same = str(uuid4())
    assert made.arranged(host, group, action_id=same) == made.arranged(host, group, action_id=same)
    assert Meeting.objects.count() == 1
    assert host.post("/kerja/pertemuan/baru/", made.form(office)).status_code == 422


def test_the_pages_of_secret_links_hide_nothing_from_our_own_forms(host: Client, group: Body) -> None:
    """Under `no-referrer` a browser sends `Origin: null` with the form of languages, and Django refuses it."""
    door, invitations = made.links(host, made.arranged(host, group))
    for path in (door, *invitations.values()):
        answer = Client().get(path)
        assert answer.status_code == 200, path
        assert answer["Referrer-Policy"] == "same-origin", path
        assert b'action="/bahasa/"' in answer.content, path
        assert b'name="referrer"' not in answer.content, path
        assert b"noindex" in answer.content, path
