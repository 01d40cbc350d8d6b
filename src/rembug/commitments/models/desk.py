"""Things that bodies lend, and what is asked for: place by area only, no number of anybody."""

from __future__ import annotations

from django.db import models

from rembug.people.models import Body


class DeskSetup(models.Model):
    """What the city's pack says of things to lend and of grants."""

    city = models.CharField(max_length=40, primary_key=True)
    facts = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()


class Thing(models.Model):
    """Something that a body lends; `quantity` pieces of it."""

    city = models.CharField(max_length=40)
    code = models.CharField(max_length=9, unique=True)
    action_id = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    quantity = models.IntegerField()
    area_code = models.CharField(max_length=24)
    listed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["city", "kind"], name="commitments_thing_kind")]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="commitments_thing_quantity")
        ]


class Need(models.Model):
    """What a body asks for, for which days; where it stands moves by steps only."""

    city = models.CharField(max_length=40)
    code = models.CharField(max_length=9, unique=True)
    action_id = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    addressed = models.ForeignKey(
        Body, null=True, on_delete=models.PROTECT, related_name="+"
    )  # null: anybody
    kind = models.CharField(max_length=16)
    purpose = models.CharField(max_length=400)
    quantity = models.IntegerField()
    area_code = models.CharField(max_length=24)
    from_on = models.DateField()
    to_on = models.DateField()  # included
    state = models.CharField(max_length=10, default="asked")
    thing = models.ForeignKey(Thing, null=True, on_delete=models.PROTECT, related_name="needs")
    given = models.IntegerField(default=0)  # pieces that are offered or lent
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["city", "-changed_at"], name="commitments_need_new"),
            models.Index(fields=["thing", "state"], name="commitments_need_thing"),
        ]


class NeedStep(models.Model):
    """One step of a request, by which body; kept for good."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="steps")
    action_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=10)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    quantity = models.IntegerField(default=0)
    words = models.CharField(max_length=400, blank=True)
