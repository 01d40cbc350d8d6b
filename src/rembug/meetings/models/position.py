"""A joint position: a text that several bodies sign, each by its representative."""

from __future__ import annotations

from django.db import models

from rembug.people.models import Body


class Position(models.Model):
    """The text. It never changes: who signed, signed these words."""

    city = models.CharField(max_length=40)
    code = models.CharField(max_length=9, unique=True)
    action_id = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="positions")
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=8000)
    addressed_to = models.CharField(max_length=200, blank=True)
    text_hash = models.CharField(max_length=64)  # SHA-256 of title and text, as in the log
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["city", "-made_at"], name="meetings_position_new")]


class Signature(models.Model):
    """A body's signature; a withdrawn one stays, with its date."""

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="signatures")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["position", "body"],
                condition=models.Q(withdrawn_at=None),
                name="meetings_signature_once",
            )
        ]
