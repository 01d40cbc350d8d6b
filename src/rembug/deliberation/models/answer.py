"""A demand handed to a body, inside or outside, and each step of what it said."""

from __future__ import annotations

from django.db import models

from rembug.deliberation.models.proposal import Proposal
from rembug.people.models import Body


class Delivery(models.Model):
    """A proposal, or one version of a dossier, handed to one body: who took it, when, by which letter."""

    city = models.CharField(max_length=40)
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.CASCADE, related_name="deliveries")
    dossier = models.SlugField(max_length=80, blank=True)  # where no proposal was handed
    dossier_number = models.IntegerField(default=0)
    title = models.CharField(max_length=160, blank=True)  # of that dossier
    asking = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")  # who handed it
    action_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=9, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="demands")
    post = models.CharField(max_length=80, blank=True)  # who took it, by post
    letter = models.CharField(max_length=80, blank=True)  # the letter's number
    delivered_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, default="delivered")
    answer = models.CharField(max_length=8, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "body"], name="deliberation_delivery_once"),
            models.UniqueConstraint(
                fields=["city", "dossier", "body"],
                condition=~models.Q(dossier=""),
                name="deliberation_delivery_dossier",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-delivered_on"], name="deliberation_delivery_body"),
            models.Index(fields=["city", "due_on"], name="deliberation_delivery_due"),
        ]

    @property
    def asks(self) -> Body:
        """The body that handed it."""
        if self.asking is not None:
            return self.asking
        assert self.proposal is not None
        return self.proposal.body


class AnswerStep(models.Model):
    """One step, written by whoever it names; none is ever changed."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="steps")
    action_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=10)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, blank=True)
    words = models.CharField(max_length=2000, blank=True)
    will_do = models.CharField(max_length=600, blank=True)
    reference = models.CharField(max_length=80, blank=True)  # a meeting's code, the number of a reply
