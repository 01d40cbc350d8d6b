"""A saved question, and each frozen answer to it."""

from django.db import models

from rembug.lib import ids
from rembug.people.models import Body, Person


class Dataset(models.Model):
    """A question over what people saw (`rules.question`), published by a body. Its slug is its address for ever."""

    code = models.CharField(max_length=16, unique=True, default=ids.public_code)
    city = models.CharField(max_length=40)
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    about = models.TextField(max_length=2000)
    about_en = models.TextField(max_length=2000, blank=True)
    dimensions = models.JSONField(default=list)  # of the six of a smart city
    question = models.JSONField()
    publisher = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "slug"], name="evidence_dataset_slug_once")]


class Version(models.Model):
    """One frozen answer. Once published nothing of it changes; its files are named by their hashes."""

    class State(models.TextChoices):
        MAKING = "making"
        PUBLISHED = "published"
        SAME = "same"  # the answer had not changed since the version before: nothing was published
        FAILED = "failed"

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.MAKING)
    note = models.CharField(max_length=400, blank=True)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)
    row_count = models.BigIntegerField(default=0)
    content_hash = models.CharField(max_length=64, blank=True)  # SHA-256 of the CSV
    files = models.JSONField(default=dict)  # format -> name, bytes, sha256
    described = models.JSONField(default=dict)  # title, about, publisher as they were then
    columns = models.JSONField(default=list)
    quality = models.JSONField(default=dict)
    provenance = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)  # against the version before: added, gone, changed
    entry_hash = models.CharField(max_length=64, blank=True)
    why_failed = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dataset", "number"], name="evidence_version_once")]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(state="making"), name="evidence_version_making")
        ]
