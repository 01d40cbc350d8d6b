"""`rembug restore DIR`: puts a backup back, compares counts and the log's root, and checks the whole log."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from rembug.audit import keys
from rembug.audit.queries import snapshot
from rembug.lib import env
from rembug.lib.backup import make, restore
from rembug.lib.backup.files import BackupError
from rembug.lib.backup.restore import Key


class Command(BaseCommand):
    """Refuses to touch a database that holds something, unless forced; even then it is kept aside."""

    help = "Restore the newest backup in a folder (or the folder itself). Stop server and worker first."
    requires_system_checks: list[str] = []  # the database may be missing

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--force", action="store_true", help="also over a database that is not empty")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            backup = make.newest(options["folder"].resolve())
            said, copied = restore.restore(backup, head=snapshot.head, keys=_places(), force=options["force"])
        except (BackupError, OSError) as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(
            f"{backup}: {sum(said.facts.counts.values())} rows in {len(said.facts.counts)} tables as counted, "
            f"{copied} of {said.photo_count} photo files copied, log root {said.facts.log_root} as signed for"
        )
        call_command("audit", "verify", stdout=self.stdout, stderr=self.stderr)
        self.stdout.write(f"restored in {time.monotonic() - started:.1f} s")
        executor = MigrationExecutor(connections["default"])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("This code is newer than the backup. Run: rembug migrate")


def _places() -> dict[str, Key]:
    return {
        "secret-key": Key(settings.VAR / "secret-key", env.text("SECRET_KEY", "")),
        "mask-key": Key(settings.VAR / "mask-key", env.text("MASK_KEY", "")),
        "confidential-key": Key(settings.VAR / "confidential-key", env.text("CONFIDENTIAL_KEY", "")),
        "audit-key": Key(keys.path()),
    }
