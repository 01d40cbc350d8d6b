"""`rembug ready`: all that lies between a fresh clone and a running site, in one process: each start costs seconds."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Does only what is not done yet; run it as often as you like."""

    help = "Migrate, load the city, collect static files when they changed; with --demo fill an empty city."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", default=settings.DEFAULT_CITY)
        parser.add_argument(
            "--demo", action="store_true", help="a simulated week in an empty city, and demo logins"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        city = options["city"]
        self.stdout.write("Menyiapkan basis data / preparing the database")
        call_command("migrate", verbosity=0)
        call_command("city", "load", str(settings.ROOT / "cities" / city), stdout=self.stdout)
        self._static()
        if options["demo"]:
            self.stdout.write(
                "Minggu simulasi, sekali saja, sekitar satu menit / a simulated week, once, about a minute"
            )
            self.stdout.flush()
            call_command("demo", "week", "--city", city, stdout=self.stdout)
            self.stdout.write("")
            call_command("demo", "people", "--city", city, stdout=self.stdout)

    def _static(self) -> None:
        """Hash and compress static files once for each state of their sources."""
        state, stamp = _state(), Path(settings.STATIC_ROOT) / ".state"
        if stamp.is_file() and stamp.read_text() == state:
            return
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(state)


def _state() -> str:
    """Return a hash over the names, sizes and times of all static files."""
    total = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            facts = Path(storage.path(name)).stat()
            total.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return total.hexdigest()
