"""A confidential matter: everything that was said is sealed; what is not sealed is here and is little.

Days instead of times, random keys instead of counted ones: a row does not say when within a day it came.
"""

from __future__ import annotations

import uuid

from django.db import models

from rembug.confidential.models.box import Box
from rembug.confidential.rules.states import RECEIVED, STATES
from rembug.lib import ids


class Matter(models.Model):
    """One matter. Its kind, words, place and names are inside its letters."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.CharField(max_length=12, unique=True, default=ids.public_code)  # for its readers only
    city = models.CharField(max_length=40)
    lookup = models.CharField(max_length=64, unique=True)  # rules.receipts
    reporter_key = models.BinaryField(max_length=32)  # public; the private one is in the reporter's digits
    accused = models.CharField(max_length=64, blank=True)  # keyed hash of the body that it is about
    received_on = models.DateField()
    due_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=[(state, state) for state in STATES], default=RECEIVED)
    state_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["ends_on"], name="confidential_ends")]


class Letter(models.Model):
    """Something that one side said, sealed. `number` is its place in the matter."""

    class What(models.TextChoices):
        """What is inside."""

        WORDS = "words"
        PHOTO = "photo"
        IDENTITY = "identity"
        REASON = "reason"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="letters")
    number = models.IntegerField()
    what = models.CharField(max_length=8, choices=What)
    by_reporter = models.BooleanField()
    on = models.DateField()
    once = models.UUIDField(default=uuid.uuid4)  # of the form: sent twice, kept once
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="confidential_letter_place"),
            models.UniqueConstraint(fields=["matter", "once"], name="confidential_letter_once"),
        ]


class Wrap(models.Model):
    """The key of a letter for one reader: a box, or (without box) the reporter."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="wraps")
    box = models.ForeignKey(Box, null=True, on_delete=models.PROTECT, related_name="+")
    key = models.BinaryField(max_length=96)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "box"], nulls_distinct=False, name="confidential_wrap_once"
            )
        ]


class Unmasking(models.Model):
    """A wish to learn who the reporter is: one person asks, another decides. The reason is a sealed letter."""

    public_id = models.CharField(max_length=12, unique=True, default=ids.public_code)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="unmaskings")
    reason = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="+")
    asked_by = models.CharField(max_length=16)
    asked_on = models.DateField()
    decided_by = models.CharField(max_length=16, blank=True)
    decided_on = models.DateField(null=True)
    granted = models.BooleanField(default=False)


class Count(models.Model):
    """What remains of matters whose content was deleted: how many in a year."""

    city = models.CharField(max_length=40)
    year = models.IntegerField()
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "year"], name="confidential_count_once")]
