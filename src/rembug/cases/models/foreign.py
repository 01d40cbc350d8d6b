"""Numbers of other channels that point to our cases."""

from django.db import models

from rembug.cases.models.case import Case


class ForeignNumber(models.Model):
    """A complaint of another channel and the case that answers it; several may share one case."""

    city = models.CharField(max_length=40)
    channel = models.CharField(max_length=12)
    number = models.CharField(max_length=80)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="foreign")
    at = models.DateTimeField()  # when it came in there
    brought_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "channel", "number"], name="cases_foreign_once")
        ]
