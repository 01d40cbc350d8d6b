"""What the city's pack says of its water, tide constants in all their versions, and levels of the gauge."""

from django.db import models


class Setup(models.Model):
    """What the pack of a city says of its water."""

    city = models.CharField(max_length=40, unique=True)
    facts = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    taken_until = models.DateTimeField(null=True)  # up to which change of reports sightings were taken
    prepared = models.CharField(
        max_length=64, blank=True
    )  # hash of what stations and ground were made ready from


class Station(models.Model):
    """One version of the tide constants of a city; the row in force is the latest. None is ever changed."""

    class Origin(models.TextChoices):
        PACK = "pack"
        OWN = "own"  # fitted to the city's own gauge: a pack that comes later does not replace it

    city = models.CharField(max_length=40, db_index=True)
    digest = models.CharField(max_length=64)
    origin = models.CharField(max_length=8, choices=Origin)
    data = models.JSONField()
    climate = models.JSONField(null=True)  # own residuals by month, once a series has given them
    tide_type = models.CharField(max_length=40)  # an output of the constants
    formzahl = models.FloatField()
    adopted_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)  # given up; kept because forecasts name it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "digest"], name="water_station_once")]


class Level(models.Model):
    """One level of the gauge, centimetres above the zero that its import stated; `fault`: why it is not used."""

    city = models.CharField(max_length=40)
    at = models.DateTimeField()
    level_cm = models.FloatField()
    fault = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "at"], name="water_level_once")]


class Feed(models.Model):
    """A file or address from which levels are fetched by the schedule, and how the last look went."""

    city = models.CharField(max_length=40, unique=True)
    address = models.CharField(max_length=500)
    layout = models.JSONField(default=dict)
    looked_at = models.DateTimeField(null=True)
    worked_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=400, blank=True)
