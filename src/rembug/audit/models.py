"""The log's rows. References are by kind and public id, so the log outlives what it records.

Database triggers (`triggers.py`) refuse to change or delete what stands here, whoever asks.
"""

from django.db import models


class Entry(models.Model):
    """One public act. Its leaf is the canonical JSON of these columns; it is never changed afterwards."""

    uid = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=12)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=80)
    city = models.CharField(max_length=40, blank=True)
    data = models.TextField()  # canonical JSON: kept as text, because a database may reorder a JSON column
    leaf_hash = models.CharField(max_length=64)
    leaf_index = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="audit_entry_object"),
            models.Index(fields=["id"], condition=models.Q(leaf_index=None), name="audit_entry_waiting"),
            models.Index(fields=["leaf_hash"], name="audit_entry_hash"),
        ]


class Tile(models.Model):
    """Up to 256 hashes of the tree, 32 bytes each, side by side (`rules/tiles.py`); it only grows at its end."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="audit_tile_once")]


class Checkpoint(models.Model):
    """What the log signed and published: the tree's size and root at a time, and the signed note itself."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    note = models.TextField()
