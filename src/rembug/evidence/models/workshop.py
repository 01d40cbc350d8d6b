"""What a group drew on a common map, or agreed on in a workshop: only what may be public is kept."""

from __future__ import annotations

from django.db import models

from rembug.evidence.models.dataset import Dataset
from rembug.lib import ids
from rembug.people.models import Body, Person


class Workshop(models.Model):
    """Who met, when, how many, by which means, with which legend. None of it changes once it stands."""

    city = models.CharField(max_length=40)
    code = models.CharField(max_length=16, unique=True, default=ids.public_code)
    action_id = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=600)
    held_on = models.DateField()
    area_code = models.CharField(max_length=24, blank=True)  # empty: the whole city
    participants = models.IntegerField()
    method = models.CharField(max_length=8)  # paper, web, table
    meeting = models.CharField(max_length=16, blank=True)  # its number, where it has a page
    legend = models.JSONField()  # rules.workshop.Legend
    dimensions = models.JSONField(default=list)
    dataset = models.ForeignKey(Dataset, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["city", "-made_at"], name="evidence_workshop_new")]


class WorkshopItem(models.Model):
    """One mark of the map, or one result. A home's point is moved before it is stored; its true place is not kept."""

    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(max_length=16, unique=True, default=ids.public_code)
    action_id = models.UUIDField(unique=True)
    legend = models.CharField(max_length=8)
    words = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=8)  # point, line, area, none
    wkt = models.TextField(blank=True)  # degrees WGS 84, longitude first
    area_code = models.CharField(max_length=24, blank=True)
    people = models.IntegerField(null=True)  # who marked or chose it, where that was counted
    is_moved = models.BooleanField(default=False)
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reviewed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["workshop", "state"], name="evidence_workshop_items")]
