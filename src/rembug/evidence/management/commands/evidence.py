"""`rembug evidence make|freeze|rebuild`: frozen answers from the shell."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rembug.evidence.actions.make import make_waiting
from rembug.evidence.queries.datasets import catalogue
from rembug.evidence.queries.rebuild import rebuild
from rembug.lib.actor import system
from rembug.lib.errors import NotFound


class Command(BaseCommand):
    """One verb a call."""

    help = "Make frozen versions, or write one anew and compare it byte by byte."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("make", help="make the versions that wait, now")
        again = verbs.add_parser(
            "rebuild", help="write the files of a version anew; exit 1 when a byte differs"
        )
        again.add_argument("slug", nargs="?", default="", help="dataset (all where none is named)")
        again.add_argument("number", nargs="?", type=int, help="version (the newest where none is named)")
        again.add_argument("--city", default=settings.DEFAULT_CITY)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "make":
            self.stdout.write(str(make_waiting(actor=system("command.evidence"))))
            return
        self._rebuild(options["city"], options["slug"], options["number"])

    def _rebuild(self, city: str, slug: str, number: int | None) -> None:
        slugs = [slug] if slug else [face.slug for face in catalogue(city)]
        different = 0
        for each in slugs:
            try:
                found = rebuild(city, each, number)
            except NotFound as error:
                raise CommandError(error.message) from error
            for file in found:
                same = "same" if file.same else "DIFFERENT"
                self.stdout.write(f"{same} {each} v{file.number} {file.name} {file.sha256}")
                different += not file.same
        if different:
            message = f"{different} files differ. Was another version of a library installed? See provenance."
            raise CommandError(message)
