"""`rembug confidential status|close-box`: which boxes are open; a box whose keys are lost begins anew."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rembug.confidential.actions.boxes import close_for_good
from rembug.confidential.queries.boxes import all_boxes
from rembug.lib.actor import system
from rembug.lib.errors import RembugError


class Command(BaseCommand):
    """One verb a call. Nothing of a matter can be read here."""

    help = "Show the boxes of confidential reports, or take one away whose passphrases are lost."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        shown = verbs.add_parser(
            "status", help="which recipients have a box, since when, how many hold a key"
        )
        ended = verbs.add_parser("close-box", help="take a box away; its officers set up a new one")
        ended.add_argument("body", help="the body's public id, the last part of its address below /pihak/")
        for parser_of_verb in (shown, ended):
            parser_of_verb.add_argument("--city", default=settings.DEFAULT_CITY)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["verb"] == "status":
                for face, holders in all_boxes(options["city"]):
                    since = face.opened_on.isoformat() if face.opened_on else "not open"
                    self.stdout.write(f"{face.body}\t{since}\t{holders} with a key\t{face.mark}")
                return
            lost = close_for_good(
                actor=system("command.confidential"), city=options["city"], body=options["body"]
            )
        except RembugError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{options['body']}: closed. {lost} letters are sealed for others only, for ever.")
