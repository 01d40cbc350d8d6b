"""Letters to people. Nothing is saved here; the network is touched outside of any transaction."""

import logging
from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from rembug.people.models import Person

logger = logging.getLogger(__name__)


def send(to: str, template: str, context: dict[str, object], language: str = "id") -> bool:
    """Send one letter; the template's first line is its subject. Return whether the mail server took it.

    `template` is the name of one of our letters, or another app's with its folder (`meetings/letters/reminder`).
    """
    name = template if "/" in template else f"people/letters/{template}"
    with override(language):
        text = render_to_string(f"{name}.txt", context)
    subject, _, body = text.strip().partition("\n")
    try:
        EmailMessage(subject, body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to]).send()
    except (OSError, SMTPException) as fault:
        logger.warning("the letter %s could not be sent: %s", template, type(fault).__name__)
        return False
    return True


def send_password_reset(email: str) -> None:
    """Send the link for a new password to an active person with this address; to others nothing."""
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        return
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "0", "key": "0"})
    link = settings.PUBLIC_URL + path.replace("0-0", key)
    send(person.email, "password_reset", {"link": link}, person.language)
