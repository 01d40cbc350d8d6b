"""Documents of a case: kept as they came for who handles it, and a copy without names for everybody, if wanted."""

from django.db import models

from rembug.cases.models.case import Case, Step
from rembug.lib import ids
from rembug.people.models import Person


class Paper(models.Model):
    """One document. `name` and `public_name` are random: storage keys, never guessed, never of the file's own name."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="papers")
    step = models.ForeignKey(Step, null=True, on_delete=models.CASCADE, related_name="papers")
    code = models.CharField(max_length=16, unique=True, default=ids.public_code)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=4)  # by its bytes: pdf, docx, xlsx, pptx, odt, ods, odp
    size = models.IntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes as they came
    name = models.CharField(max_length=32, unique=True)
    public_name = models.CharField(max_length=32, blank=True, db_index=True)  # of the copy for everybody
    sender = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
