"""One message of a warning, who approved it, and what the pack says of warnings."""

from django.db import models

from rembug.lib import ids
from rembug.people.models import Body, Person


class Setup(models.Model):
    """What the city's pack says of warnings."""

    city = models.CharField(max_length=40, unique=True)
    facts = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()


class Feed(models.Model):
    """When the official feed was last asked, and last answered."""

    city = models.CharField(max_length=40, unique=True)
    asked_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)
    seen = models.JSONField(default=list)  # addresses taken or refused, the newest first


class Alert(models.Model):
    """One message: an alert, its update, its cancelling. Once released, words and XML never change."""

    class Origin(models.TextChoices):
        OWN = "own"
        RELAY = "relay"  # somebody else's, byte for byte

    class State(models.TextChoices):
        DRAFT = "draft"
        APPROVED = "approved"  # by two; it waits for the end of the quiet hours
        RELEASED = "released"
        REFUSED = "refused"
        REPLACED = "replaced"  # by a later message of the same warning
        ENDED = "ended"  # time is up, or all clear

    code = models.CharField(max_length=16, unique=True, default=ids.public_code)
    city = models.CharField(max_length=40)
    origin = models.CharField(max_length=6, choices=Origin, default=Origin.OWN)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    kind = models.CharField(max_length=10)  # alert, update, cancel, all-clear
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    level = models.CharField(max_length=12, blank=True)  # code of the pack
    official = models.BooleanField(default=False)  # released by an office that may
    status = models.CharField(max_length=10)  # CAP: Exercise, Test, Actual
    identifier = models.CharField(max_length=160, unique=True)
    sender = models.CharField(max_length=160)
    sender_name = models.CharField(max_length=160)
    areas = models.JSONField(default=list)  # codes
    words = models.JSONField(default=dict)  # language -> headline, description, instruction
    severity = models.CharField(max_length=10)
    certainty = models.CharField(max_length=10)
    urgency = models.CharField(max_length=10)
    probability = models.FloatField(null=True)
    onset_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    basis = models.JSONField(default=dict)  # forecast it rests on: when issued, source, age
    by_forecast = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    revision = models.IntegerField(default=1)  # of a draft: an approval counts for one text
    sent_at = models.DateTimeField(null=True)
    released_for = models.ForeignKey(Body, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    xml = models.BinaryField(default=bytes)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["city", "state", "expires_at"], name="alerts_alert_now"),
            models.Index(fields=["city", "sent_at"], name="alerts_alert_sent"),
        ]


class Approval(models.Model):
    """One person's yes to one text."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="approvals")
    revision = models.IntegerField()
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    voice = models.CharField(max_length=40)  # public id: one person one yes, also when the account is gone
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "revision", "voice"], name="alerts_approval_once")
        ]
