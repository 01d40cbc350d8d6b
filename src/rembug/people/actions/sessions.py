"""Forgetting sessions that have run out, with the address and browser that they carry."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from rembug.lib import clock
from rembug.lib.actor import Actor


@transaction.atomic
def forget_expired(*, actor: Actor) -> int:
    """Delete sessions past their time and what was noted about them; return how many."""
    ended, _ = Session.objects.filter(expire_date__lt=clock.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return ended
