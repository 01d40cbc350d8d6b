"""Signing in and out through the pages."""

import re

import pytest
from django.core import mail
from django.test import Client

from rembug.people.tests.town import PASSWORD, give, make_body, make_person, roles_in_force, sign_in


def test_a_person_signs_in_with_e_mail_and_password(client: Client) -> None:
    person = make_person("sri@example.org")
    answer = client.post("/masuk/", {"login": "SRI@example.org", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"] == "/saya/"
    assert person.display_name in client.get("/saya/").content.decode()


def test_signing_out_ends_the_session(client: Client) -> None:
    sign_in(client, make_person("sri@example.org"))
    old = client.cookies["session"].value
    assert client.post("/keluar/").status_code == 302
    client.cookies["session"] = old
    assert client.get("/akun/sesi/").status_code == 302


def test_a_form_that_comes_after_the_session_ended_gives_its_sentences_back(client: Client) -> None:
    said = {"verb": "answer", "public": "Lampu diganti <besok> pagi.", "password": "rahasia sekali ini"}
    answer = client.post(
        "/kerja/kasus/ABCDEFGHJ/langkah/",
        said,
        headers={"referer": "http://testserver/kerja/kasus/ABCDEFGHJ/"},
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Lampu diganti &lt;besok&gt; pagi.</textarea>" in page
    assert "rahasia sekali ini" not in page
    assert "/masuk/?next=%2Fkerja%2Fkasus%2FABCDEFGHJ%2F" in page
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("came", ["http://[", "http://[::1", "//", "https://example.org/kerja/lain/"])
def test_a_last_page_that_cannot_be_read_leads_to_the_desk(client: Client, came: str) -> None:
    answer = client.post("/kerja/pihak/", {"words": "Kalimat yang panjang"}, headers={"Referer": came})
    assert answer.status_code == 403
    assert 'next=%2Fkerja%2F"' in answer.content.decode()


def test_nothing_of_the_confidential_desk_and_no_foreign_address_is_given_back(client: Client) -> None:
    said = {"words": "Kepala dinas menerima uang.", "passphrase": "empat kata yang panjang"}
    answer = client.post(
        "/kerja/rahasia/pekalongan-inspektorat/ABCDEFGHJ/tulis/",
        said,
        headers={"referer": "https://evil.example/x/"},
    )
    assert "menerima uang" not in answer.content.decode()
    elsewhere = client.post("/kerja/komitmen/baru/", said, headers={"referer": "https://evil.example/x/"})
    assert "evil.example" not in elsewhere.content.decode()
    assert "empat kata" not in elsewhere.content.decode()


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer() -> None:
    make_person("sri@example.org")
    pages = []
    for email in ("sri@example.org", "nobody@example.org"):
        answer = Client().post("/masuk/", {"login": email, "password": "salah sekali"})
        pages.append((answer.status_code, answer.content.decode().replace(email, "")))
    assert strip(pages[0][1]) == strip(pages[1][1])
    assert "tidak cocok" in pages[0][1]


def strip(page: str) -> str:
    """Drop what differs each time: anti-forgery tokens and nonces."""
    return re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_five_failures_lock_the_account_and_not_its_neighbour(client: Client) -> None:
    make_person("sri@example.org")
    make_person("budi@example.org")
    for _ in range(5):
        client.post("/masuk/", {"login": "sri@example.org", "password": "salah sekali"})
    locked = client.post("/masuk/", {"login": "sri@example.org", "password": PASSWORD})
    assert "Terlalu banyak percobaan" in locked.content.decode()
    assert client.post("/masuk/", {"login": "budi@example.org", "password": PASSWORD}).status_code == 302


def test_an_unknown_address_is_locked_as_well(client: Client) -> None:
    for _ in range(5):
        client.post("/masuk/", {"login": "nobody@example.org", "password": "salah sekali"})
    answer = client.post("/masuk/", {"login": "nobody@example.org", "password": "salah sekali"})
    assert "Terlalu banyak percobaan" in answer.content.decode()


def test_nobody_makes_an_account_alone(client: Client) -> None:
    page = client.get("/masuk/daftar/").content.decode()
    assert "lewat undangan" in page
    client.post("/masuk/daftar/", {"email": "x@example.org", "password1": PASSWORD})
    assert client.post("/masuk/", {"login": "x@example.org", "password": PASSWORD}).status_code == 200


def test_a_forgotten_password_is_renewed_by_a_letter(client: Client) -> None:
    make_person("sri@example.org")
    assert client.post("/masuk/lupa/", {"email": "sri@example.org"})["Location"] == "/masuk/lupa/terkirim/"
    (letter,) = mail.outbox
    link = next(word for word in letter.body.split() if word.startswith("http"))
    page = client.get(link.replace("http://localhost:8000", ""), follow=True)
    where = page.redirect_chain[-1][0]
    new = {"password1": "ombak tinggi sekali", "password2": "ombak tinggi sekali"}
    assert client.post(where, new).status_code == 302
    assert (
        client.post("/masuk/", {"login": "sri@example.org", "password": new["password1"]}).status_code == 302
    )
    assert (
        "tidak berlaku"
        in Client().get(link.replace("http://localhost:8000", ""), follow=True).content.decode()
    )


def test_an_unknown_address_gets_the_same_page_and_no_letter(client: Client) -> None:
    assert client.post("/masuk/lupa/", {"email": "nobody@example.org"})["Location"] == "/masuk/lupa/terkirim/"
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("pendek7", False),
        ("password123", False),
        ("12345678", False),
        ("semua huruf kecil tanpa angka", True),
        ("x" * 64 + "panjang", True),
        ("  spasi di tepi  ", True),
    ],
)
def test_a_new_password_is_judged_by_length_and_by_whether_it_is_known(
    client: Client, password: str, taken: bool
) -> None:
    sign_in(client, make_person("sri@example.org"))
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = client.post("/akun/sandi/", form)
    assert (answer.status_code == 302) is taken, answer.content.decode()
    if taken:
        assert Client().post("/masuk/", {"login": "sri@example.org", "password": password}).status_code == 302


def test_changing_the_password_ends_every_session(client: Client) -> None:
    person = make_person("sri@example.org")
    other = sign_in(Client(), person)
    sign_in(client, person)
    client.post(
        "/akun/sandi/", {"oldpassword": PASSWORD, "password1": "ombak tinggi", "password2": "ombak tinggi"}
    )
    assert other.get("/akun/sesi/").status_code == 302


def test_other_sessions_are_listed_and_ended(client: Client) -> None:
    person = make_person("sri@example.org")
    other = sign_in(Client(headers={"user-agent": "HP lama"}), person)
    sign_in(client, person)
    assert "HP lama" in client.get("/akun/sesi/").content.decode()
    client.post("/akun/sesi/")
    assert other.get("/akun/sesi/").status_code == 302
    assert client.get("/akun/sesi/").status_code == 200


def test_a_disabled_person_is_out_at_once(client: Client) -> None:
    person = make_person("sri@example.org")
    sign_in(client, person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    assert client.get("/akun/sesi/").status_code == 302


def test_an_ended_role_has_no_force_in_the_next_request(client: Client) -> None:
    person = make_person("sri@example.org")
    grant = give(person, "verifier", make_body())
    sign_in(client, person)
    assert roles_in_force(client) == ["verifier"]
    grant.delete()
    assert roles_in_force(client) == []


def test_over_plain_http_the_page_says_so(client: Client) -> None:
    assert "belum terenkripsi" in client.get("/masuk/").content.decode()
    assert "belum terenkripsi" not in client.get("/masuk/", secure=True).content.decode()


def test_pages_of_accounts_ask_nobody_else_for_anything(client: Client) -> None:
    sign_in(client, make_person("sri@example.org"))
    for path in ("/akun/pengaman/", "/akun/sesi/", "/akun/sandi/", "/saya/"):
        page = client.get(path).content.decode()
        assert "https://" not in page
        assert "onclick" not in page
        assert "style=" not in page


def test_the_log_tells_who_came_and_who_failed_without_an_address(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    person = make_person("sri@example.org")
    with caplog.at_level("INFO", logger="rembug.access"):
        client.post("/masuk/", {"login": "sri@example.org", "password": "salah sekali"})
        sign_in(client, person)
    said = [line.getMessage() for line in caplog.records if line.name == "rembug.access"]
    assert said[0].startswith("sign-in failed for ")
    assert said[1] == f"signed in: {person.public_id}"
    assert "sri@" not in caplog.text
