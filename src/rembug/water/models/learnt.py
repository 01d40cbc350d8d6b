"""What people saw at a place, and the onset level it taught."""

from django.db import models


class Observation(models.Model):
    """Wet or dry at a place, from a report (by its public code). The place is a cell, never a house."""

    city = models.CharField(max_length=40)
    report = models.CharField(max_length=24)
    at = models.DateTimeField()
    cell = models.CharField(max_length=16)
    area_code = models.CharField(max_length=24)
    wet = models.BooleanField()
    depth_cm = models.FloatField(null=True)
    level_cm = models.FloatField()  # of the sea then, above its mean
    probability = models.FloatField()
    taught_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "report"], name="water_observation_once")]
        indexes = [models.Index(fields=["city", "cell"], name="water_observation_cell")]


class PlaceOnset(models.Model):
    """The onset level of a cell or a whole area, learnt from its wet and dry times."""

    city = models.CharField(max_length=40)
    place = models.CharField(max_length=24)  # a cell, or an area's code
    level_cm = models.FloatField()
    sd_cm = models.FloatField()
    observations = models.IntegerField()
    learnt_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "place"], name="water_place_once")]
