"""What if: a change of works, sea or ground, and what comes of it."""

from django.db import models


class Scenario(models.Model):
    """One what-if. Equal inputs give equal results: `inputs` is their hash."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    city = models.CharField(max_length=40)
    code = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=120)
    by = models.CharField(max_length=120)  # the body that asked
    change = models.JSONField()
    inputs = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    share_done = models.FloatField(default=0)
    fault = models.CharField(max_length=400, blank=True)
    result = models.JSONField(null=True)
    picture = models.BinaryField(null=True)  # depths: zlib of int16 centimetres
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "inputs"], name="water_scenario_once")]
