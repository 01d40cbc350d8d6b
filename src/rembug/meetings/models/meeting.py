"""A meeting, who is invited, how many came, who approved its minutes."""

from __future__ import annotations

from django.db import models

from rembug.people.models import Body


class Meeting(models.Model):
    """A meeting of bodies. With `office` it is an *audiensi*, and the office's answer belongs to it."""

    city = models.CharField(max_length=40)
    code = models.CharField(max_length=9, unique=True)
    action_id = models.UUIDField(unique=True)  # of the form that made it
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    office = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="audiences")
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=200)
    area_code = models.CharField(max_length=24, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    agenda = models.CharField(max_length=3000)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=300, blank=True)
    minutes = models.CharField(max_length=12_000, blank=True)
    decisions = models.CharField(max_length=4000, blank=True)
    version = models.IntegerField(default=0)  # of the minutes
    written_at = models.DateTimeField(null=True)
    office_answer = models.CharField(max_length=3000, blank=True)
    office_answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["city", "-starts_at"], name="meetings_meeting_when")]


class Invitee(models.Model):
    """A body that is invited. `signs` says that its approval of the minutes is asked for."""

    class Answer(models.TextChoices):
        """What it answered."""

        NONE = ""
        YES = "yes"
        NO = "no"
        MAYBE = "maybe"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitees")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    signs = models.BooleanField(default=False)
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True, default="")
    people = models.SmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "body"], name="meetings_invitee_once")]


class Sheet(models.Model):
    """That somebody, or a paper list, was counted: a random number of the page. No name, no phone."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sheets")
    token = models.UUIDField()
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    people = models.SmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "token"], name="meetings_sheet_once")]


class Tally(models.Model):
    """How many said so of themselves, with consent: gender, age band, disability, each summed on its own."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="tallies")
    trait = models.CharField(max_length=12)
    value = models.CharField(max_length=12)
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "trait", "value"], name="meetings_tally_once"),
        ]


class Approval(models.Model):
    """A body's approval of one version of the minutes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="approvals")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "body", "version"], name="meetings_approval_once")
        ]
