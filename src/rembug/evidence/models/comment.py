"""What members of bodies say about one version of a dossier."""

from __future__ import annotations

from django.db import models

from rembug.evidence.models.dossier import Dossier
from rembug.lib import ids
from rembug.people.models import Body


class Comment(models.Model):
    """A short word in the name of a body. Its writer is kept as a keyed hash, only to take it back."""

    code = models.CharField(max_length=16, unique=True, default=ids.public_code)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="comments")
    action_id = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    writer = models.CharField(max_length=32)
    words = models.CharField(max_length=600, blank=True)  # empty once it is withdrawn
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    hidden_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "at"], name="evidence_comment_dossier")]
