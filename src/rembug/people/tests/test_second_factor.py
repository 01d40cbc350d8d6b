"""Roles with power need a second factor, and there is no way around it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from rembug.people.tests.town import SECRET, code_now, give, make_body, make_person, roles_in_force, sign_in


@pytest.mark.parametrize("role", ["officer", "coordinator", "approver", "facilitator", "administrator"])
def test_without_a_second_factor_a_powerful_role_lies_still(client: Client, role: str) -> None:
    person = make_person("sri@example.org")
    give(person, role, make_body())
    give(person, "verifier", make_body("Kelurahan"))
    sign_in(client, person)
    assert roles_in_force(client) == ["verifier"]
    assert "menunggu pengaman kedua" in client.get("/saya/").content.decode()


def test_the_code_is_asked_at_sign_in_and_gives_the_role_its_force(client: Client) -> None:
    person = make_person("sri@example.org", totp=True)
    give(person, "officer", make_body())
    sign_in(client, person)
    assert client.get("/akun/sesi/").status_code == 302  # the password alone does not sign in
    assert client.post("/masuk/kode/", {"code": "000000"}).status_code == 200
    assert client.post("/masuk/kode/", {"code": code_now()}).status_code == 302
    assert roles_in_force(client) == ["officer"]


def test_a_code_works_once(client: Client) -> None:
    person = make_person("sri@example.org", totp=True)
    code = code_now()
    sign_in(client, person)
    assert client.post("/masuk/kode/", {"code": code}).status_code == 302
    other = sign_in(Client(), person)
    assert other.post("/masuk/kode/", {"code": code}).status_code == 200


def test_codes_cannot_be_guessed_without_end(client: Client) -> None:
    sign_in(client, make_person("sri@example.org", totp=True))
    for _ in range(5):
        client.post("/masuk/kode/", {"code": "000000"})
    assert "Terlalu banyak percobaan" in client.post("/masuk/kode/", {"code": code_now()}).content.decode()


@pytest.mark.django_db(transaction=True)  # the letter goes out after the commit
def test_setting_up_an_app_gives_the_role_its_force_at_once(client: Client) -> None:
    person = make_person("sri@example.org")
    give(person, "officer", make_body())
    sign_in(client, person)
    client.post("/akun/pastikan/", {"password": "perahu biru di muara"})
    page = client.get("/akun/pengaman/aplikasi/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]{16,})</code>", page)
    assert secret
    answer = client.post("/akun/pengaman/aplikasi/", {"code": code_now(secret[1])})
    assert answer["Location"] == "/akun/pengaman/cadangan/"
    assert len(re.findall(r"\b\d{8}\b", client.get(answer["Location"]).content.decode())) == 10
    assert roles_in_force(client) == ["officer"]
    assert "Aplikasi kode dipasang" in mail.outbox[-1].subject


def test_a_session_older_than_the_factor_has_to_show_it(client: Client) -> None:
    person = make_person("sri@example.org")
    give(person, "officer", make_body())
    sign_in(client, person)
    later = make_person("lain@example.org", totp=True)
    Authenticator.objects.filter(user=later).update(user=person)
    assert roles_in_force(client) == []
    client.post("/akun/pastikan/kode/", {"code": code_now()})
    assert roles_in_force(client) == ["officer"]


def test_without_the_last_factor_the_role_lies_still_again(client: Client) -> None:
    person = make_person("sri@example.org", totp=True)
    give(person, "officer", make_body())
    sign_in(client, person, code=True)
    Authenticator.objects.filter(user=person).delete()
    assert roles_in_force(client) == []


def test_secrets_are_not_readable_in_the_database() -> None:
    person = make_person("sri@example.org", totp=True)
    assert SECRET not in str(Authenticator.objects.get(user=person).data)


def test_passkey_pages_work_under_a_policy_of_nonces(client: Client) -> None:
    person = make_person("sri@example.org")
    sign_in(client, person)
    client.post("/akun/pastikan/", {"password": "perahu biru di muara"})
    for page in (Client().get("/masuk/"), client.get("/akun/pengaman/kunci/tambah/")):
        assert page.status_code == 200
        scripts = re.findall(r"<script([^>]*)>", page.content.decode())
        assert any("webauthn.js" in script for script in scripts)
        for script in scripts:
            assert "application/json" in script or "nonce=" in script


def test_a_passkey_sign_in_begins_with_a_challenge(client: Client) -> None:
    options = client.get("/masuk/kunci/", headers={"accept": "application/json"}).json()
    assert len(options["request_options"]["publicKey"]["challenge"]) >= 22
