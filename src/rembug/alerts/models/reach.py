"""Whom a message reached: what was published where, and who follows by e-mail."""

from django.db import models

from rembug.alerts.models.alert import Alert


class Follower(models.Model):
    """An e-mail address that asked for warnings of an area and said so twice. It is forgotten when it stops."""

    city = models.CharField(max_length=40)
    area_code = models.CharField(max_length=24, blank=True)
    email = models.EmailField()
    language = models.CharField(max_length=5, default="id")
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "area_code", "email"], name="alerts_follower_once")
        ]


class Delivery(models.Model):
    """A message on one way to one reader (or to everybody: web, feed). Made with the release, sent afterwards."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10)  # web, feed, email
    follower = models.ForeignKey(Follower, null=True, on_delete=models.CASCADE, related_name="deliveries")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "channel", "follower"], name="alerts_delivery_once", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(sent_at=None), name="alerts_delivery_open")]
