"""Photos of reports that lie on another system's server and are fetched by a job."""

from django.db import models

from rembug.reports.models.report import Report


class PhotoLink(models.Model):
    """An address to fetch once. Gone as soon as the photo is here, or cannot be had."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField(unique=True)  # of the photo that it becomes
    address = models.CharField(max_length=500)
    tries = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(db_index=True)
