"""The directory: found by area and words, out and in as a table, doubles made one, a message, a new representative."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from rembug.audit.models import Entry
from rembug.lib.actor import system
from rembug.people.actions.contact import KEPT, forget_old
from rembug.people.models import Body, BodyArea, Invitation, Message, RoleGrant
from rembug.people.tests.town import give, make_body, make_person, roles_in_force, sign_in

TABLE = """nama,jenis,bagian,tingkat,kode_wilayah,tentang,bisa_membantu,email_wakil
Relawan Muara,komunitas,civil_society,kelurahan,,Menjaga pintu air,Perahu karet,wakil@example.org
Bank Sampah Krapyak,komunitas,civil_society,kelurahan,,,Gerobak,
"""


@pytest.fixture
def coordinator() -> Client:
    """A coordinator of the whole city, signed in with a second factor."""
    person = make_person("koordinator@example.org", totp=True)
    give(person, "coordinator", make_body("Dinkominfo"))
    return sign_in(Client(), person, code=True)


def group(name: str, **more: Any) -> Body:
    """Make a community."""
    return make_body(name, kind="komunitas", sphere="civil_society", **more)


def test_groups_are_found_by_words_and_sphere() -> None:
    group("Relawan Muara", offers="Pompa dan perahu")
    group("Bank Sampah", about="Kami memilah")
    make_body("Dinas Pompa")
    page = Client().get("/pihak/?q=POMPA").content.decode()
    assert "Relawan Muara" in page
    assert "Dinas Pompa" in page
    assert "Bank Sampah" not in page
    page = Client().get("/pihak/?q=pompa&bagian=civil_society").content.decode()
    assert "Dinas Pompa" not in page
    assert "Tidak ada pihak yang cocok" in Client().get("/pihak/?q=zebra").content.decode()


def test_a_table_makes_groups_once_and_invites_their_representatives(coordinator: Client) -> None:
    shown = coordinator.post("/kerja/pihak/impor/", {"file": BytesIO(TABLE.encode())}).content.decode()
    assert "2 kelompok terbaca" in shown
    assert Body.objects.filter(name="Relawan Muara").count() == 0
    done = coordinator.post("/kerja/pihak/impor/", {"text": TABLE, "sure": "1"})
    assert "Baru: 2. Berubah: 0. Tetap: 0." in done.content.decode()
    assert done["Cache-Control"] == "no-store"
    link = re.search(r"/undangan/[\w-]+/", done.content.decode())
    assert link is not None
    assert Client().get(link[0]).status_code == 302
    again = coordinator.post("/kerja/pihak/impor/", {"text": TABLE, "sure": "1"}).content.decode()
    assert "Baru: 0. Berubah: 0. Tetap: 2." in again
    assert Invitation.objects.count() == 1
    assert Entry.objects.filter(verb="body.imported").count() == 2
    page = Client().get("/pihak/").content.decode()
    assert "Bank Sampah Krapyak" in page
    assert "wakil@example.org" not in page + Client().get("/pihak/unduh.csv").content.decode()


def test_what_goes_out_as_a_table_comes_in_unchanged(coordinator: Client) -> None:
    group("=Relawan", about="a,b", offers="x")
    table = Client().get("/pihak/unduh.csv").content.decode()
    rows = table.splitlines()
    own = "\n".join([rows[0], *(row for row in rows if "Relawan" in row)])
    assert "Tetap: 1" in coordinator.post("/kerja/pihak/impor/", {"text": own, "sure": "1"}).content.decode()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",komunitas,civil_society,rw", "Baris 2: nama kosong."),
        ("A,dinas,civil_society,rw", "Baris 2: jenis harus salah satu dari"),
        ("A,komunitas,bureaucracy,rw", "Baris 2: bagian harus"),
        ("A,komunitas,civil_society,planet", "Baris 2: tingkat harus"),
        ("A,komunitas,civil_society,rw,99.99", "Baris 2: kode_wilayah 99.99 tidak ada"),
        ("A,komunitas,civil_society,rw,,,,bukan-alamat", "Baris 2: email_wakil bukan"),
        ("Dinkominfo,komunitas,civil_society,rw", "Dinkominfo diatur oleh paket kota"),
    ],
)
def test_a_fault_in_one_row_keeps_the_whole_table_out(coordinator: Client, row: str, fault: str) -> None:
    head = TABLE.splitlines()
    answer = coordinator.post(
        "/kerja/pihak/impor/", {"text": "\n".join([head[0], row, head[2]]), "sure": "1"}
    )
    assert answer.status_code == 422
    assert fault in answer.content.decode()
    assert not Body.objects.filter(name__startswith="Bank Sampah").exists()


def test_doubles_become_one_with_all_that_was_theirs(coordinator: Client) -> None:
    double, stays = group("Relawan Muara"), group("Relawan muara Pekalongan")
    BodyArea.objects.create(body=double, area_code="33.75.03.1010")
    BodyArea.objects.create(body=stays, area_code="33.75.03.1007")
    person = make_person("orang@example.org")
    give(person, "verifier", double)
    pair = {"double": double.public_id, "into": stays.public_id}
    assert "Ya, gabungkan" in coordinator.post("/kerja/pihak/gabung/", pair).content.decode()
    for _ in range(2):
        coordinator.post("/kerja/pihak/gabung/", pair | {"sure": "1"})
    assert Client().get(f"/pihak/{double.public_id}/")["Location"] == f"/pihak/{stays.public_id}/"
    assert set(stays.areas.values_list("area_code", flat=True)) == {"33.75.03.1010", "33.75.03.1007"}
    assert RoleGrant.objects.get(person=person).body_id == stays.pk
    entry = Entry.objects.get(verb="body.merged")
    assert double.public_id in str(entry.data)
    assert "Relawan Muara<" not in Client().get("/pihak/").content.decode()


def test_a_body_of_the_pack_is_no_double(coordinator: Client) -> None:
    office = make_body("BPBD", public_id="pekalongan-bpbd")
    other = group("BPBD tiruan")
    for pair in ((office, other), (other, other)):
        said = {"double": pair[0].public_id, "into": pair[1].public_id, "sure": "1"}
        assert coordinator.post("/kerja/pihak/gabung/", said).status_code == 422
    assert Body.objects.filter(state="closed").count() == 0


def test_one_sender_cannot_fill_the_inbox_of_a_body() -> None:
    body = group("Relawan Muara")
    give(make_person("pembaca@example.org"), "member", body)
    address = f"/pihak/{body.public_id}/pesan/"

    def send(words: str, **more: str) -> int:
        form = {"action_id": str(uuid4()), "name": "Bu Sri", "reply_to": "sri@example.org", "words": words}
        return Client(**more).post(address, form).status_code  # type: ignore[arg-type]

    assert [send(f"Pesan {number}", REMOTE_ADDR="203.0.113.5") for number in range(6)] == [302] * 4 + [
        429
    ] * 2
    assert send("Pinjam pompa?", REMOTE_ADDR="203.0.113.6") == 302
    other = group("Relawan Kali")
    give(make_person("lain@example.org"), "member", other)
    address = f"/pihak/{other.public_id}/pesan/"
    assert send("Pinjam pompa?", REMOTE_ADDR="203.0.113.5") == 302


def test_a_message_reaches_the_people_of_a_body_and_nobody_else(coordinator: Client) -> None:
    body = group("Relawan Muara")
    assert Client().get(f"/pihak/{body.public_id}/pesan/").status_code == 404  # nobody would read it
    reader = make_person("pembaca@example.org")
    give(reader, "member", body)
    form = {
        "action_id": str(uuid4()),
        "name": "Bu Sri",
        "reply_to": "sri@example.org",
        "words": "Pinjam pompa?",
    }
    address = f"/pihak/{body.public_id}/pesan/"
    assert Client().post(address, form | {"words": ""}).status_code == 422
    assert [Client().post(address, form).status_code for _ in range(2)] == [302, 302]
    assert Message.objects.count() == 1
    assert len(mail.outbox) == 1
    assert mail.outbox[0].to == ["pembaca@example.org"]
    assert "pompa" not in mail.outbox[0].body
    entry = Entry.objects.get(verb="body.written-to")
    assert "Sri" not in str(entry.data)
    inbox = sign_in(Client(), reader)
    assert "Pinjam pompa?" in inbox.get("/kerja/pesan/").content.decode()
    assert "Pinjam pompa?" not in coordinator.get("/kerja/pesan/").content.decode()
    message = Message.objects.get()
    assert coordinator.post(f"/kerja/pesan/{message.public_id}/selesai/").status_code == 403
    assert inbox.post(f"/kerja/pesan/{message.public_id}/selesai/").status_code == 302
    message.at = timezone.now() - KEPT * 2
    message.save()
    assert forget_old(actor=system("people.forget-messages")) == 1


def test_a_representative_hands_on_and_keeps_the_role_until_it_is_taken_up() -> None:
    body = group("Relawan Muara")
    old = make_person("lama@example.org")
    grant = give(old, "verifier", body)
    browser = sign_in(Client(), old)
    answer = browser.post(f"/kerja/peran/{grant.pk}/serahkan/", {"email": "baru@example.org"})
    link = re.search(r"/undangan/[\w-]+/", answer.content.decode())
    assert link is not None
    assert roles_in_force(browser) == ["verifier"]
    new = Client()
    new.get(link[0])
    said = {"display_name": "Pak Baru", "password": "perahu merah di dermaga", "consent": "on"}
    assert new.post("/undangan/", said).status_code == 302
    assert roles_in_force(new) == ["verifier"]
    assert roles_in_force(browser) == []
    stranger = sign_in(Client(), make_person("asing@example.org"))
    assert stranger.post(f"/kerja/peran/{grant.pk}/serahkan/", {"email": "x@example.org"}).status_code == 403


def test_one_home_with_many_addresses_is_one_sender() -> None:
    body = group("Relawan Muara")
    give(make_person("pembaca@example.org"), "member", body)
    path = f"/pihak/{body.public_id}/pesan/"

    def send(address: str) -> int:
        form = {"action_id": str(uuid4()), "name": "Bu Sri", "reply_to": "sri@example.org", "words": "Halo?"}
        return Client(REMOTE_ADDR=address).post(path, form).status_code

    one = [send(f"2001:db8:1:2::{number:x}") for number in range(1, 7)]
    assert one == [302] * 4 + [429] * 2
    assert [send("2001:db8:1:3::1"), send("::ffff:203.0.113.9"), send("203.0.113.9")] == [302] * 3
