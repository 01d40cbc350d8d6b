"""Spent proofs of work, and what was refused."""

from django.db import models


class SpentProof(models.Model):
    """A proof of work that was used; it is never taken twice, and it widens its device's budget for a while."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    source = models.CharField(max_length=32, db_index=True)
    spent_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)


class Refusal(models.Model):
    """Reports that were not taken, counted by hour, channel and reason; nothing of their content is kept."""

    city = models.CharField(max_length=40)
    hour = models.DateTimeField()
    channel = models.CharField(max_length=10)
    reason = models.CharField(max_length=40)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "hour", "channel", "reason"], name="reports_refusal_once")
        ]
