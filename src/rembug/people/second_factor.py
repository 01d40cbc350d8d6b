"""Whether a person has shown a second factor: without one, the roles that need it lie still."""

import time
from datetime import timedelta

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest

from rembug.lib.access import NEEDS_SECOND_FACTOR
from rembug.lib.actor import Role

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needed(role: Role) -> bool:
    """Tell whether a role has force only after a second factor."""
    return role in NEEDS_SECOND_FACTOR


def given(request: HttpRequest) -> bool:
    """Tell whether this session showed a second factor lately.

    Who removes their last factor loses it at once, whatever the session remembers.
    """
    user = request.user
    if not user.is_authenticated:
        return False
    since = time.time() - timedelta(days=settings.SECOND_FACTOR_DAYS).total_seconds()
    records = get_authentication_records(request, user)
    shown = any(record["method"] == "mfa" and record["at"] >= since for record in records)
    return shown and _factors(user).exists()


def page_to_give(user: AbstractBaseUser | AnonymousUser) -> str | None:
    """Return the name of the page that asks for the factor this person has, or None without one."""
    kinds = set(_factors(user).values_list("type", flat=True))
    if Authenticator.Type.TOTP in kinds:
        return "mfa_reauthenticate"
    return "mfa_reauthenticate_webauthn" if kinds else None


def _factors(user: AbstractBaseUser | AnonymousUser) -> "QuerySet[Authenticator]":
    return Authenticator.objects.filter(user_id=user.pk, type__in=KINDS)
