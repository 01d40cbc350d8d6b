"""The highest waters of the coming months, from the tide alone."""

from django.db import models


class KingTide(models.Model):
    """A high water that stands out, ranked from the curve of the constants in force."""

    city = models.CharField(max_length=40)
    at = models.DateTimeField()
    level_cm = models.FloatField()  # above mean sea level
    station = models.CharField(max_length=64)  # digest of the constants
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "at"], name="water_king_once")]
