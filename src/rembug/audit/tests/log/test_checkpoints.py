"""What the log signs, when, with which key; and what it refuses to sign."""

import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection

from rembug.audit import actions, keys, queries
from rembug.audit.models import Checkpoint
from rembug.audit.rules import note, tree
from rembug.audit.tests.conftest import ME

Grow = Callable[[int], None]
pytestmark = pytest.mark.django_db
AT_ONCE = timedelta(0)


def test_the_key_is_made_once_and_only_its_owner_can_read_it(key_folder: Path) -> None:
    first = keys.load()
    assert keys.load() == first
    assert stat.S_IMODE((key_folder / "audit-key").stat().st_mode) == 0o600
    assert [file.name for file in key_folder.iterdir()] == ["audit-key"]
    assert note.read_verifier(str(first.signer.verifier)) == first.signer.verifier
    assert first.signer.name == "kota.example/catatan"


def test_a_checkpoint_says_how_far_the_log_has_come(grow: Grow) -> None:
    assert actions.checkpoint(actor=ME) is None, "nothing to sign yet"
    grow(3)
    signed = actions.checkpoint(actor=ME)
    assert signed is not None
    said = note.open_checkpoint(signed.note, keys.load().verifiers)
    assert (said.origin, said.size, said.root.hex()) == ("kota.example/catatan", 3, signed.root)
    assert signed.root == queries.inclusion_proof(0)["root"]


def test_it_signs_at_most_once_a_minute_and_only_what_has_grown(grow: Grow) -> None:
    with time_machine.travel("2026-01-02T03:04:05Z", tick=False) as clock:
        grow(1)
        assert actions.checkpoint(actor=ME)
        grow(1)
        assert not queries.checkpoint_due()
        assert actions.checkpoint(actor=ME) is None
        clock.shift(60)
        assert queries.checkpoint_due()
        assert actions.checkpoint(actor=ME)
        clock.shift(60)
        assert not queries.checkpoint_due()
        assert actions.checkpoint(actor=ME) is None
    assert Checkpoint.objects.count() == 2


def test_any_two_checkpoints_are_consistent(grow: Grow) -> None:
    for step in (1, 2, 255, 40, 300):
        grow(step)
        assert actions.checkpoint(actor=ME, at_least=AT_ONCE)
    heads = {row.size: bytes.fromhex(row.root) for row in queries.checkpoints()}
    for old in heads:
        for new in (size for size in heads if size >= old):
            proof = queries.consistency_proof(old, new)
            path = [bytes.fromhex(step) for step in proof["proof"]]
            assert tree.extends((old, new), (heads[old], heads[new]), path)


@pytest.mark.usefixtures("attacker")
def test_it_never_signs_what_contradicts_its_last_word(grow: Grow) -> None:
    grow(3)
    actions.checkpoint(actor=ME)
    grow(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT hashes FROM audit_tile WHERE level = 0")
        hashes = bytes(cursor.fetchone()[0])
        cursor.execute("UPDATE audit_tile SET hashes = %s", [b"\1" + hashes[1:]])
    with pytest.raises(actions.Fork, match="first 3 leaves"):
        actions.checkpoint(actor=ME, at_least=AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_tile SET hashes = %s", [hashes[:64]])
    with pytest.raises(actions.Fork, match="2 leaves, but 3"):
        actions.checkpoint(actor=ME, at_least=AT_ONCE)


def test_a_server_with_another_key_does_not_sign_into_this_log(grow: Grow, key_folder: Path) -> None:
    grow(1)
    actions.checkpoint(actor=ME)
    (key_folder / "audit-key").unlink()
    grow(1)
    with pytest.raises(note.BadNote, match="trust"):
        actions.checkpoint(actor=ME, at_least=AT_ONCE)


def test_after_a_change_of_key_old_checkpoints_still_count(grow: Grow, key_folder: Path) -> None:
    grow(1)
    actions.checkpoint(actor=ME)
    former = keys.load().signer
    fresh = note.Signer(former.name, b"\7" * 32)
    (key_folder / "audit-key").write_text(f"{fresh}\n{former.verifier}\n")
    grow(1)
    signed = actions.checkpoint(actor=ME, at_least=AT_ONCE)
    assert signed is not None
    assert note.open_checkpoint(signed.note, [fresh.verifier]).size == 2


def test_a_receipt_fills_up_as_the_log_goes_on(grow: Grow) -> None:
    entry = actions.record(actor=ME, verb="report.received", obj=actions.Ref("report", "R"))
    assert queries.receipt(entry.leaf_hash) == {
        "hash": entry.leaf_hash,
        "leaf_index": None,
        "proof": None,
        "checkpoint": None,
    }
    grow(4)
    numbered = queries.receipt(entry.leaf_hash)
    assert (numbered["leaf_index"], numbered["checkpoint"]) == (0, None)
    actions.checkpoint(actor=ME)
    grow(3)
    whole = queries.receipt(entry.leaf_hash)
    assert whole["proof"]
    assert whole["checkpoint"]
    said = note.open_checkpoint(whole["checkpoint"], keys.load().verifiers)
    path = [bytes.fromhex(step) for step in whole["proof"]["proof"]]
    assert tree.includes(bytes.fromhex(entry.leaf_hash), 0, said.size, path, said.root)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "x",
        "no gap\n",
        "a\n1\nAA==\n\n— a AAAA\n",
        "a\n01\n" + "A" * 43 + "=\n\n— a AAAAAAAA\n",
        "a\n\nb\n\nc\n",
    ],
)
def test_no_nonsense_passes_for_a_checkpoint(bad: str) -> None:
    with pytest.raises(note.BadNote):
        note.open_checkpoint(bad, keys.load().verifiers)


@pytest.mark.parametrize("bad", ["", "a+b", "a+00000000+AAAA", "a b+1+2", "PRIVATE+KEY+a+0+AA=="])
def test_no_nonsense_passes_for_a_key(bad: str) -> None:
    with pytest.raises(note.BadNote):
        note.read_verifier(bad)
    with pytest.raises(note.BadNote):
        note.read_signer(bad)
