"""A promise, its milestones, each step with its evidence, each verdict of the data."""

from __future__ import annotations

from django.db import models

from rembug.deliberation.models import Proposal
from rembug.people.models import Body


class Commitment(models.Model):
    """What a body promises. Its words, date and measure never change; its state does, by steps with evidence."""

    city = models.CharField(max_length=40)
    code = models.CharField(max_length=9, unique=True)
    action_id = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="commitments")
    funder = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="funded")
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="commitments")
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    words = models.CharField(max_length=2000)
    role = models.CharField(max_length=80)  # the post in charge, never a name
    amount = models.BigIntegerField(null=True)  # rupiah
    source = models.CharField(max_length=8)
    source_code = models.CharField(max_length=60, blank=True)  # of the budget
    due_on = models.DateField()
    area_code = models.CharField(max_length=24)
    place = models.CharField(max_length=200, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    dimensions = models.JSONField(default=list)
    is_quick_win = models.BooleanField(default=False)
    # The measure, agreed when it was promised; empty `indicator`: none was.
    indicator = models.CharField(max_length=16, blank=True)
    dataset = models.CharField(max_length=80, blank=True)
    areas = models.JSONField(default=list)
    controls = models.JSONField(default=list)
    base_from = models.DateField(null=True)
    base_to = models.DateField(null=True)  # included
    target = models.FloatField(null=True)  # relative change, −0.5 is "half"
    state = models.CharField(max_length=10, default="promised")
    confirmed = models.BooleanField(default=False)
    delivered_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["city", "-changed_at"], name="commitments_commitment_new"),
            models.Index(fields=["body", "-made_at"], name="commitments_commitment_body"),
            models.Index(fields=["city", "area_code"], name="commitments_commitment_area"),
        ]


class Milestone(models.Model):
    """One part on the way, with a date; done when a step says so."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="milestones")
    place = models.SmallIntegerField()
    what = models.CharField(max_length=160)
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "place"], name="commitments_milestone_once")
        ]


class Step(models.Model):
    """One move with the evidence that it shows; kept for good."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="steps")
    action_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=10)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")  # null: by its date
    words = models.CharField(max_length=1000, blank=True)
    evidence = models.CharField(max_length=10, blank=True)
    evidence_code = models.CharField(max_length=200, blank=True)
    milestone = models.ForeignKey(Milestone, null=True, on_delete=models.PROTECT, related_name="+")


class Outcome(models.Model):
    """One verdict of the data, from one frozen version by one rule; the same again gives the same."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="outcomes")
    at = models.DateTimeField()
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=20)
    version = models.IntegerField()
    content_hash = models.CharField(max_length=64)
    after_from = models.DateField()
    after_to = models.DateField()  # included
    rule = models.CharField(max_length=8)
    tide = models.CharField(max_length=64)  # digest of the tide constants, "" where the city has none
    numbers = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["commitment", "-at"], name="commitments_outcome_new")]
