"""`rembug apikey issue|end|list`: keys by which other systems send reports (Open311)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rembug.lib.actor import system
from rembug.lib.errors import RembugError
from rembug.people.actions.keys import end, issue
from rembug.people.queries.keys import listed


class Command(BaseCommand):
    """One verb a call."""

    help = "Make, end or list the keys of other systems."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", default=settings.DEFAULT_CITY)
        verbs = parser.add_subparsers(dest="verb", required=True)
        make = verbs.add_parser("issue", help="make a key; it is shown once")
        make.add_argument("body", help="public id of the body that it belongs to")
        make.add_argument("name", help="what it is for")
        verbs.add_parser("end", help="end a key").add_argument("key")
        verbs.add_parser("list", help="list the keys")

    def handle(self, *args: Any, **options: Any) -> None:
        actor, city = system("command.apikey"), options["city"]
        try:
            if options["verb"] == "issue":
                self.stdout.write(issue(actor=actor, city=city, body=options["body"], name=options["name"]))
            elif options["verb"] == "end":
                end(actor=actor, city=city, public_id=options["key"])
            else:
                for key, body, name, holds in listed(city):
                    self.stdout.write(f"{key}\t{body}\t{name}\t{'holds' if holds else 'ended'}")
        except RembugError as error:
            raise CommandError(error.message) from error
