"""A small town of people for tests, and settings that make tests fast and quiet."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from rembug.people.actions import demo
from rembug.people.models import Body, Person, RoleGrant

PASSWORD = "perahu biru di muara"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def house(settings: Settings, db: None) -> None:  # noqa: ARG001 a fixture asks for another by name
    """Fast passwords, plain static files, letters in memory, jobs at once."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.WHITENOISE_AUTOREFRESH = True  # static files are not collected in tests
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    cache.clear()


def make_body(name: str = "Dinkominfo", city: str = "pekalongan", **more: object) -> Body:
    """Make a confirmed body."""
    values = {"kind": "dinas", "sphere": "bureaucracy", "level": "city", "state": "confirmed"} | more
    return Body.objects.create(city=city, name=name, **values)


def make_person(email: str, *, totp: bool = False, **more: object) -> Person:
    """Make somebody with a password and, when asked, a second factor."""
    person = Person(email=email, display_name=email.split("@")[0].title(), **more)
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    if totp:
        TOTP.activate(person, SECRET)
    return person


def give(person: Person, role: str, body: Body, area: str = "") -> RoleGrant:
    """Give a role directly."""
    return RoleGrant.objects.create(person=person, role=role, body=body, area_code=area)


def code_now(secret: str = SECRET) -> str:
    """Return the code that the authenticator app would show."""
    return demo.code_now(secret)


def sign_in(client: Client, person: Person, *, code: bool = False) -> Client:
    """Sign in through the pages, with the second factor when `code` is set."""
    client.post("/masuk/", {"login": person.email, "password": PASSWORD})
    if code:
        answer = client.post("/masuk/kode/", {"code": code_now()})
        assert answer.status_code == 302, answer.content.decode()
    return client


def roles_in_force(client: Client) -> list[str]:
    """Return the roles that have force in the next request."""
    request: Any = client.get("/saya/").wsgi_request
    return sorted(grant.role for grant in request.actor.grants)
