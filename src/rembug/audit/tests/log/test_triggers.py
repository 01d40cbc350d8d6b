"""The database itself refuses to rewrite the log, also to somebody who speaks SQL."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from rembug.audit import actions, triggers
from rembug.audit.models import Entry
from rembug.audit.tests.conftest import ME

Grow = Callable[[int], None]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def whole(grow: Grow) -> None:
    assert {
        name for name in triggers.statements(connection.vendor) if name.endswith("_no_change")
    } <= triggers.names(connection), "a migration rebuilt a table and lost its triggers"
    triggers.install(connection)  # the test runner has dropped those that keep it from emptying tables
    grow(3)
    actions.checkpoint(actor=ME)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET city = 'x' WHERE leaf_index = 1",
        "UPDATE audit_entry SET leaf_index = 9 WHERE leaf_index = 1",
        "UPDATE audit_entry SET leaf_index = NULL WHERE leaf_index = 1",
        "DELETE FROM audit_entry WHERE leaf_index = 1",
        "UPDATE audit_tile SET hashes = substr(hashes, 2, 95)",
        "UPDATE audit_tile SET number = 7",
        "DELETE FROM audit_tile",
        "UPDATE audit_checkpoint SET size = 2",
        "DELETE FROM audit_checkpoint",
    ],
)
def test_rewriting_is_refused(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="never rewritten"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("column", triggers.LEAF)
def test_what_waits_for_its_number_cannot_be_changed_either(column: str) -> None:
    actions.record(actor=ME, verb="report.received", obj=actions.Ref("report", "R"))
    value = "2020-01-01 00:00:00+00" if column == "at" else "x"
    change = f"UPDATE audit_entry SET {column} = %s WHERE leaf_index IS NULL"
    with (
        pytest.raises(DatabaseError, match="never rewritten"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change, [value])


def test_the_log_goes_on_growing_under_the_triggers(grow: Grow) -> None:
    grow(300)
    assert Entry.objects.filter(leaf_index=302).exists()
