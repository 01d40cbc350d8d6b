"""A group registers itself, a coordinator decides, its representative comes in."""

import re

import pytest
from django.test import Client

from rembug.audit.models import Entry
from rembug.people.models import Body, Consent
from rembug.people.tests.town import PASSWORD, give, make_body, make_person, roles_in_force, sign_in

FORM = {
    "name": "Relawan Muara (contoh)",
    "kind": "komunitas",
    "sphere": "civil_society",
    "level": "kelurahan",
    "about": "Kami menjaga pintu air.",
    "representative": "Bu Wakil",
    "contact_email": "wakil@example.org",
    "consent": "on",
}


@pytest.fixture
def coordinator() -> Client:
    """A coordinator of the whole city, signed in with a second factor."""
    person = make_person("koordinator@example.org", totp=True)
    give(person, "coordinator", make_body("Dinkominfo"))
    return sign_in(Client(), person, code=True)


def registered(client: Client) -> Body:
    """Register the group and return it."""
    assert client.post("/pihak/daftar/", FORM)["Location"] == "/pihak/daftar/terima-kasih/"
    return Body.objects.get(name=FORM["name"])


def test_a_group_waits_and_is_not_public_until_it_is_confirmed(client: Client) -> None:
    group = registered(client)
    assert group.state == "pending"
    assert FORM["name"] not in client.get("/pihak/").content.decode()
    assert client.get(f"/pihak/{group.public_id}/").status_code == 404


def test_the_log_leads_to_a_group_only_once_it_has_a_page(client: Client, coordinator: Client) -> None:
    group = registered(client)
    page = f'href="/pihak/{group.public_id}/"'
    assert page not in client.get(f"/catatan/?jenis=body&nomor={group.public_id}").content.decode()
    coordinator.post(f"/kerja/pihak/{group.public_id}/", {"decision": "confirm", "role": "verifier"})
    assert page in client.get(f"/catatan/?jenis=body&nomor={group.public_id}").content.decode()


def test_registering_without_consent_is_refused_and_consent_is_on_record(client: Client) -> None:
    answer = client.post("/pihak/daftar/", {**FORM, "consent": ""})
    assert answer.status_code == 422
    assert "Centang dulu" in answer.content.decode()
    group = registered(client)
    row = Consent.objects.get(subject=f"body:{group.public_id}")
    assert (row.purpose, row.language, row.channel, row.given) == ("group", "id", "web", True)
    assert len(row.text_hash) == 64


def test_an_office_cannot_register_itself(client: Client) -> None:
    assert client.post("/pihak/daftar/", {**FORM, "sphere": "leadership"}).status_code == 422


def test_the_same_name_twice_is_refused_with_a_remedy(client: Client) -> None:
    registered(client)
    answer = client.post("/pihak/daftar/", {**FORM, "name": FORM["name"].upper()})
    assert answer.status_code == 422
    assert "Tambahkan nama wilayah" in answer.content.decode()


def test_a_confirmed_group_is_public_without_its_people(client: Client, coordinator: Client) -> None:
    group = registered(client)
    assert FORM["name"] in coordinator.get("/kerja/pihak/").content.decode()
    coordinator.post(f"/kerja/pihak/{group.public_id}/", {"decision": "confirm", "role": "verifier"})
    page = client.get(f"/pihak/{group.public_id}/").content.decode()
    assert "Masyarakat sipil" in page
    for private in ("Bu Wakil", "wakil@example.org"):
        assert private not in page
        assert private not in client.get("/pihak/").content.decode()
        assert not Entry.objects.filter(data__contains=private).exists()


def test_the_representative_comes_in_by_the_link_once(client: Client, coordinator: Client) -> None:
    group = registered(client)
    page = coordinator.post(f"/kerja/pihak/{group.public_id}/", {"decision": "confirm", "role": "verifier"})
    link = re.search(r"/undangan/([\w-]{20,})/", page.content.decode())
    assert link
    newcomer = Client()
    assert newcomer.get(link[0])["Location"] == "/undangan/"
    answer = newcomer.post("/undangan/", {"display_name": "Wakil", "password": PASSWORD, "consent": "on"})
    assert answer["Location"] == "/saya/"
    assert roles_in_force(newcomer) == ["verifier"]
    again = Client()
    again.get(link[0])
    assert again.get("/undangan/").status_code == 404


def test_declining_needs_a_reason(client: Client, coordinator: Client) -> None:
    group = registered(client)
    where = f"/kerja/pihak/{group.public_id}/"
    assert "Tulis alasannya" in coordinator.post(where, {"decision": "decline"}).content.decode()
    coordinator.post(where, {"decision": "decline", "reason": "Mohon tulis nama lengkap."})
    group.refresh_from_db()
    assert group.state == "declined"
    assert client.get(f"/pihak/{group.public_id}/").status_code == 404
    assert "sudah diputuskan" in coordinator.post(where, {"decision": "confirm"}).content.decode()


def test_a_body_that_has_not_joined_and_an_example_say_so(client: Client) -> None:
    office = make_body("BPBD", state="not_joined")
    example = make_body("Komunitas contoh", sphere="civil_society", is_example=True)
    assert "elum bergabung" in client.get(f"/pihak/{office.public_id}/").content.decode()
    assert "Contoh saja" in client.get(f"/pihak/{example.public_id}/").content.decode()


def test_registering_again_and_again_is_slowed_down(client: Client) -> None:
    for number in range(20):
        client.post("/pihak/daftar/", {**FORM, "name": f"Kelompok {number}"})
    answer = client.post("/pihak/daftar/", {**FORM, "name": "Kelompok terlalu banyak"})
    assert answer.status_code == 429
    assert "Tunggu sebentar" in answer.content.decode()
    assert not Body.objects.filter(name="Kelompok terlalu banyak").exists()
