"""Ground heights of a city, and what a sea level does to each of its areas."""

from django.db import models


class Terrain(models.Model):
    """One terrain of a city; the row in force is the latest of its origin (a survey before the illustration)."""

    class Origin(models.TextChoices):
        ILLUSTRATION = "illustration"
        SURVEY = "survey"

    city = models.CharField(max_length=40, db_index=True)
    digest = models.CharField(max_length=64)
    origin = models.CharField(max_length=12, choices=Origin)
    source = models.CharField(max_length=200)
    vertical_datum = models.CharField(max_length=40)
    survey_date = models.CharField(max_length=10)
    sigma_m = models.FloatField()
    rows = models.IntegerField()
    columns = models.IntegerField()
    cell_m = models.FloatField()
    west = models.FloatField()  # outer corner, degrees
    north = models.FloatField()
    east = models.FloatField()
    south = models.FloatField()
    heights = models.BinaryField()  # zlib of int16 centimetres above mean sea level; -32768 unknown
    onsets = models.BinaryField(
        default=bytes
    )  # the same of onset levels behind the pack's dykes; 32767 never
    sea = models.BinaryField()  # zlib of one byte a cell
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "digest"], name="water_terrain_once")]


class AreaGround(models.Model):
    """What the terrain in force says of one area: onset level, and depth and wet share by sea level."""

    city = models.CharField(max_length=40)
    area_code = models.CharField(max_length=24)
    terrain = models.ForeignKey(Terrain, on_delete=models.CASCADE, related_name="areas")
    onset_cm = models.FloatField(null=True)  # null: no level of the table reaches it
    sd_cm = models.FloatField()
    lowest_cm = models.IntegerField()
    step_cm = models.IntegerField()
    depth_cm = models.JSONField()
    share = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "area_code"], name="water_area_ground_once")]
