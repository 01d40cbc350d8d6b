"""A case that goes on to another Open311 system: an outbox row with the key under which it was sent."""

from django.db import models

from rembug.cases.models.case import Case
from rembug.people.models import Body


class Forward(models.Model):
    """One case for one body's own system. `SENDING` is written before the first byte leaves: a crash leaves a trace."""

    class State(models.TextChoices):
        WAITING = "waiting"  # certainly not sent
        SENDING = "sending"  # sent or not: nobody knows until it is looked up or repeated under the same key
        SENT = "sent"  # taken; followed by polling
        UNSURE = "unsure"  # cannot be found out by a machine: a person looks
        REFUSED = "refused"  # the other system said no, or could not be reached for long
        CLOSED = "closed"  # closed there

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="forwards")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)  # goes with every attempt
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    number = models.CharField(max_length=80, blank=True)  # service_request_id of the other system
    token = models.CharField(max_length=80, blank=True)
    fault = models.CharField(max_length=300, blank=True)
    tries = models.SmallIntegerField(default=0)
    asked_at = models.DateTimeField()  # somebody asked for it
    sent_at = models.DateTimeField(null=True)  # the first attempt
    due_at = models.DateTimeField()
    told = models.CharField(max_length=64, blank=True)  # fingerprint of what the other system last said

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="cases_forward_due")]
        constraints = [models.UniqueConstraint(fields=["case", "body"], name="cases_forward_once")]
