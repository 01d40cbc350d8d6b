"""R-05: whatever is changed by direct SQL, with every right over the database, the next check finds and names."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from rembug.audit import actions, keys, queries, rules
from rembug.audit.models import Entry
from rembug.audit.queries import checking
from rembug.audit.rules import note
from rembug.audit.tests.conftest import ME

Grow = Callable[[int], None]
NAME = "kota.example/catatan"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("attacker")]


@pytest.fixture
def signed(grow: Grow) -> None:
    grow(200)
    actions.checkpoint(actor=ME)
    grow(400)
    actions.checkpoint(actor=ME, at_least=timedelta(0))
    grow(10)


def sql(statement: str, *values: str | int | bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def faults(*kept: str) -> list[str]:
    return checking.verify(keys.load().verifiers, kept).faults


@pytest.mark.usefixtures("signed")
def test_an_untouched_log_is_sound() -> None:
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    assert out.getvalue().startswith("sound: 610 entries, 2 checkpoints")


CHANGES = {
    "uid": "replace(uid, substr(uid, 1, 1), 'z')",
    "at": "'2020-01-01 00:00:00'",
    "actor": "actor || 'x'",
    "actor_kind": "'device'",
    "verb": "verb || '.'",
    "object_kind": "'x'",
    "object_id": "object_id || '0'",
    "city": "'x'",
    "data": "replace(data, '42', '43')",
    "leaf_hash": "replace(leaf_hash, substr(leaf_hash, 1, 1), 'z')",
}


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize("column", CHANGES)
def test_one_changed_column_is_found_and_its_entry_named(column: str) -> None:
    sql(f"UPDATE audit_entry SET {column} = {CHANGES[column]} WHERE leaf_index = 42")
    found = faults()
    assert any(fault.startswith("leaf 42 (entry ") for fault in found)
    assert all(fault.startswith("leaf 42 (entry ") for fault in found)


@pytest.mark.usefixtures("signed")
def test_a_changed_entry_with_a_fitting_new_hash_is_found() -> None:
    entry = Entry.objects.get(leaf_index=42)
    entry.data = '{"n":43}'
    fresh = rules.leaf_hash(actions.leaf_content(entry))
    sql("UPDATE audit_entry SET data = %s, leaf_hash = %s WHERE leaf_index = 42", entry.data, fresh)
    assert f"leaf 42 (entry {entry.uid}): the tree holds another hash in this place" in faults()


@pytest.mark.usefixtures("signed")
def test_a_rewritten_tree_is_found_by_what_was_signed() -> None:
    """The whole tree is recomputed after the change: only the signatures tell."""
    sql("UPDATE audit_entry SET object_id = 'other' WHERE leaf_index = 42")
    for entry in Entry.objects.filter(leaf_index=42):
        sql(
            "UPDATE audit_entry SET leaf_hash = %s WHERE id = %s",
            rules.leaf_hash(actions.leaf_content(entry)),
            entry.pk,
        )
    order = list(Entry.objects.order_by("leaf_index").values_list("id", flat=True))
    sql("DELETE FROM audit_tile")
    sql("UPDATE audit_entry SET leaf_index = NULL")
    assert len(order) == actions.sequence(actor=ME)
    assert faults() == [
        f"checkpoint {size}: the first {size} leaves are not those that were signed" for size in (200, 600)
    ]
    kept = queries.checkpoints()[0].note
    sql("DELETE FROM audit_checkpoint")
    assert faults() == [], "without any checkpoint nobody can know …"
    assert faults(kept) == ["kept checkpoint 1: the first 600 leaves are not those that were signed"], (
        "… but whoever kept one does"
    )


@pytest.mark.usefixtures("signed")
def test_a_deleted_row_is_found() -> None:
    sql("DELETE FROM audit_entry WHERE leaf_index = 300")
    assert faults() == ["leaf 300: its entry is missing"]


@pytest.mark.usefixtures("signed")
def test_a_deleted_end_is_found() -> None:
    sql("DELETE FROM audit_entry WHERE leaf_index >= 590")
    sql("UPDATE audit_tile SET hashes = substr(hashes, 1, 32 * 78) WHERE level = 0 AND number = 2")
    assert faults() == ["checkpoint 600: signed for more leaves than the log has (590)"]


@pytest.mark.usefixtures("signed")
def test_a_row_that_was_cut_from_the_tree_is_found() -> None:
    sql("UPDATE audit_tile SET hashes = substr(hashes, 1, 32 * 90) WHERE level = 0 AND number = 2")
    assert any("outside the tree" in fault for fault in faults())


@pytest.mark.usefixtures("signed")
def test_two_swapped_numbers_are_found() -> None:
    for was, now in ((7, -1), (8, 7), (-1, 8)):
        sql("UPDATE audit_entry SET leaf_index = %s WHERE leaf_index = %s", now, was)
    found = faults()
    assert any(fault.startswith("leaf 7 ") for fault in found)
    assert any(fault.startswith("leaf 8 ") for fault in found)


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(("level", "number", "told"), [(0, 1, "leaf 261"), (1, 0, "tile 1/0")])
def test_one_changed_byte_in_the_tree_is_found(level: int, number: int, told: str) -> None:
    hashes = bytearray(queries.tile(level, number))
    hashes[5 * 32 + 3 if level == 0 else 3] ^= 1
    sql("UPDATE audit_tile SET hashes = %s WHERE level = %s AND number = %s", bytes(hashes), level, number)
    assert any(fault.startswith(told) for fault in faults())


@pytest.mark.usefixtures("signed")
def test_a_missing_tile_is_found() -> None:
    sql("DELETE FROM audit_tile WHERE level = 0 AND number = 1")
    assert "tile 0/1: missing" in faults()


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(
    "change",
    [
        "note = replace(note, '600', '601')",
        "root = replace(root, substr(root, 1, 1), 'z')",
        "size = 599",
        "note = 'x'",
    ],
)
def test_a_doctored_checkpoint_is_found(change: str) -> None:
    sql(f"UPDATE audit_checkpoint SET {change} WHERE size = 600")
    assert any("checkpoint" in fault for fault in faults())


@pytest.mark.usefixtures("signed")
def test_a_checkpoint_signed_with_a_foreign_key_is_found() -> None:
    root = bytes.fromhex(queries.checkpoints()[0].root)
    forged = note.sign(str(note.Checkpoint(NAME, 600, root)), note.Signer(NAME, b"\1" * 32))
    sql("UPDATE audit_checkpoint SET note = %s WHERE size = 600", forged)
    assert faults() == ["checkpoint 600: no signature of a key that you trust"]


def test_a_change_before_numbering_is_found() -> None:
    actions.record(actor=ME, verb="report.received", obj=actions.Ref("report", "R"))
    sql("UPDATE audit_entry SET object_id = 'S'")
    assert any("changed after it was written" in fault for fault in faults())


@pytest.mark.usefixtures("signed")
def test_the_command_names_the_fault_and_exits_with_one(tmp_path: Path) -> None:
    kept = tmp_path / "old"
    kept.write_text(queries.checkpoints()[1].note, encoding="utf-8")
    call_command("audit", "verify", from_checkpoint=[str(kept)], stdout=StringIO())
    sql("UPDATE audit_entry SET city = 'x' WHERE leaf_index = 3")
    err = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("audit", "verify", from_checkpoint=[str(kept)], stderr=err)
    assert caught.value.returncode == 1
    assert "leaf 3 (entry " in err.getvalue()
