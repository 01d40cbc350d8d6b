"""A proposal, who supports it, what is said for and against, and each decision on its way."""

from __future__ import annotations

from django.db import models

from rembug.people.models import Body


class Setup(models.Model):
    """What the city's pack says of planning."""

    city = models.CharField(max_length=40, primary_key=True)
    facts = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()


class Proposal(models.Model):
    """What a body asks for. Its words never change; where it stands does."""

    city = models.CharField(max_length=40)
    code = models.CharField(max_length=9, unique=True)
    action_id = models.UUIDField(unique=True)  # of the form that made it
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="proposals")
    mandate = models.CharField(max_length=400)  # how the body's people agreed
    mandate_meeting = models.CharField(max_length=9, blank=True)
    title = models.CharField(max_length=120)
    need = models.CharField(max_length=4000)
    asked = models.CharField(max_length=4000)
    field = models.CharField(max_length=16)  # infrastructure, economy, social, culture
    dimensions = models.JSONField(default=list)
    area_code = models.CharField(max_length=24)
    landmark = models.CharField(max_length=200, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    volume = models.CharField(max_length=120, blank=True)
    potential = models.CharField(max_length=600, blank=True)
    contribution = models.CharField(max_length=600, blank=True)
    cost_low = models.BigIntegerField(null=True)  # rupiah
    cost_high = models.BigIntegerField(null=True)
    priority = models.SmallIntegerField(default=1)  # 1 is first
    incidents = models.JSONField(default=list)  # public codes
    cases = models.JSONField(default=list)
    dataset = models.CharField(max_length=80, blank=True)  # slug
    version = models.IntegerField(null=True)  # of the dataset, when it was published
    dossier = models.CharField(max_length=80, blank=True)  # slug
    path = models.CharField(max_length=12)
    cycle = models.IntegerField()
    stage = models.CharField(max_length=16)
    state = models.CharField(max_length=10, default="open")  # open, refused, realised, merged, withdrawn
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    merge_wish = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="wishes")
    split_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["city", "-changed_at"], name="deliberation_proposal_new"),
            models.Index(fields=["city", "state", "cycle", "stage"], name="deliberation_proposal_stage"),
            models.Index(fields=["city", "area_code"], name="deliberation_proposal_area"),
            models.Index(fields=["body", "-published_at"], name="deliberation_proposal_body"),
        ]


class Ground(models.Model):
    """One thing that a proposal rests on, to be found from its side: kind (incident, case, dataset) and code."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="grounds")
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "kind", "code"], name="deliberation_ground_once")
        ]
        indexes = [models.Index(fields=["kind", "code"], name="deliberation_ground_code")]


class Voice(models.Model):
    """One person's support, or one body's. `source` is a keyed hash; nobody can be told from it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="voices")
    source = models.CharField(max_length=32)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=24, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "source"], name="deliberation_voice_once")]


class Argument(models.Model):
    """A reason for or against, by a body or by somebody with an account. A hidden one says why."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="arguments")
    action_id = models.UUIDField(unique=True)
    side = models.CharField(max_length=7)
    words = models.CharField(max_length=600)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    writer = models.CharField(max_length=32, blank=True)  # keyed, so that only its writer finds it again
    hidden_at = models.DateTimeField(null=True)
    hidden_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["writer"], condition=~models.Q(writer=""), name="deliberation_argument_writer"
            )
        ]


class Decision(models.Model):
    """What a body decided at a stage; kept for good."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="decisions")
    action_id = models.UUIDField(unique=True)
    cycle = models.IntegerField()
    stage = models.CharField(max_length=16)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=80)  # the post that decided, never a name
    outcome = models.CharField(max_length=8)
    reason = models.CharField(max_length=24, blank=True)
    words = models.CharField(max_length=1000)
    referred_to = models.CharField(max_length=120, blank=True)
    meeting = models.CharField(max_length=9, blank=True)  # where it was decided
    at = models.DateTimeField()


class Passage(models.Model):
    """One step of a proposal's way that is no decision: entered, missed a stage, rolled over, merged, split."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="passages")
    at = models.DateTimeField()
    verb = models.CharField(max_length=10)
    cycle = models.IntegerField()
    stage = models.CharField(max_length=16)
    detail = models.JSONField(default=dict)
