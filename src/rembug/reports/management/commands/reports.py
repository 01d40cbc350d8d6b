"""`rembug reports import|count|process|settle|reassess|reconcile`: looking after reports from the shell."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rembug.lib.actor import Actor, system
from rembug.lib.errors import NotFound
from rembug.places import queries as places
from rembug.reports.actions.import_rows import Import, import_rows
from rembug.reports.actions.process import process_waiting, reassess, settle
from rembug.reports.queries import reconcile, waiting
from rembug.reports.sources import geojson, petabencana, table
from rembug.reports.sources.rows import Row

FORMATS: dict[str, Callable[[Path, str, str], Iterator[Row]]] = {
    "csv": table.rows,
    "geojson": geojson.rows,
    "petabencana": petabencana.rows,
}
SHOWN = 20


class Command(BaseCommand):
    """One verb a call."""

    help = "Count, process, settle or reassess reports."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        count = verbs.add_parser("count", help="how many reports are stored")
        count.add_argument("--waiting", action="store_true", help="only those not yet judged")
        verbs.add_parser("process", help="judge what waits, now")
        verbs.add_parser("settle", help="let changes reach their neighbours, now")
        bring = verbs.add_parser("import", help="take in reports that another system kept")
        bring.add_argument("file", type=Path)
        bring.add_argument("--format", choices=sorted(FORMATS), required=True)
        bring.add_argument("--city", default=settings.DEFAULT_CITY)
        bring.add_argument("--refused", type=Path, help="write each refused row with its reason to this CSV")
        books = verbs.add_parser(
            "reconcile", help="compare what came in with what is kept; exit 1 when they differ"
        )
        books.add_argument("--hours", type=int, default=48)
        again = verbs.add_parser("reassess", help="judge every report again from what is stored")
        again.add_argument("--city", default=settings.DEFAULT_CITY)

    def handle(self, *args: Any, **options: Any) -> None:
        actor = system(f"command.{options['verb']}")
        match options["verb"]:
            case "count":
                self.stdout.write(str(waiting.count(only_waiting=options["waiting"])))
            case "process":
                self.stdout.write(str(process_waiting(actor=actor)))
            case "settle":
                self.stdout.write(str(settle(actor=actor)))
            case "import":
                self._import(options, actor)
            case "reconcile":
                self._reconcile(options["hours"])
            case "reassess":
                self.stdout.write(json.dumps(asdict(reassess(options["city"], actor=actor))))

    def _reconcile(self, hours: int) -> None:
        for line in reconcile.last_hours(hours):
            refused = ", ".join(f"{reason} {count}" for reason, count in sorted(line.refused.items()))
            self.stdout.write(
                f"{line.city} {line.hour:%Y-%m-%dT%H:%MZ} {line.channel}: received {line.received},"
                f" stored {line.stored}, processed {line.processed}, pending {line.pending},"
                f" refused {refused or 0}, gap {line.gap}"
            )
        if wrong := reconcile.gaps(hours):
            raise CommandError(f"{len(wrong)} lines do not balance", returncode=1)

    def _import(self, options: dict[str, Any], actor: Actor) -> None:
        path, city = options["file"], options["city"]
        try:
            rows = FORMATS[options["format"]](path, city, places.city(city).timezone)
            done = import_rows(rows, city=city, source=path.name, actor=actor, progress=self._say)
        except OSError as fault:
            raise CommandError(f"{path}: {fault.strerror or fault}") from None
        except NotFound as fault:
            raise CommandError(f"{path}: {fault}") from None
        for number, reason in done.refused[:SHOWN]:
            self.stderr.write(f"{path.name}:{number}: {reason}")
        if len(done.refused) > SHOWN:
            self.stderr.write(f"... {len(done.refused) - SHOWN} more refused; --refused FILE keeps them all")
        if options["refused"]:
            lines = "".join(
                f'{number},"{reason.replace(chr(34), chr(39))}"\n' for number, reason in done.refused
            )
            options["refused"].write_text("row,reason\n" + lines)
        self.stdout.write(f"{done.stored} stored, {done.known} known already, {len(done.refused)} refused")
        if done.broken:
            raise CommandError(f"{path}: {done.broken}")

    def _say(self, done: Import) -> None:
        self.stderr.write(f"{done.read} rows read, {done.stored} stored", ending="\r")
