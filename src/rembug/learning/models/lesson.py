"""Lessons as the pack has them; classes, of which only sums are kept."""

from __future__ import annotations

from django.db import models

from rembug.people.models import Body


class Lesson(models.Model):
    """A lesson of a city's pack."""

    city = models.CharField(max_length=40)
    slug = models.CharField(max_length=60)
    position = models.SmallIntegerField()
    content = models.JSONField()  # rembug.lib.pack.LessonRow
    digest = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "slug"], name="learning_lesson_once")]


class Classroom(models.Model):
    """A class that takes one lesson together. Nobody in it is known: neither names nor ages nor phones are asked."""

    city = models.CharField(max_length=40)
    code = models.CharField(max_length=6, unique=True)
    action_id = models.UUIDField(unique=True)  # of the form that opened it: sent twice, opened once
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT)
    body = models.ForeignKey(Body, on_delete=models.PROTECT)
    title = models.CharField(max_length=80)  # "Kelas 8B", never a person
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["city", "-opened_at"], name="learning_class_new")]


class Tally(models.Model):
    """How often an answer was chosen in a class, before or after the lesson."""

    class Moment(models.TextChoices):
        """When it was asked."""

        BEFORE = "before"
        AFTER = "after"

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE)
    moment = models.CharField(max_length=6, choices=Moment.choices)
    question = models.CharField(max_length=20)
    choice = models.SmallIntegerField()
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "moment", "question", "choice"], name="learning_tally_once"
            ),
            models.CheckConstraint(condition=models.Q(number__gte=0), name="learning_tally_count"),
        ]


class Sheet(models.Model):
    """That a sheet was counted: a random number that the page made, without time and without its answers."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE)
    moment = models.CharField(max_length=6)
    token = models.UUIDField()
    people = models.IntegerField(default=1)  # a paper count holds a whole class

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["classroom", "moment", "token"], name="learning_sheet_once")
        ]
