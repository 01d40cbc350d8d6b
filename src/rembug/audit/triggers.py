"""Database triggers that refuse to rewrite the log, for both databases.

Whoever owns the database can drop them; then the tree and the checkpoints that outsiders keep show it. They stop
every accident and every attack through the application. The migration installs them; SQLite loses triggers when a
later migration rebuilds a table, so a test asks whether all of them stand.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

LEAF = ("uid", "at", "actor", "actor_kind", "verb", "object_kind", "object_id", "city", "data", "leaf_hash")
ENTRY_CHANGED = "OLD.leaf_index IS NOT NULL OR OLD.id <> NEW.id OR " + " OR ".join(
    f"OLD.{column} <> NEW.{column}" for column in LEAF
)
TILE_CHANGED = (
    "OLD.level <> NEW.level OR OLD.number <> NEW.number "
    "OR substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes"
)
CHANGES = {"audit_entry": ENTRY_CHANGED, "audit_tile": TILE_CHANGED, "audit_checkpoint": ""}
PG_BODY = "EXECUTE FUNCTION audit_refuse()"
REFUSAL = "audit: the log is never rewritten"


def statements(vendor: str) -> dict[str, tuple[str, str]]:
    """Return the triggers by name: their table and the statement that makes them."""
    made: dict[str, tuple[str, str]] = {}
    for table, changed in CHANGES.items():
        when = f"WHEN ({changed})" if changed else ""
        made[f"{table}_no_change"] = table, _row(vendor, f"{table}_no_change", f"UPDATE ON {table}", when)
        made[f"{table}_no_delete"] = table, _row(vendor, f"{table}_no_delete", f"DELETE ON {table}", "")
        if vendor == "postgresql":
            made[f"{table}_no_truncate"] = (
                table,
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {PG_BODY}",
            )
    return made


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger that is not there."""
    present = names(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for name, (_, statement) in statements(connection.vendor).items():
            if name not in present:
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, ending: str = "") -> None:
    """Drop the triggers whose name has this ending: for going back a migration, and for tests that attack."""
    present = names(connection)
    with connection.cursor() as cursor:
        for name, (table, _) in statements(connection.vendor).items():
            if name in present and name.endswith(ending):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {name}{on}")


def names(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the log's triggers that stand in the database."""
    source = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(source)
        return {row[0] for row in cursor.fetchall()} & set(statements(connection.vendor))


def _row(vendor: str, name: str, what: str, when: str) -> str:
    body = PG_BODY if vendor == "postgresql" else f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return f"CREATE TRIGGER {name} BEFORE {what} FOR EACH ROW {when} {body}"
