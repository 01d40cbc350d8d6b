"""A call for hands, and who joins it."""

from __future__ import annotations

from django.db import models

from rembug.people.models import Body


class Call(models.Model):
    """A body asks for hands (`help`) or to observe together (`watch`)."""

    class Kind(models.TextChoices):
        """What is asked for."""

        HELP = "help"
        WATCH = "watch"

    city = models.CharField(max_length=40)
    code = models.CharField(max_length=9, unique=True)
    action_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="calls")
    title = models.CharField(max_length=120)
    what = models.CharField(max_length=2000)
    place = models.CharField(max_length=200)
    area_code = models.CharField(max_length=24, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    wanted = models.SmallIntegerField()
    safety = models.CharField(max_length=1000)
    role = models.CharField(max_length=80)  # who is responsible on the spot: a post, never a name
    level_cm = models.FloatField(null=True)  # of the sea that is expected, above its mean (watch)
    sigma_cm = models.FloatField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=300, blank=True)
    result = models.CharField(max_length=2000, blank=True)
    came = models.IntegerField(null=True)
    hours = models.FloatField(null=True)  # of all together
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["city", "-starts_at"], name="calls_call_when")]


class Joining(models.Model):
    """Somebody, or a body, comes. No name: a random number of the page, and a secret link to change it."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="joinings")
    token = models.UUIDField()
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    people = models.SmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "token"], name="calls_joining_once")]


class Reminder(models.Model):
    """Who wants a letter the day before. The address is erased once it is sent, or the call is over."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="reminders")
    token = models.UUIDField()
    address_hash = models.CharField(max_length=64)  # keyed, so that one address gets one letter for a call
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="id")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "token"], name="calls_reminder_once"),
            models.UniqueConstraint(fields=["call", "address_hash"], name="calls_reminder_address_once"),
        ]
