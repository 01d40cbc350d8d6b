"""What can be reported in a city: data of its pack."""

from django.db import models


class Category(models.Model):
    """A kind of thing that people see, with its questions and how its reports belong together."""

    class Sensitivity(models.TextChoices):
        EXACT = "exact"
        HOME = "home"

    city = models.CharField(max_length=40)
    code = models.SlugField(max_length=40)
    names = models.JSONField()  # language -> name
    hints = models.JSONField(default=dict)  # language -> one sentence
    icon = models.CharField(max_length=40)
    position = models.SmallIntegerField(default=0)
    dimension = models.CharField(max_length=20)
    sensitivity = models.CharField(max_length=8, choices=Sensitivity, default=Sensitivity.EXACT)
    is_flood = models.BooleanField(default=False)  # asks for depth, takes "dry here", shows 112 first
    questions = models.JSONField(default=list)
    link_m = models.FloatField()  # two reports nearer than this …
    link_s = models.FloatField()  # … and closer in time than this are one incident
    live_s = models.FloatField()  # how long an unrefreshed report stays on the live map
    closed_at = models.DateTimeField(null=True)  # left the pack; its old reports keep their name

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="reports_category_once")]
        ordering = ["position", "code"]
