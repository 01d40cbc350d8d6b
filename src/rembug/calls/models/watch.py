"""Observing together: the points of a call, who looks at which, and the reports that came of it."""

from __future__ import annotations

from django.db import models

from rembug.calls.models.call import Call


class Point(models.Model):
    """A place to look at. `expected` is the probability that it is wet; a control is surely dry."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="points")
    number = models.SmallIntegerField()
    lon = models.FloatField()
    lat = models.FloatField()
    area_code = models.CharField(max_length=24, blank=True)
    onset_cm = models.FloatField()
    expected = models.FloatField()
    is_control = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="calls_point_once")]


class Watcher(models.Model):
    """Somebody who looks: known by a secret link only, of which the hash is kept."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="watchers")
    action_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    points = models.JSONField(default=list)  # numbers, the nearest to each other

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "action_id"], name="calls_watcher_once")]


class Reading(models.Model):
    """A report that answers a point. The report itself is an ordinary one and is judged like any other."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="readings")
    point = models.ForeignKey(Point, null=True, on_delete=models.SET_NULL, related_name="readings")
    watcher = models.ForeignKey(Watcher, on_delete=models.CASCADE, related_name="readings")
    client_id = models.UUIDField(unique=True)
    report = models.CharField(max_length=9)  # public code
    wet = models.BooleanField()
    depth_class = models.CharField(max_length=12, blank=True)
    observed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["call", "point"], name="calls_reading_point")]
