"""A case, its steps, its deadlines."""

from django.db import models

from rembug.lib import ids
from rembug.people.models import Body, Person


class Setup(models.Model):
    """What the city's pack says of handling."""

    city = models.CharField(max_length=40, unique=True)
    facts = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()


class Cursor(models.Model):
    """How far the incidents of a city have been looked at."""

    city = models.CharField(max_length=40, unique=True)
    changed_at = models.DateTimeField()


class Case(models.Model):
    """One matter in one body's hands. `version` counts changes: two officers never overwrite each other."""

    code = models.CharField(max_length=16, unique=True, default=ids.public_code)
    city = models.CharField(max_length=40)
    incident = models.CharField(max_length=16, blank=True)  # its public number
    channel = models.CharField(max_length=12, default="incident")
    category = models.CharField(max_length=40)
    area_code = models.CharField(max_length=24, blank=True)
    lon = models.FloatField(null=True)  # public place
    lat = models.FloatField(null=True)
    cell = models.CharField(max_length=16, blank=True)  # H3 of the public place, resolution 9
    words = models.CharField(max_length=2400, blank=True)  # public
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    about_body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    holder = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=14, default="received")
    legal_class = models.CharField(max_length=16, default="complaint")
    reason = models.CharField(max_length=40, blank=True)
    foreign_number = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # the nearest deadline that still runs
    changed_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["city", "state", "due_at"], name="cases_case_state"),
            models.Index(fields=["city", "body", "state", "due_at"], name="cases_case_body"),
            models.Index(fields=["city", "changed_at"], name="cases_case_changed"),
            models.Index(fields=["city", "opened_at"], name="cases_case_opened"),
            models.Index(fields=["cell", "category", "opened_at"], name="cases_case_near"),
            # The desk reads what is due first; few cases have a holder, and closed ones have no date. SQLite uses a
            # partial index only where its condition reads IS NOT NULL, never NOT (... IS NULL).
            models.Index(
                fields=["city", "due_at", "id", "state", "category", "area_code", "body"],
                condition=models.Q(due_at__isnull=False),
                name="cases_case_due",
            ),
            models.Index(
                fields=["holder", "state"], condition=models.Q(holder__isnull=False), name="cases_case_held"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "incident", "body"],
                condition=~models.Q(incident=""),
                name="cases_case_once",
            )
        ]


class Step(models.Model):
    """One thing that happened to a case; never changed afterwards."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    verb = models.CharField(max_length=20)
    state = models.CharField(max_length=14, blank=True)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    by_citizen = models.BooleanField(default=False)
    public = models.CharField(max_length=1200, blank=True)
    internal = models.CharField(max_length=1200, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    photo = models.CharField(
        max_length=32, blank=True
    )  # of a report's photo that shows the work, by its name
    action_id = models.UUIDField(null=True, unique=True)  # the same act sent twice is one

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="cases_step_case")]


class Deadline(models.Model):
    """A promise with its legal basis. It never moves in silence: a new one replaces it and both stay visible."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=16)  # class of the pack, or promise
    days = models.IntegerField()
    basis = models.CharField(max_length=400)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    warned = models.SmallIntegerField(default=0)  # 50, 80, 100 per cent
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(met_at=None), name="cases_deadline_open"),
        ]


class Escalation(models.Model):
    """A rung that a late case has reached. `number` is of a letter or another system, written by a coordinator."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations")
    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="+")
    rung = models.CharField(max_length=16)
    at = models.DateTimeField()
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.JSONField()  # by language, as the pack said then
    basis = models.CharField(max_length=400)
    is_outside = models.BooleanField(default=False)
    number = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deadline", "rung"], name="cases_escalation_once")]
        indexes = [models.Index(fields=["case", "at"], name="cases_escalation_case")]


class Inspection(models.Model):
    """A settled case drawn for a second look by somebody who had no part in it; drawn once."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="inspection")
    drawn_at = models.DateTimeField()
    until = models.DateTimeField()
    held = models.BooleanField(null=True)  # None: nobody has looked yet
    words = models.CharField(max_length=1200, blank=True)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["held", "until"], name="cases_inspection_open")]
