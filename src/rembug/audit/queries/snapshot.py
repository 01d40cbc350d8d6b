"""The log's size and root in any database, for example in a backup that nobody serves."""

from functools import cache

from django.db.backends.base.base import BaseDatabaseWrapper

from rembug.audit.rules import tiles, tree


def head(database: BaseDatabaseWrapper) -> tuple[int, str]:
    """Return (size, root in hex) of the tree that this database holds."""

    @cache
    def tile(level: int, number: int) -> bytes:
        with database.cursor() as cursor:
            cursor.execute("SELECT hashes FROM audit_tile WHERE level = %s AND number = %s", [level, number])
            row = cursor.fetchone()
        if row is None:
            raise tiles.Broken(f"tile {level}/{number} is missing")
        return bytes(row[0])

    with database.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM audit_tile WHERE level = 0")
        (last,) = cursor.fetchone()
    size = 0 if last is None else last * tiles.WIDTH + len(tile(0, last)) // tiles.HASH
    return size, tree.root(size, tiles.reader(tile)).hex()
