"""Persons and the bodies they act for. Cities and areas are named by slug and code: `places` lies above."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from rembug.lib import ids


class PersonManager(BaseUserManager["Person"]):
    """Finds persons by their e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with an account. Reporting, reading and following need none."""

    public_id = models.CharField(max_length=16, unique=True, default=ids.public_code)
    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=80)
    language = models.CharField(max_length=5, default="id")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects: ClassVar[PersonManager] = PersonManager()


class Body(models.Model):
    """An organisation, shown on screen by its real type. It belongs to one of four spheres and has a level."""

    class Sphere(models.TextChoices):
        LEADERSHIP = "leadership"
        BUREAUCRACY = "bureaucracy"
        CIVIL_SOCIETY = "civil_society"
        BUSINESS = "business"

    class Level(models.TextChoices):
        RW = "rw"
        KELURAHAN = "kelurahan"
        KECAMATAN = "kecamatan"
        CITY = "city"
        PROVINCE = "province"
        NATIONAL = "national"
        PARTNER = "partner"

    class State(models.TextChoices):
        PENDING = "pending"
        CONFIRMED = "confirmed"
        DECLINED = "declined"
        NOT_JOINED = "not_joined"
        CLOSED = "closed"

    public_id = models.CharField(max_length=40, unique=True, default=ids.public_code)
    city = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(
        max_length=40
    )  # komunitas, dinas, kelurahan, dprd, perusahaan … from the city pack
    sphere = models.CharField(max_length=16, choices=Sphere)
    level = models.CharField(max_length=12, choices=Level)
    state = models.CharField(max_length=12, choices=State, default=State.NOT_JOINED)
    is_example = models.BooleanField(default=False)
    about = models.TextField(blank=True)
    offers = models.CharField(max_length=1000, blank=True)  # what it can do and lend, in its own words
    successor = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+"
    )  # it was a double of that one
    representative = models.CharField(max_length=80, blank=True)
    categories = models.JSONField(default=list)  # report categories it handles; empty means all in its areas
    created_at = models.DateTimeField(auto_now_add=True)


class BodyArea(models.Model):
    """An area that a body looks after, by code."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="areas")
    area_code = models.CharField(max_length=24, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "area_code"], name="people_bodyarea_once")]


class RoleGrant(models.Model):
    """A role that a person holds for a body, in an area (empty: the whole city)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="role_grants")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=16)
    area_code = models.CharField(max_length=24, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)


class Invitation(models.Model):
    """A role offered to an e-mail address. The link's token is kept only as a hash and works once."""

    public_id = models.CharField(max_length=16, unique=True, default=ids.public_code)
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    city = models.CharField(max_length=40, db_index=True)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=16)
    area_code = models.CharField(max_length=24, blank=True)
    invited_by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="invitations_sent"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey(
        RoleGrant, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # a role that ends when this is taken up


class Message(models.Model):
    """What somebody wrote to a body. Only the body's people read it; it is forgotten after a season."""

    public_id = models.CharField(max_length=16, unique=True, default=ids.public_code)
    action_id = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="messages")
    name = models.CharField(max_length=80)
    reply_to = models.CharField(
        max_length=120
    )  # e-mail address or number, as the writer wants to be answered
    words = models.CharField(max_length=2000)
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body", "handled_at", "-at"], name="people_message_inbox")]


class ApiKey(models.Model):
    """A key by which another system of a body sends reports. Only its hash is kept; it is shown once."""

    public_id = models.CharField(max_length=16, unique=True, default=ids.public_code)
    city = models.CharField(max_length=40)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=80)
    key_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Registration(models.Model):
    """What a group said when it registered itself and is not for the public; and what became of it."""

    body = models.OneToOneField(Body, on_delete=models.CASCADE, related_name="registration")
    contact_email = models.EmailField(blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="decided_registrations"
    )
    reason = models.TextField(blank=True)


class Consent(models.Model):
    """A consent given or withdrawn: rows are only added, never changed.

    `subject` is `person:<public id>`, `device:<keyed hash>` or `body:<public id>`.
    """

    subject = models.CharField(max_length=80, db_index=True)
    purpose = models.CharField(max_length=40)
    text_version = models.CharField(max_length=16)
    text_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=5)
    channel = models.CharField(max_length=16)
    given = models.BooleanField()
    at = models.DateTimeField()


class DataRequest(models.Model):
    """What somebody asked about their own data, with the legal clock of 72 hours."""

    class Kind(models.TextChoices):
        EXPORT = "export"
        CORRECT = "correct"
        WITHDRAW = "withdraw"
        DELETE = "delete"

    public_id = models.CharField(max_length=16, unique=True, default=ids.public_code)
    subject = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=10, choices=Kind)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)


class SharedCache(models.Model):
    """The table of Django's database cache; a model, so that migrations make it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)
