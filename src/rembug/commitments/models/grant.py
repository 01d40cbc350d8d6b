"""Requests for grants: what is asked, what was checked, what was decided under which number."""

from __future__ import annotations

from django.db import models

from rembug.people.models import Body


class Grant(models.Model):
    """A request for money by a lawful route. Its words never change; where it stands moves by steps only."""

    city = models.CharField(max_length=40)
    code = models.CharField(max_length=9, unique=True)
    action_id = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    decider = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=16)
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=1000)
    amount = models.BigIntegerField()  # rupiah
    area_code = models.CharField(max_length=24)
    requirements = models.JSONField(default=list)  # as the pack had them when it was asked
    own = models.JSONField(default=list)  # codes that whoever asks says are met
    met = models.JSONField(default=list)  # codes that the decider found met
    state = models.CharField(max_length=10, default="asked")
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["city", "-changed_at"], name="commitments_grant_new")]


class GrantStep(models.Model):
    """One step with its reason and the number of its document; kept for good."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="steps")
    action_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=10)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=600, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    met = models.JSONField(default=list)
