"""The follow-up plan (RTL) of a meeting: who does what by when, and what became of it."""

from __future__ import annotations

from django.db import models

from rembug.meetings.models.meeting import Meeting
from rembug.people.models import Body


class Item(models.Model):
    """One thing that a body promised to do."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    city = models.CharField(max_length=40)
    code = models.CharField(max_length=9, unique=True)
    action_id = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=80, blank=True)  # within the body; never a name
    what = models.CharField(max_length=300)
    due_on = models.DateField()
    state = models.CharField(max_length=8, default="open")
    target = models.CharField(max_length=10, blank=True)  # what it was handed to
    target_code = models.CharField(max_length=20, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["city", "state", "due_on"], name="meetings_item_due")]


class Step(models.Model):
    """One step of an item, kept for good."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    verb = models.CharField(max_length=8)
    words = models.CharField(max_length=600, blank=True)
    body_name = models.CharField(max_length=200, blank=True)


class Reminder(models.Model):
    """That a body was reminded of an item: each reminder is sent once."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="reminders")
    name = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "name"], name="meetings_reminder_once")]
