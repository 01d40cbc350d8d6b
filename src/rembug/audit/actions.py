"""Writing the log: acts inside their own transaction; then leaf indexes, tiles and signed checkpoints."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from rembug.audit import keys, queries, rules
from rembug.audit.models import Checkpoint, Entry, Tile
from rembug.audit.rules import note, tiles, tree, verbs
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.bulk import insert_many

LOCK = 0x72656D627567  # "rembug": the advisory lock of the one sequencer
BATCH = 1000  # SQLite's writers wait while one is numbered
TEXTS = ("uid", "actor", "actor_kind", "verb", "object_kind", "object_id", "city", "data", "leaf_hash")
COLUMNS = {"at": "timestamptz"} | dict.fromkeys(TEXTS, "text")
# One statement on both databases: what it numbers is what it returns, so a row committed meanwhile waits its turn.
NUMBER = """
    UPDATE audit_entry SET leaf_index = %s + waiting.place
    FROM (
        SELECT id AS entry_id, row_number() OVER (ORDER BY id) - 1 AS place
        FROM (SELECT id FROM audit_entry WHERE leaf_index IS NULL ORDER BY id LIMIT %s) AS first_ones
    ) AS waiting
    WHERE audit_entry.id = waiting.entry_id
    RETURNING leaf_index, leaf_hash
"""


class Fork(Exception):
    """The stored tree contradicts what was signed before: nothing is signed until a person has looked."""


@dataclass(frozen=True, slots=True)
class Ref:
    """What an act was done to: a kind (`report`, `incident`, …) and a public id."""

    kind: str
    public_id: str


@dataclass(frozen=True, slots=True)
class Act:
    """One public act, without personal data."""

    actor: Actor
    verb: str
    obj: Ref
    data: Mapping[str, object] = field(default_factory=dict)
    city: str = ""


def record(
    *, actor: Actor, verb: str, obj: Ref, data: Mapping[str, object] | None = None, city: str = ""
) -> Entry:
    """Write one entry; call it inside the transaction of the act."""
    entry = _entry(Act(actor, verb, obj, data or {}, city), clock.now())
    entry.save(force_insert=True)
    return entry


@dataclass(frozen=True, slots=True)
class Prepared:
    """Entries of many acts, ready to be written: made before a transaction begins, they do not lengthen it."""

    entries: list[Entry]

    @classmethod
    def of(cls, acts: Iterable[Act]) -> "Prepared":
        """Make the entries."""
        at = clock.now()
        return cls([_entry(act, at) for act in acts])


def record_many(acts: "Iterable[Act] | Prepared") -> list[Entry]:
    """Write many entries in the given order, each with its own actor; the ids are not read back."""
    entries = acts.entries if isinstance(acts, Prepared) else Prepared.of(acts).entries
    insert_many("audit_entry", COLUMNS, [[getattr(entry, name) for name in COLUMNS] for entry in entries])
    return entries


def sequence(*, actor: Actor) -> int:  # noqa: ARG001 - every action names its actor; numbering is itself not an act
    """Give every waiting entry its leaf index, in order of id, and grow the tree; return how many there were.

    One sequencer works at a time on all servers; a second one returns 0 at once. Each batch is one transaction, so a
    crash at any point leaves a whole tree. An entry that is committed late gets a later index: none is skipped.
    """
    total = 0
    while True:
        done = _sequence_batch()
        total += done
        if done < BATCH:
            return total


def checkpoint(*, actor: Actor, at_least: timedelta = queries.BETWEEN) -> Checkpoint | None:  # noqa: ARG001
    """Sign how far the tree has come, unless it has not grown or the last checkpoint is younger than `at_least`.

    Raises `Fork` when the tree does not continue what was signed last, and `BadNote` when this server's key is not
    the one that signed it (two servers must share the key file).
    """
    with transaction.atomic():
        if not _lock():
            return None
        size, last, now = queries.size(), queries.last_checkpoint(), clock.now()
        if size == 0 or (last and (size == last.size or now - last.at < at_least)):
            return None
        ring, perfect = keys.load(), queries.perfect()
        if last:
            _must_continue(last, size, ring)
        root = tree.root(size, perfect)
        text = str(note.Checkpoint(ring.signer.name, size, root))
        return Checkpoint.objects.create(
            size=size, root=root.hex(), at=now, note=note.sign(text, ring.signer)
        )


def leaf_content(entry: Entry) -> bytes:
    """Return the exact bytes of an entry's leaf."""
    return rules.content(entry)


def _entry(act: Act, at: datetime) -> Entry:
    # A phone's act is logged to the minute: the second would help to tell who stood where.
    when = at.replace(second=0, microsecond=0) if act.actor.kind in {"device", "anonymous"} else at
    uid = uuid.uuid4().hex  # not version 7: its milliseconds would undo the rounding
    entry = Entry(
        uid=uid,
        at=when,
        actor=_who(act, uid),
        actor_kind=act.actor.kind,
        verb=act.verb,
        object_kind=act.obj.kind,
        object_id=act.obj.public_id,
        city=act.city,
        data=rules.canonical(act.data),
    )
    entry.leaf_hash = rules.leaf_hash(leaf_content(entry))
    return entry


def _who(act: Act, uid: str) -> str:
    """Name those who act in an office; seal those who act as citizens, so that nobody can be followed or kept."""
    in_office = act.actor.kind == "person" and act.actor.grants and not verbs.by_citizen(act.verb)
    if in_office or act.actor.kind in {"system", "anonymous"}:
        return act.actor.public_id
    return rules.sealed(settings.SECRET_KEY, uid, act.actor.public_id)


@transaction.atomic
def _sequence_batch() -> int:
    if not _lock():
        return 0
    size = queries.size()
    with connection.cursor() as cursor:
        cursor.execute(NUMBER, [size, BATCH])
        leaves = [bytes.fromhex(leaf) for _, leaf in sorted(cursor.fetchall())]
    if leaves:
        grown = tiles.grow(size, leaves, queries.tile)
        Tile.objects.bulk_create(
            [Tile(level=level, number=number, hashes=hashes) for (level, number), hashes in grown.items()],
            update_conflicts=True,
            unique_fields=["level", "number"],
            update_fields=["hashes"],
        )
    return len(leaves)


def _lock() -> bool:
    """Take the sequencer's lock until the transaction ends; on SQLite the IMMEDIATE transaction is that lock."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def _must_continue(last: Checkpoint, size: int, ring: keys.Keys) -> None:
    try:
        signed = note.open_checkpoint(last.note, ring.verifiers)
    except note.BadNote as error:
        remedy = f"give every server of this log the same key file ({keys.path()})"
        raise note.BadNote(
            f"the last checkpoint cannot be opened with this server's key: {error}; {remedy}"
        ) from error
    if signed.size > size:
        raise Fork(f"the log has {size} leaves, but {signed.size} were signed")
    if tree.root(signed.size, queries.perfect()) != signed.root:
        raise Fork(f"the first {signed.size} leaves are not those that were signed")
