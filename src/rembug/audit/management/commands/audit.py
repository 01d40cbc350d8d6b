"""`rembug audit`: the log's key, its upkeep, its export, and the check of everything."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rembug.audit import actions, keys, queries
from rembug.audit.queries import checking
from rembug.audit.rules import note
from rembug.lib.actor import system

SHOWN = 50


class Command(BaseCommand):
    """One word says what to do; see `rembug audit --help`."""

    help = "Keep and check the public log."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        what.add_parser("key", help="show the public key that outsiders check the log with (made if need be)")
        what.add_parser("sequence", help="number what waits and sign how far the log has come, now")
        check = what.add_parser("verify", help="recompute everything; exit 1 and say what is wrong")
        check.add_argument(
            "--from-checkpoint",
            action="append",
            default=[],
            metavar="FILE",
            help="a checkpoint kept elsewhere",
        )
        export = what.add_parser("export", help="write every numbered entry as JSON lines")
        export.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['what']}")(options)
        except (note.BadNote, actions.Fork, OSError) as error:
            raise CommandError(str(error)) from error

    def _key(self, options: dict[str, Any]) -> None:
        self.stdout.write(str(keys.load().signer.verifier))

    def _sequence(self, options: dict[str, Any]) -> None:
        done = actions.sequence(actor=system("audit.sequence"))
        signed = actions.checkpoint(actor=system("audit.checkpoint"))
        self.stdout.write(f"{done} entries numbered" + (f", {signed.size} signed" if signed else ""))

    def _verify(self, options: dict[str, Any]) -> None:
        kept = [Path(name).read_text(encoding="utf-8") for name in options["from_checkpoint"]]
        found = checking.verify(keys.load().verifiers, kept)
        for fault in found.faults[:SHOWN]:
            self.stderr.write(fault)
        if found.faults:
            raise CommandError(f"the log is broken: {len(found.faults)} faults", returncode=1)
        self.stdout.write(
            f"sound: {found.size} entries, {found.checkpoints} checkpoints, {len(kept)} kept checkpoints, "
            f"{found.waiting} waiting, root {found.root}"
        )

    def _export(self, options: dict[str, Any]) -> None:
        last, count = -1, 0
        with Path(options["file"]).open("w", encoding="utf-8") as out:
            while entries := queries.entries_after(last, 1000):
                out.writelines(
                    json.dumps(queries.exported(entry), ensure_ascii=False) + "\n" for entry in entries
                )
                last, count = entries[-1].leaf_index or 0, count + len(entries)
        self.stdout.write(f"{count} entries written")
