"""`rembug messages compile|check|todo`: translations without the gettext programs."""

from typing import Any

from babel.messages.pofile import normalize
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rembug.web import catalogs


class Command(BaseCommand):
    """Compiles the catalogues, checks that nothing is missing, or lists what is to be translated."""

    help = (
        "compile: write the .mo files. check: fail when a sentence lacks English. todo: print empty entries."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["compile", "check", "todo"])

    def handle(self, *args: Any, **options: Any) -> None:
        {"compile": self._compile, "check": self._check, "todo": self._todo}[options["what"]]()

    def _compile(self) -> None:
        self.stdout.write(f"{catalogs.compile_all()} catalogues written.")

    def _check(self) -> None:
        missing = [
            f"{gap.said.file.relative_to(catalogs.SOURCE)}:{gap.said.line}: no {gap.language}: {gap.said.msgid!r}"
            for gap in catalogs.gaps()
        ]
        problems = missing + catalogs.faults()
        if problems:
            raise CommandError("\n".join([*problems, f"{len(problems)} to mend."]))
        self.stdout.write("Every sentence is there.")

    def _todo(self) -> None:
        """Print each missing sentence once, ready to paste into its app's catalogue."""
        seen = set()
        for gap in catalogs.gaps():
            if (gap.language, gap.said.msgid) in seen:
                continue
            seen.add((gap.language, gap.said.msgid))
            app = gap.said.file.relative_to(catalogs.SOURCE).parts[0]
            self.stdout.write(f'# {app} {gap.language}\nmsgid {normalize(gap.said.msgid)}\nmsgstr ""\n')
