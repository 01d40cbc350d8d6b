"""Consent given and withdrawn: rows are only added."""

from django.db import transaction
from django.utils.translation import gettext

from rembug.audit import actions as audit
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotAllowed
from rembug.people import consent_texts
from rembug.people.models import Consent
from rembug.people.queries.consents import subject_of


@transaction.atomic
def give(*, actor: Actor, purpose: str, channel: str = "web", subject: str = "") -> Consent:
    """Record that the actor agreed to the text of a purpose, as it is shown in the current language.

    `subject` names somebody else than the actor, for example `body:<public id>` of a group they register.
    """
    return _add(actor, purpose, channel, subject or subject_of(actor), given=True)


@transaction.atomic
def withdraw(*, actor: Actor, purpose: str, channel: str = "web") -> Consent:
    """Record that the actor takes a consent back; from now on `queries.consents.is_given` says no."""
    return _add(actor, purpose, channel, subject_of(actor), given=False)


def _add(actor: Actor, purpose: str, channel: str, subject: str, *, given: bool) -> Consent:
    if not subject:
        raise NotAllowed(gettext("Kami belum tahu siapa yang memberi persetujuan."))
    text, language, digest = consent_texts.shown(purpose)
    row = Consent.objects.create(
        subject=subject,
        purpose=purpose,
        text_version=text.version,
        text_hash=digest,
        language=language,
        channel=channel,
        given=given,
        at=clock.now(),
    )
    verb = "consent.given" if given else "consent.withdrawn"
    data = {"purpose": purpose, "text_version": text.version, "text_hash": digest}
    audit.record(actor=actor, verb=verb, obj=audit.Ref("consent", str(row.pk)), data=data)
    return row
