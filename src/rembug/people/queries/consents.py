"""Consents in force."""

from rembug.lib.actor import Actor
from rembug.people.models import Consent


def subject_of(actor: Actor) -> str:
    """Return the name under which an actor's consents are kept, or "" for a stranger."""
    if actor.kind == "person":
        return f"person:{actor.public_id}"
    return f"device:{actor.device_hash}" if actor.device_hash else ""


def is_given(subject: str, purpose: str) -> bool:
    """Tell whether the last word of a subject about a purpose was yes. Jobs ask before they process."""
    last = Consent.objects.filter(subject=subject, purpose=purpose).order_by("-at", "-id").first()
    return last is not None and last.given


def of_actor(*, actor: Actor) -> list[Consent]:
    """Return everything the actor agreed to and took back, oldest first."""
    subject = subject_of(actor)
    return list(Consent.objects.filter(subject=subject).order_by("at", "id")) if subject else []
