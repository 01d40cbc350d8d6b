"""The public pages and the interface of the log."""

from collections.abc import Callable

import pytest
from django.test import Client
from lxml import html

from rembug.audit import actions, keys, queries
from rembug.audit.models import Entry
from rembug.audit.rules import note
from rembug.audit.tests.conftest import ME, OFFICER

Grow = Callable[[int], None]
pytestmark = pytest.mark.django_db


def test_the_log_says_who_did_what_to_which_thing(client: Client) -> None:
    data = {"body": "B123", "body_name": "Kelurahan Panjang Baru"}
    actions.record(actor=OFFICER, verb="report.decided", obj=actions.Ref("report", "7KQ2"), data=data)
    page = html.fromstring(client.get("/catatan/").content)
    row = " ".join(page.cssselect("ol.log li")[0].text_content().split())
    assert "Laporan diputuskan oleh pemeriksa" in row
    assert "Petugas atau anggota · Kelurahan Panjang Baru" in row
    assert OFFICER.public_id not in row
    assert page.cssselect('a[href="/laporan/7KQ2/"]')


def test_an_empty_log_says_how_it_begins(client: Client) -> None:
    assert "Laporan pertama akan muncul di sini" in client.get("/catatan/").content.decode()


def test_the_log_speaks_english_too(client: Client) -> None:
    actions.record(actor=ME, verb="report.decided", obj=actions.Ref("report", "7KQ2"))
    text = client.get("/catatan/", headers={"accept-language": "en"}).content.decode()
    assert "A verifier decided on the report" in text
    assert "Nobody can change it unseen" in text


def test_pages_follow_each_other_without_gap_or_repetition(client: Client, grow: Grow) -> None:
    grow(120)
    seen: list[str] = []
    address = "/catatan/"
    while address:
        page = html.fromstring(client.get(address).content)
        seen += [a.get("href", "") for a in page.cssselect("ol.log li p:first-child a")]
        older = page.cssselect('a[rel="next"]')
        address = f"/catatan/{older[0].get('href')}" if older else ""
    assert seen == [f"/catatan/{uid}/" for uid in Entry.objects.order_by("-id").values_list("uid", flat=True)]


def test_the_log_of_one_thing_is_shown_alone(client: Client, grow: Grow) -> None:
    grow(3)
    page = html.fromstring(client.get("/catatan/?jenis=report&nomor=R1").content)
    assert len(page.cssselect("ol.log li")) == 1
    assert "Tidak ada catatan yang cocok" in client.get("/catatan/?jenis=report&nomor=none").content.decode()
    assert client.get("/catatan/?sebelum=abc").status_code == 200


def test_the_log_is_searched_by_the_hash_of_a_leaf(client: Client, grow: Grow) -> None:
    grow(3)
    entry = Entry.objects.get(leaf_index=1)
    page = html.fromstring(client.get(f"/catatan/?nomor={entry.leaf_hash}").content)
    assert [a.get("href") for a in page.cssselect("ol.log li p:first-child a")] == [f"/catatan/{entry.uid}/"]


def test_an_entry_shows_its_proof(client: Client, grow: Grow) -> None:
    grow(5)
    actions.checkpoint(actor=ME)
    entry = Entry.objects.get(leaf_index=2)
    text = client.get(f"/catatan/{entry.uid}/").content.decode()
    for step in queries.inclusion_proof(2)["proof"]:
        assert step in text
    assert "sudah ditandatangani" in text
    assert client.get("/catatan/none/").status_code == 404


def test_an_entry_without_number_says_that_it_waits(client: Client) -> None:
    entry = actions.record(actor=ME, verb="report.received", obj=actions.Ref("report", "R"))
    assert "Bukti muncul setelah" in client.get(f"/catatan/{entry.uid}/").content.decode()


def test_the_checkpoint_is_plain_text_that_its_key_opens(client: Client, grow: Grow) -> None:
    assert client.get("/catatan/checkpoint").status_code == 404
    grow(5)
    actions.checkpoint(actor=ME)
    for address in ("/catatan/checkpoint", "/catatan/checkpoints/5"):
        answer = client.get(address)
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert note.open_checkpoint(answer.content.decode(), keys.load().verifiers).size == 5
    assert client.get("/catatan/checkpoints/4").status_code == 404
    assert str(keys.load().signer.verifier) in client.get("/catatan/checkpoints/").content.decode()


def test_tiles_are_where_c2sp_expects_them(client: Client, grow: Grow) -> None:
    grow(260)
    assert client.get("/catatan/tile/0/000").content == queries.tile(0, 0)
    assert client.get("/catatan/tile/0/001.p/3").content == queries.tile(0, 1)[:96]
    assert client.get("/catatan/tile/1/000.p/1").content == queries.tile(1, 0)
    for wrong in ("0/001", "0/001.p/5", "0/001.p/256", "0/1", "0/x000/001.p/1", "9/000", "0/../000"):
        assert client.get(f"/catatan/tile/{wrong}").status_code == 404, wrong


def test_the_verifier_can_be_fetched(client: Client) -> None:
    answer = client.get("/catatan/verify_log.py")
    assert answer.content.startswith(b"#!/usr/bin/env python3")


def test_entries_come_page_by_page_in_the_order_of_the_tree(client: Client, grow: Grow) -> None:
    grow(25)
    got: list[int] = []
    address: str | None = "/api/v1/log/entries?limit=10"
    while address:
        page = client.get(address).json()
        got += [entry["leaf_index"] for entry in page["entries"]]
        address = page["next"]
    assert got == list(range(25))
    lines = client.get("/api/v1/log/entries?after=19&format=jsonl").content.splitlines()
    assert len(lines) == 5


def test_proofs_are_given_by_hash_index_and_sizes(client: Client, grow: Grow) -> None:
    grow(25)
    hashed = Entry.objects.get(leaf_index=7).leaf_hash
    receipt = client.get(f"/api/v1/log/proof/inclusion?hash={hashed}").json()
    assert receipt["proof"] == client.get("/api/v1/log/proof/inclusion?index=7&size=25").json()
    found = client.get("/api/v1/log/proof/consistency?from=7&to=25").json()
    assert (found["from_size"], found["to_size"]) == (7, 25)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("entries?after=x", 422),
        ("entries?limit=5000", 422),
        ("entries?after=99999999999999999999", 422),
        ("proof/inclusion", 422),
        ("proof/inclusion?index=99", 404),
        ("proof/inclusion?index=1&size=99", 404),
        ("proof/inclusion?hash=00", 404),
        ("proof/consistency?from=3&to=2", 422),
        ("proof/consistency?from=1&to=99", 404),
    ],
)
def test_a_wrong_question_gets_a_problem_document(
    client: Client, grow: Grow, address: str, status: int
) -> None:
    grow(3)
    answer = client.get(f"/api/v1/log/{address}")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
