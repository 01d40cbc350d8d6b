"""`rembug people`: the first administrator, and what is overdue."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from rembug.lib.actor import system
from rembug.people.actions import bootstrap
from rembug.people.queries.requests import open_requests


class Command(BaseCommand):
    """Works where nobody can sign in yet."""

    help = "Invite a city's first administrator; list requests about personal data that are still open."

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        invite = parts.add_parser("invite-admin", help="print a link that makes somebody administrator")
        invite.add_argument("email")
        invite.add_argument("--city", default=settings.DEFAULT_CITY)
        invite.add_argument("--body", default="", help="public id of the office; a new one when left out")
        parts.add_parser("requests", help="list open requests about personal data with their clock")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["part"] == "requests":
            for row in open_requests():
                self.stdout.write(
                    f"{row.public_id} {row.kind} asked {row.asked_at:%F %R} due {row.due_at:%F %R}"
                )
            return
        try:
            validate_email(options["email"])
        except ValidationError:
            raise CommandError(f"{options['email']!r} is no e-mail address.") from None
        city, body = options["city"], options["body"]
        token = bootstrap.invite_admin(
            actor=system("people.cli"), city=city, email=options["email"], body=body
        )
        link = settings.PUBLIC_URL + reverse("people:invitation", kwargs={"token": token})
        self.stdout.write(f"Hand this link over; it works once, for 14 days:\n{link}")
