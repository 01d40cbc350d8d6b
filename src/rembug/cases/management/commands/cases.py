"""`rembug cases import|export|recompute`: other channels in and out; promises after a new decree."""

import csv
import io
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rembug.cases.actions.bring import bring
from rembug.cases.actions.tend import recompute
from rembug.cases.queries.channels import answers, channel_of
from rembug.cases.rules.channels import chat_rows, table_rows
from rembug.lib.actor import system
from rembug.lib.cells import safe_cell
from rembug.lib.errors import RembugError
from rembug.lib.pack import ChannelRow
from rembug.places import queries as places

LARGEST = 50_000_000


class Command(BaseCommand):
    """One verb a call."""

    help = "Bring complaints of other channels in, write the answers for them, reckon promises anew after a decree."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", default=settings.DEFAULT_CITY)
        verbs = parser.add_subparsers(dest="verb", required=True)
        bringing = verbs.add_parser("import", help="a CSV of the channel, or a WhatsApp export (.txt)")
        bringing.add_argument("file", type=Path)
        writing = verbs.add_parser("export", help="answers as CSV under the channel's own headings")
        writing.add_argument("--to", type=Path, help="a file; else the screen")
        verbs.add_parser("recompute", help="move running promises to what the calendar says now, openly")
        for one in (bringing, writing):
            one.add_argument("--channel", required=True, help="a code of [[channel]] in cases.toml")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "recompute":
            moved = recompute(options["city"], actor=system("command.cases"))
            self.stdout.write(f"{moved} promises moved; the old ones stay visible beside the new")
            return
        try:
            channel = channel_of(options["city"], options["channel"])
            if options["verb"] == "import":
                self._bring(options["city"], channel, options["file"])
            else:
                self._write(options["city"], channel, options["to"])
        except RembugError as error:
            raise CommandError(error.message) from error

    def _bring(self, city: str, channel: ChannelRow, file: Path) -> None:
        try:
            if file.stat().st_size > LARGEST:
                raise CommandError(f"{file}: larger than {LARGEST // 1_000_000} MB; divide it")
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: cannot be read as UTF-8 text ({error})") from error
        zone = ZoneInfo(places.city(city).timezone)
        if file.suffix.lower() == ".txt":
            if not channel.whatsapp:
                raise CommandError(
                    f"{channel.code} has no WhatsApp; write whatsapp = true in cases.toml if it does"
                )
            rows = chat_rows(text, zone)
        else:
            rows = table_rows(text, channel.columns, channel.delimiter, channel.date_format, zone)
        done = bring(rows, actor=system("command.cases"), city=city, channel=channel)
        for line, reason in done.refused:
            self.stdout.write(f"{file.name}:{line}: {reason}")
        self.stdout.write(
            f"{done.opened} opened, {done.joined} joined to a case, {done.known} known, {len(done.refused)} refused"
        )

    def _write(self, city: str, channel: ChannelRow, to: Path | None) -> None:
        if not channel.export:
            raise CommandError(f"{channel.code} has no [channel.export] in cases.toml")
        text = io.StringIO()
        writer = csv.writer(text, delimiter=channel.delimiter, lineterminator="\r\n")
        writer.writerow([heading for heading, _ in channel.export])
        for row in answers(city, channel):
            writer.writerow([safe_cell(cell) for cell in row.values()])
        if to:
            to.write_bytes(text.getvalue().encode("utf-8-sig"))  # spreadsheets know the encoding by its mark
        else:
            self.stdout.write(text.getvalue(), ending="")
