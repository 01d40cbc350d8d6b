"""Forecasts with what they were made from, and how they came out."""

from django.db import models


class Forecast(models.Model):
    """One forecast of the sea of a city. Levels and errors in millimetres above mean sea level, every `step_s`."""

    city = models.CharField(max_length=40)
    hour = models.DateTimeField()  # of issue, on the hour: one forecast an hour
    issued_at = models.DateTimeField()
    basis = models.CharField(max_length=24)
    gauge_at = models.DateTimeField(null=True)  # of the newest level that counted
    station = models.CharField(max_length=64)  # digest of the constants
    inputs = models.CharField(max_length=64)  # SHA-256 of everything it was made from
    state = models.JSONField(null=True)  # the residual at `gauge_at`
    starts_at = models.DateTimeField()
    step_s = models.IntegerField()
    level_mm = models.JSONField()
    sigma_mm = models.JSONField()
    crests = models.JSONField()  # high waters: seconds from `starts_at`, mm, mm
    scored_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "hour"], name="water_forecast_once")]


class Score(models.Model):
    """What a forecast said of a moment, and what the gauge showed."""

    class Kind(models.TextChoices):
        LEVEL = "level"  # at fixed lead times
        CREST = "crest"  # a high water, wherever it came within three hours

    city = models.CharField(max_length=40)
    forecast = models.ForeignKey(Forecast, on_delete=models.CASCADE, related_name="scores")
    kind = models.CharField(max_length=8, choices=Kind)
    lead_h = models.FloatField()
    at = models.DateTimeField()
    said_cm = models.FloatField()
    sigma_cm = models.FloatField()
    seen_cm = models.FloatField()
    raw_cm = models.FloatField(null=True)  # a high water as the curve alone had it, before what was learnt

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["forecast", "kind", "lead_h"], name="water_score_once")
        ]
        indexes = [models.Index(fields=["city", "kind", "at"], name="water_score_city")]
