"""Cities and their areas, as the city pack describes them."""

from django.db import models


class City(models.Model):
    """A city: everything about it is data of its pack."""

    slug = models.SlugField(max_length=40, unique=True)
    code = models.CharField(max_length=24)
    name = models.CharField(max_length=80)
    timezone = models.CharField(max_length=40)
    languages = models.JSONField(default=list)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    pack = models.JSONField(default=dict)  # emergency numbers, dimensions, legal bases, terms, limits
    pack_hash = models.CharField(max_length=64)  # of the pack's files
    version = models.CharField(max_length=64, default="")  # changes with the pack and with imported shapes
    loaded_at = models.DateTimeField()
    simulated_at = models.DateTimeField(
        null=True
    )  # filled with made-up reports: every page says so, for good


class Area(models.Model):
    """City, kecamatan, kelurahan or RW, by Kemendagri code; its shape as a GeoJSON geometry."""

    class Level(models.TextChoices):
        CITY = "city"
        KECAMATAN = "kecamatan"
        KELURAHAN = "kelurahan"
        RW = "rw"

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(max_length=24)
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=12, choices=Level)
    parent_code = models.CharField(max_length=24, blank=True)
    aliases = models.JSONField(default=list)
    geometry = models.TextField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    label_lon = models.FloatField()
    label_lat = models.FloatField()
    approximate = models.BooleanField(default=True)
    source = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)  # left the pack; kept because reports name its code

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="places_area_code_once")]


class Landmark(models.Model):
    """A place that people name instead of an address (patokan)."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="landmarks")
    area_code = models.CharField(max_length=24)
    name = models.CharField(max_length=120)
    lon = models.FloatField()
    lat = models.FloatField()
    approximate = models.BooleanField(default=True)
    aliases = models.JSONField(default=list)
