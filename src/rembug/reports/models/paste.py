"""Replies that went back into the channel where a message came from."""

from django.db import models

from rembug.people.models import Person
from rembug.reports.models.incident import Reply
from rembug.reports.models.report import Report


class Pasted(models.Model):
    """An operator has pasted this reply into the conversation that the report came from."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="pasted")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="pasted")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "reply"], name="reports_pasted_once")]
