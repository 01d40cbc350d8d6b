"""Short surveys, of which only sums are kept."""

from __future__ import annotations

from django.db import models

from rembug.evidence.models.dataset import Dataset
from rembug.lib import ids
from rembug.people.models import Body


class Survey(models.Model):
    """What a body asks, whom for, where and when. Questions never change once it stands."""

    city = models.CharField(max_length=40)
    code = models.CharField(max_length=16, unique=True, default=ids.public_code)
    action_id = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=600)
    asker = models.CharField(max_length=120)  # a post, never a person
    area_code = models.CharField(max_length=24, blank=True)  # empty: the whole city
    opens_on = models.DateField()
    closes_on = models.DateField()  # the last day
    closed_at = models.DateTimeField(null=True)  # closed by hand, before its last day
    questions = models.JSONField()  # rules.survey.Question
    dimensions = models.JSONField(default=list)
    dataset = models.ForeignKey(Dataset, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["city", "-made_at"], name="evidence_survey_new")]


class SurveySheet(models.Model):
    """That a phone has answered: a keyed name that is another one in every survey; no time, none of its answers."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="sheets")
    source = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "source"], name="evidence_survey_sheet_once")
        ]


class SurveyBatch(models.Model):
    """A pile of paper sheets of one area that the body's people counted."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="batches")
    action_id = models.UUIDField(unique=True)
    label = models.CharField(max_length=80)
    area_code = models.CharField(max_length=24, blank=True)
    sheets = models.IntegerField()
    at = models.DateTimeField()
    # question -> choice -> number, so that it can be taken back; emptied when the survey is frozen.
    counts = models.JSONField(null=True)
    voided_at = models.DateTimeField(null=True)
    void_why = models.CharField(max_length=200, blank=True)


class SurveyTally(models.Model):
    """How many people of an area chose an answer; question "" counts the sheets, `paper` those of paper among them."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="tallies")
    area_code = models.CharField(max_length=24, blank=True)
    question = models.CharField(max_length=8, blank=True)
    choice = models.CharField(max_length=8, blank=True)
    number = models.IntegerField(default=0)
    paper = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "area_code", "question", "choice"], name="evidence_survey_tally_once"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=models.F("paper")), name="evidence_survey_paper"
            ),
        ]


class SurveyText(models.Model):
    """Words of a sheet, apart from all else of it; only the people of the asking body read them."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="texts")
    mark = models.UUIDField()  # random, the order in which they are read
    question = models.CharField(max_length=8)
    words = models.CharField(max_length=400)

    class Meta:
        indexes = [models.Index(fields=["survey", "question", "mark"], name="evidence_survey_texts")]
