"""When a job is next due, and which workers are alive."""

from django.db import models


class Schedule(models.Model):
    """One repeating job: when it was last woken and when it is due again."""

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField()
    woken_at = models.DateTimeField(null=True)


class WorkerBeat(models.Model):
    """A worker's sign of life; a job of a silent worker is run again."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()


class Lease(models.Model):
    """Who does a thing that only one may do at a time, and until when without a sign of life."""

    name = models.CharField(max_length=60, primary_key=True)
    holder = models.CharField(max_length=64)
    until = models.DateTimeField()
