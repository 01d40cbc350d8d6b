"""What people say of a report: a verifier's decision, and others' yes or no."""

from django.db import models

from rembug.people.models import Body, Person
from rembug.reports.models.incident import Incident
from rembug.reports.models.report import Report


class Decision(models.Model):
    """A person's judgement with its reason. The latest one counts; all are kept."""

    class Verdict(models.TextChoices):
        TRUE = "true"
        FALSE = "false"
        UNSURE = "unsure"  # takes back an earlier decision

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=8, choices=Verdict)
    reason = models.CharField(max_length=40)
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    body = models.ForeignKey(Body, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()


class Vote(models.Model):
    """One person's yes or no to an incident: one voice a source, changeable until it is decided."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="votes")
    source = models.CharField(max_length=32)  # keyed hash of the device or the person
    value = models.SmallIntegerField()  # +1 confirms, -1 denies
    near = models.BooleanField(default=False)  # said to stand near by
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "source"], name="reports_vote_once")]


class Learnt(models.Model):
    """What persons' decisions taught about the worth of each signal in a city; the latest row holds."""

    city = models.CharField(max_length=40, db_index=True)
    at = models.DateTimeField()
    decided = models.IntegerField()
    weights = models.JSONField(default=dict)
    knots = models.JSONField(default=list)
