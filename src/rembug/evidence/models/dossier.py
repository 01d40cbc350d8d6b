"""A dossier: an argument for a decision, with claims that are bound to frozen versions, and its reviews."""

from __future__ import annotations

from django.db import models

from rembug.people.models import Body


class Dossier(models.Model):
    """One version of a dossier; a new version is a new row of the same slug. Nothing of it ever changes."""

    city = models.CharField(max_length=40)
    slug = models.SlugField(max_length=80)
    number = models.IntegerField()
    action_id = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    authors = models.JSONField(default=list)  # public ids of the other bodies that wrote it
    title = models.CharField(max_length=160)
    asked = models.CharField(max_length=600)  # of whom what is asked
    summary = models.CharField(max_length=2000)
    text = models.CharField(max_length=20_000, blank=True)
    claims = models.JSONField(
        default=list
    )  # sentence, indicator, dataset, version, sha256, areas, first, last, numbers
    content_hash = models.CharField(max_length=64)
    note = models.CharField(max_length=400, blank=True)  # what changed since the version before
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "slug", "number"], name="evidence_dossier_version_once")
        ]
        indexes = [models.Index(fields=["city", "-published_at"], name="evidence_dossier_new")]


class Review(models.Model):
    """What another body says of one version of a dossier; a later word of the same body is added."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="reviews")
    action_id = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8)  # agrees, doubts
    words = models.CharField(max_length=2000)
    at = models.DateTimeField()
