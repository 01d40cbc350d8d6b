"""What helps at the desk: kept filters, who was asked to look, who follows a case by letter."""

from django.db import models

from rembug.cases.models.case import Case, Step
from rembug.lib import ids
from rembug.people.models import Person


class KeptFilter(models.Model):
    """A question to the queue that somebody asks again and again."""

    city = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kept_filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "person", "name"], name="cases_filter_once")]


class Mention(models.Model):
    """A colleague who was asked to look at a note."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "person"], name="cases_mention_once")]
        indexes = [models.Index(fields=["person", "seen_at"], name="cases_mention_open")]


class Follower(models.Model):
    """Somebody who wants a letter about each public step; nothing is sent before the address is confirmed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="followers")
    public_id = models.CharField(max_length=16, unique=True, default=ids.public_code)
    address = models.EmailField()
    language = models.CharField(max_length=5, default="id")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told = models.BigIntegerField(default=0)  # the last step that was told

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "address"], name="cases_follower_once")]
        indexes = [models.Index(fields=["confirmed_at", "case"], name="cases_follower_open")]
