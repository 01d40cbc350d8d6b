"""What the pack says, and the boxes of those who read."""

from __future__ import annotations

from django.db import models

from rembug.people.models import Body


class Setup(models.Model):
    """What a city's pack says of confidential reports."""

    city = models.CharField(max_length=40, unique=True)
    facts = models.JSONField()  # rembug.lib.pack.ConfidentialFacts
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()


class Box(models.Model):
    """The box of a body that reads: its public key. Whoever knows only this can seal, and not read."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="+")
    public_key = models.BinaryField(max_length=32)
    opened_on = models.DateField()


class BoxKey(models.Model):
    """The box's private key, locked with one person's passphrase; without holder with a code that is handed over."""

    box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="keys")
    holder = models.CharField(max_length=16, blank=True)  # public id of a person
    salt = models.BinaryField(max_length=16)
    locked = models.BinaryField(max_length=80)
    made_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["box", "holder"], name="confidential_key_once")
        ]  # one code at a time
