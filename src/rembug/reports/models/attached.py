"""Photos of what is done about reports: proof of a case, a meeting, the result of a call. Same rules as any photo."""

from __future__ import annotations

from django.db import models

from rembug.people.models import Person


class Attached(models.Model):
    """One photo in three sizes without metadata, of a thing that an app above names by kind and number."""

    class State(models.TextChoices):
        READY = "ready"  # decoded and waiting for a look
        PUBLIC = "public"
        HIDDEN = "hidden"

    city = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)  # case, meeting, call
    code = models.CharField(max_length=16)
    area_code = models.CharField(max_length=24, blank=True)
    client_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=32, unique=True)  # random: storage key and address
    state = models.CharField(max_length=10, choices=State, default=State.READY)
    payload_hash = models.CharField(max_length=64)
    width = models.IntegerField()
    height = models.IntegerField()
    phash = models.CharField(max_length=16, blank=True, db_index=True)
    exif_at = models.DateTimeField(null=True)
    exif_m = models.FloatField(
        null=True
    )  # metres between the photo's own place and the thing's; the place is not kept
    reused = models.BooleanField(default=False)  # the same picture was sent before, for something else
    reason = models.CharField(max_length=60, blank=True)
    sender = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    receipt = models.CharField(
        max_length=64, blank=True
    )  # fingerprint of the sender's receipt, when a citizen sent it
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["city", "kind", "code"], name="reports_attached_of"),
            models.Index(fields=["city", "state", "id"], name="reports_attached_waiting"),
        ]
