"""A report: immutable words, place and time, beside what was made of them."""

from typing import Any

from django.db import models

from rembug.lib import ids
from rembug.people.models import Body, Person
from rembug.reports.models.incident import Incident
from rembug.reports.rules.packed import unpack


class Report(models.Model):
    """What a citizen saw. The first two groups of columns never change; a correction is a row of its own."""

    class State(models.TextChoices):
        ACTIVE = "active"
        WITHDRAWN = "withdrawn"  # by the reporter
        REMOVED = "removed"  # taken down by a moderator, with reason
        ERASED = "erased"  # the person asked to be forgotten; place coarse, words gone

    # identity
    code = models.CharField(max_length=16, unique=True, default=ids.public_code)
    city = models.CharField(max_length=40)
    client_id = models.UUIDField(unique=True)
    payload_hash = models.CharField(max_length=64)
    receipt_hash = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=10)  # web, api, open311, operator, import, campaign
    foreign_ref = models.CharField(max_length=60, blank=True)  # its number in another system (Lapor Ajib)
    received_at = models.DateTimeField()
    salt = models.BinaryField()  # with it, the log's commitment can be opened; destroyed when it is erased
    # what was seen
    category = models.CharField(max_length=40)
    claim = models.CharField(max_length=8, default="present")  # or "absent": dry here
    depth_class = models.CharField(max_length=8, blank=True)
    depth_low_cm = models.SmallIntegerField(null=True)
    depth_high_cm = models.SmallIntegerField(null=True)
    setting = models.CharField(max_length=8, blank=True)  # street, yard, house
    since = models.CharField(max_length=12, blank=True)  # now, morning, yesterday
    observed_from = models.DateTimeField()
    observed_at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()
    accuracy_m = models.FloatField(null=True)
    located_by = models.CharField(max_length=8)  # gps, map, area, import
    landmark = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=4000, blank=True)
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=5, default="id")
    visibility = models.CharField(max_length=8, default="public")  # or private: handlers only
    signed_name = models.CharField(max_length=60, blank=True)
    # "it is this one". Few reports have any of these three: their indexes hold only those that do.
    joins = models.ForeignKey(
        Incident, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    # whose
    source = models.CharField(max_length=32)  # keyed hash of the person or the device token
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    body = models.ForeignKey(Body, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    # made of it
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    state_reason = models.CharField(max_length=60, blank=True)
    area_code = models.CharField(max_length=24, blank=True)
    cell = models.CharField(max_length=16)  # H3 resolution 9 of the true place; private
    text_public = models.CharField(max_length=4800, blank=True)
    text_edited = models.BooleanField(default=False)  # by a moderator: never overwritten by the scan
    public_lon = models.FloatField(null=True)
    public_lat = models.FloatField(null=True)
    place_ok = models.BooleanField(default=True)  # in or near the city
    tide_level_cm = models.FloatField(null=True)  # of the sea when it was seen, above its mean
    tide_residual_cm = models.FloatField(null=True)  # beyond the tide, by a gauge
    tide_stage = models.CharField(max_length=8, blank=True)  # rising, falling, high, low
    physics = models.FloatField(default=0)  # log-likelihood ratio of the claim by tide and ground
    photo_flags = models.SmallIntegerField(default=0)  # rules.observations.Photo, from its photos
    text_hash = models.BigIntegerField(default=0)  # equal for near-copies
    processed_at = models.DateTimeField(null=True)  # first judged, and public since
    stirred_at = models.DateTimeField(null=True)  # changed since then, and its neighbours do not know it yet
    incident = models.ForeignKey(Incident, null=True, on_delete=models.SET_NULL, related_name="reports")
    log_odds = models.FloatField(default=0)
    probability = models.FloatField(default=0)
    rung = models.CharField(max_length=12, default="raw")
    packed_reasons = models.BinaryField(default=bytes)  # rules.packed
    decided = models.CharField(max_length=8, blank=True)  # true, false: the decision that counts now
    entry_hash = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(processed_at=None), name="reports_report_waiting"),
            models.Index(fields=["id"], condition=~models.Q(stirred_at=None), name="reports_report_stirred"),
            models.Index(fields=["city", "cell", "observed_at"], name="reports_report_cell"),
            models.Index(
                fields=["city", "id"], condition=~models.Q(decided=""), name="reports_report_decided"
            ),
            models.Index(fields=["city", "changed_at"], name="reports_report_changed"),
            models.Index(fields=["city", "area_code", "observed_at"], name="reports_report_area"),
            models.Index(fields=["source", "received_at"], name="reports_report_source"),
            *(
                models.Index(fields=[key], condition=~models.Q(**{key: None}), name=f"reports_report_{key}")
                for key in ("joins", "person", "body")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "channel", "foreign_ref"],
                condition=~models.Q(foreign_ref=""),
                name="reports_foreign_ref_once",
            ),
            models.CheckConstraint(
                condition=models.Q(lat__range=(-90, 90)) & models.Q(lon__range=(-180, 180)),
                name="reports_report_on_earth",
            ),
        ]

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """Why the probability is what it is, heaviest first: `code`, `log_odds`, `numbers`."""
        return unpack(bytes(self.packed_reasons), self.photo_flags, self.decided)


class Correction(models.Model):
    """What the reporter said afterwards to put right; the first words stay."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="corrections")
    words = models.CharField(max_length=600)
    words_public = models.CharField(max_length=700)
    at = models.DateTimeField()


class Followup(models.Model):
    """One tap on the receipt: still there, or gone."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="followups")
    client_id = models.UUIDField(unique=True)
    value = models.CharField(max_length=6)  # still, gone
    at = models.DateTimeField()
