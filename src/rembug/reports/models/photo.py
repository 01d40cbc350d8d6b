"""Photos of a report. None is public before a person has looked at it."""

from django.db import models

from rembug.people.models import Person
from rembug.reports.models.report import Report


class Photo(models.Model):
    """One photo in three sizes without metadata; the original is not kept."""

    class State(models.TextChoices):
        RECEIVED = "received"  # bytes are stored, not yet decoded
        READY = "ready"  # decoded and waiting for a look
        PUBLIC = "public"
        HIDDEN = "hidden"
        REFUSED = "refused"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="photos")
    client_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=32, unique=True)  # random: storage key and address
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    payload_hash = models.CharField(max_length=64)
    bytes = models.IntegerField()
    width = models.IntegerField(default=0)
    height = models.IntegerField(default=0)
    phash = models.CharField(max_length=16, blank=True, db_index=True)
    exif_at = models.DateTimeField(null=True)  # private signal
    exif_m = models.FloatField(null=True)  # private signal: distance of the photo's own place from the report
    reused = models.BooleanField(default=False)  # private signal
    fits = models.BooleanField(null=True)  # a person looked: it shows what is claimed, or does not
    reason = models.CharField(max_length=60, blank=True)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField()
