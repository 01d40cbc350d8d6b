"""`rembug alerts relay FILE|URL`, `rembug alerts certificate`: warnings from the shell."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rembug.alerts import seal
from rembug.alerts.actions.relay import relay
from rembug.lib import http
from rembug.lib.actor import system
from rembug.lib.errors import RembugError


class Command(BaseCommand):
    """One verb a call."""

    help = "Relay an official CAP message, or show the certificate that our messages are signed with."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        bring = verbs.add_parser("relay", help="take in CAP messages of BMKG or BPBD, byte for byte")
        bring.add_argument("source", nargs="+", help="files, or https addresses")
        bring.add_argument("--city", default=settings.DEFAULT_CITY)
        verbs.add_parser("certificate", help="print the certificate of our signatures")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "certificate":
            self.stdout.write(seal.certificate().decode())
            return
        failed = 0
        for source in options["source"]:
            try:
                row = relay(
                    actor=system("command.alerts"),
                    city=options["city"],
                    data=self._read(source),
                    source=source if source.startswith("https:") else Path(source).name,
                )
            except (RembugError, OSError) as error:
                failed += 1
                self.stderr.write(f"{source}: {error}")
            else:
                self.stdout.write(
                    f"{source}: {row.code}, {row.sender_name}, until {row.expires_at:%d-%m-%Y %H:%M}Z"
                )
        if failed:
            message = f"{failed} of {len(options['source'])} messages were not taken. The others are relayed."
            raise CommandError(message)

    def _read(self, source: str) -> bytes:
        if source.startswith("https:"):
            return http.fetch(source, largest=500_000).body
        return Path(source).read_bytes()
