"""A body's own calendar, kept elsewhere, and the days of it that everybody may see."""

from __future__ import annotations

from django.db import models

from rembug.people.models import Body


class OutsideCalendar(models.Model):
    """Where a body keeps its dates: an address that is asked each few hours, or a file that was sent once."""

    city = models.CharField(max_length=40)
    action_id = models.UUIDField(unique=True)
    public_id = models.CharField(max_length=9, unique=True)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="outside_calendars")
    address = models.CharField(max_length=400, blank=True)  # not shown: such addresses often hold a secret
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)  # the last try
    read_at = models.DateTimeField(null=True)  # the last time that it could be read
    fault = models.CharField(max_length=200, blank=True)  # of the last try
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["ended_at", "asked_at"], name="meetings_calendar_due")]


class OutsideEvent(models.Model):
    """One date of such a calendar: no person, no description, numbers masked."""

    calendar = models.ForeignKey(OutsideCalendar, on_delete=models.CASCADE, related_name="events")
    uid = models.CharField(max_length=64)  # of the event and its turn, hashed
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    whole_day = models.BooleanField(default=False)
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "uid"], name="meetings_outside_once")]
        indexes = [models.Index(fields=["calendar", "starts_at"], name="meetings_outside_coming")]
