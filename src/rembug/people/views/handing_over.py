"""The one moment in which an invitation's link can be seen: sent as a letter, shown to be copied."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from rembug.lib.request import Request
from rembug.people import rules
from rembug.people.actions import letters


def hand_over(request: Request, email: str, token: str) -> HttpResponse:
    """Send the letter and show the text to copy; the token is not kept anywhere."""
    link = settings.PUBLIC_URL + reverse("people:invitation", kwargs={"token": token})
    context: dict[str, object] = {"link": link, "email": email, "days": rules.INVITATION_LASTS.days}
    sent = letters.send(email, "invitation", context) if settings.EMAIL_HOST else False
    answer = render(request, "people/invited.html", context | {"sent": sent})
    answer["Cache-Control"] = "no-store"
    return answer
