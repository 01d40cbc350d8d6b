"""One happening seen by many, who received it, and what they said."""

from django.db import models

from rembug.lib import ids
from rembug.people.models import Body, Person


class Incident(models.Model):
    """Reports of the same thing, near in space and time. Its figures are recomputed from its reports."""

    code = models.CharField(max_length=16, unique=True, default=ids.public_code)
    city = models.CharField(max_length=40)
    category = models.CharField(max_length=40)
    area_code = models.CharField(max_length=24, blank=True)
    anchor_id = models.BigIntegerField(
        unique=True
    )  # smallest report id among its members: the stable identity
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    report_count = models.IntegerField(default=0)
    witness_count = models.IntegerField(default=0)
    dry_count = models.IntegerField(default=0)
    depth_low_cm = models.SmallIntegerField(null=True)
    depth_high_cm = models.SmallIntegerField(null=True)
    depth_class = models.CharField(max_length=8, blank=True)
    probability = models.FloatField(default=0)
    rung = models.CharField(max_length=12, default="raw")
    public_lon = models.FloatField()
    public_lat = models.FloatField()
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    is_public = models.BooleanField(default=False)  # at least one member is
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["city", "changed_at"], name="reports_incident_changed"),
            models.Index(fields=["city", "area_code", "last_at"], name="reports_incident_area"),
        ]


class IncidentLink(models.Model):
    """A person's word that two reports are, or are not, the same happening. It wins over distance and time."""

    class Kind(models.TextChoices):
        SAME = "same"
        DIFFERENT = "different"

    city = models.CharField(max_length=40)
    first_id = models.BigIntegerField()
    second_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["first_id"]), models.Index(fields=["second_id"])]


class Recipient(models.Model):
    """A group or an office that received an incident, and whether it has read it."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="recipients")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    delivered_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "body"], name="reports_recipient_once")]


class Reply(models.Model):
    """A public sentence of a body (tanggapan), signed with the office, never with a person's name."""

    code = models.CharField(max_length=16, unique=True, default=ids.public_code)
    city = models.CharField(max_length=40)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=120)
    text = models.CharField(max_length=600)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    incidents = models.ManyToManyField(Incident, related_name="replies")
