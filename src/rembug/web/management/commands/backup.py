"""`rembug backup DIR`: database, photos and keys of one moment, while the site goes on."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rembug.audit import keys
from rembug.audit.queries import snapshot
from rembug.lib.backup import make
from rembug.lib.backup.files import BackupError


class Command(BaseCommand):
    """Makes a backup, or checks one again."""

    help = "Back up database, photos and keys into a folder, or check a backup."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--verify", action="store_true", help="check the newest backup in DIR (or DIR itself)"
        )
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="delete all but the newest N")

    def handle(self, *args: Any, **options: Any) -> None:
        started, folder = time.monotonic(), options["folder"].resolve()
        try:
            if options["verify"]:
                whole = make.newest(folder)
                made = make.verify(whole, head=snapshot.head)
            else:
                whole, made = make.make(folder, head=snapshot.head, keys=present_keys(), keep=options["keep"])
        except (BackupError, OSError) as fault:
            raise CommandError(str(fault)) from None
        rows = sum(made.facts.counts.values())
        self.stdout.write(
            f"{whole}: {'sound' if options['verify'] else 'made'}, {rows} rows in {len(made.facts.counts)} tables, "
            f"{made.photo_count} photo files ({made.photo_bytes} bytes), log of {made.facts.log_size} entries, "
            f"root {made.facts.log_root}, {time.monotonic() - started:.1f} s"
        )
        if make.media() is None:
            self.stderr.write(
                "Photos lie in another service and are not part of this backup: keep versions there."
            )


def present_keys() -> dict[str, bytes]:
    """Return the keys without which a restored site could not go on as the same one."""
    keys.load()  # a log that has not been signed yet gets its key now
    return {
        "secret-key": f"{settings.SECRET_KEY}\n".encode(),
        "mask-key": f"{settings.MASK_KEY}\n".encode(),
        "confidential-key": f"{settings.CONFIDENTIAL_KEY}\n".encode(),
        "audit-key": keys.path().read_bytes(),
    }
